import { compileRegularExpression, isJsonObject } from '@belltower/stix';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import type { MispError } from './misp-event.ts';
import { NetworkSet } from './network-set.ts';

/** A list of values that are no threat by themselves, in the form of `MISP/misp-warninglists`. */
export interface WarningList {
  readonly name: string;
  /** Types of attributes of MISP that it is for; undefined for all. */
  readonly types: ReadonlySet<string> | undefined;
  /** `known` lists say what something is (an exit of Tor, a cloud) and not that it is harmless. */
  readonly category: 'false-positive' | 'known';
  /** The entry that a value is listed by. */
  readonly find: (value: string) => string | undefined;
  /** Entries that are not applied, and why. */
  readonly losses: readonly Loss[];
}

export type WarningListReading =
  | { readonly ok: true; readonly list: WarningList }
  | { readonly ok: false; readonly error: MispError };

const longestText = 268_435_456;
const mostEntries = 5_000_000;
/** Expressions and parts of texts are tried one by one. */
const mostTried = 20_000;

/** Reads the `list.json` of a warning list: of the types string, hostname, cidr, substring and regex, as MISP matches them. */
export function readWarningList(text: string): WarningListReading {
  if (text.length > longestText) return refused('It is longer than any warning list.', '$');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('It is not JSON.', '$');
  }
  return isJsonObject(value) ? warningList(value) : refused('A warning list is a JSON object.', '$');
}

/** The same for a list that is there as an object. */
export function warningList(raw: Json): WarningListReading {
  const name = raw['name'];
  if (typeof name !== 'string' || name === '') return refused('A warning list has a name.', '$.name');
  const entries = entriesOf(raw['list']);
  if (entries === undefined) return refused('A warning list has a list of texts.', '$.list');
  if (entries.length > mostEntries)
    return refused(`It has ${entries.length} entries; ${mostEntries} are taken.`, '$.list');
  const given: unknown = Array.isArray(raw['type']) ? raw['type'][0] : raw['type'];
  const type = given ?? 'string';
  if (!isMatching(type))
    return refused(`There is no type of warning lists ${String(given).slice(0, 100)}.`, '$.type');
  if ((type === 'substring' || type === 'regex') && entries.length > mostTried)
    return refused(`It has ${entries.length} entries of the type ${type}; ${mostTried} are taken.`, '$.list');
  const losses: Loss[] = [];
  const find = matchings[type](entries, (entry, why) =>
    losses.push({ at: `warning list ${name}`, what: entry.slice(0, 200), why }),
  );
  return {
    ok: true,
    list: {
      name,
      types: typesOf(raw['matching_attributes']),
      category: raw['category'] === 'known' ? 'known' : 'false-positive',
      find,
      losses,
    },
  };
}

function refused(message: string, at: string): WarningListReading {
  return { ok: false, error: { message, at } };
}

/** A list of texts, or texts with a comment behind each. */
function entriesOf(list: unknown): readonly string[] | undefined {
  if (Array.isArray(list))
    return list.filter((entry) => typeof entry === 'string').filter((entry) => entry !== '');
  return isJsonObject(list) ? Object.keys(list).filter((entry) => entry !== '') : undefined;
}

function typesOf(types: unknown): ReadonlySet<string> | undefined {
  const all = Array.isArray(types) ? types.filter((type) => typeof type === 'string') : [];
  return all.length === 0 || all.includes('ALL') ? undefined : new Set(all);
}

type Find = WarningList['find'];
type Tell = (entry: string, why: string) => void;

/** How entries of a type are found in a value. */
const matchings = {
  string: (entries): Find => {
    const all = new Set(entries);
    return (value) => (all.has(value) ? value : undefined);
  },
  substring:
    (entries): Find =>
    (value) =>
      entries.find((entry) => value.includes(entry)),
  hostname: (entries): Find => {
    const all = new Set(entries.map((entry) => entry.toLowerCase().replace(/^\.+|\.+$/g, '')));
    return (value) => {
      let name = hostOf(value);
      for (;;) {
        if (name !== '' && all.has(name)) return name;
        const dot = name.indexOf('.');
        if (dot === -1) return undefined;
        name = name.slice(dot + 1);
      }
    };
  },
  cidr: (entries, tell): Find => {
    const networks = new NetworkSet();
    for (const entry of entries) if (!networks.add(entry)) tell(entry, 'It is no network of IP addresses.');
    return (value) => networks.find(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? hostOf(value) : value);
  },
  regex: (entries, tell): Find => {
    const searches = entries.flatMap((entry) => {
      const search = expressionOf(entry);
      if (typeof search === 'function') return [{ entry, search }];
      tell(entry, search);
      return [];
    });
    return (value) => searches.find(({ search }) => search(value))?.entry;
  },
} as const satisfies Readonly<Record<string, (entries: readonly string[], tell: Tell) => Find>>;

function isMatching(type: unknown): type is keyof typeof matchings {
  return typeof type === 'string' && Object.hasOwn(matchings, type);
}

/** The name of a host in a value that is one, or an address of the web. */
function hostOf(value: string): string {
  const behind = value.includes('//') ? value.slice(value.indexOf('//') + 2) : value;
  const authority = behind.split('/', 1)[0] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d{1,5}$/, '');
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .slice(0, 1_000);
}

/** An expression of PHP, between two delimiters; or a sentence that says why it is not applied. Only what runs in linear time is. */
function expressionOf(entry: string): ((value: string) => boolean) | string {
  const end = entry.lastIndexOf(entry[0] ?? '');
  const isDelimited = /^[/#~%]/.test(entry) && end > 0;
  const flags = isDelimited ? entry.slice(end + 1) : '';
  if (/[^gimsu]/.test(flags))
    return `Its flags are ${flags.slice(0, 20)}, and not all of them are known here.`;
  const inline = [...new Set(flags)].filter((flag) => flag === 'i' || flag === 'm').join('');
  const expression = isDelimited ? entry.slice(1, end).replaceAll(`\\${entry[0]}`, entry[0] ?? '') : entry;
  const compiled = compileRegularExpression(inline === '' ? expression : `(?${inline})${expression}`);
  return compiled.ok ? compiled.search : compiled.message;
}
