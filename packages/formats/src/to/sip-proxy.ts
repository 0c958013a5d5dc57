import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { TargetKind } from '../indicator/target.ts';
import type { Loss, Written } from '../loss.ts';
import { asciiOnly, type Entry, entriesOf, isWireName } from './entries.ts';
import { numberPrefixes } from './number-prefixes.ts';
import { kamailio, opensips, type SipDialect, sipRoutes } from './sip-routes.ts';

const carries: ReadonlySet<TargetKind> = new Set<TargetKind>([
  'ipv4',
  'ipv6',
  'domain',
  'sip-uri',
  'user-agent',
  'msisdn',
  'number-range',
]);

/** A part of the configuration of Kamailio 5 that refuses what it lists; the lines that take it in stand at its head. */
export function writeKamailio(indicators: readonly ListedIndicator[]): Written {
  return write(indicators, kamailio);
}

/** The same for OpenSIPS 3. */
export function writeOpensips(indicators: readonly ListedIndicator[]): Written {
  return write(indicators, opensips);
}

function write(indicators: readonly ListedIndicator[], dialect: SipDialect): Written {
  const { entries, losses } = entriesOf(indicators, { carries, format: `A block list of ${dialect.name}` });
  const more: Loss[] = [];
  const keys = new Map<string, number>();
  const ranges = new Map<number, string[]>();
  let count = 0;
  for (const entry of entries) {
    const until = secondsOf(entry.until);
    const found = keysOf(entry);
    if (typeof found === 'string') {
      more.push({ at: entry.indicator.id, what: entry.target.kind, why: found });
      continue;
    }
    count += 1;
    for (const key of found.keys) keys.set(key, longer(until, keys.get(key) ?? until));
    for (const range of found.ranges) {
      const list = ranges.get(until);
      if (list === undefined) ranges.set(until, [range]);
      else list.push(range);
    }
    for (const why of found.wider) more.push({ at: entry.indicator.id, what: entry.target.kind, why });
  }
  return {
    text: sipRoutes(dialect, { keys, ranges }),
    count,
    losses: [...losses, ...more],
  };
}

/** What a proxy looks up in a table, what it compares addresses with, and what it then refuses beyond the value. */
interface Found {
  readonly keys: readonly string[];
  readonly ranges: readonly string[];
  readonly wider: readonly string[];
}

const tooLong = 'Its name is longer than a proxy would compare.';

function keysOf({ target: { kind, value } }: Entry): Found | string {
  const nothing: Found = { keys: [], ranges: [], wider: [] };
  switch (kind) {
    case 'ipv4':
      return value.includes('/') ? { ...nothing, ranges: [value] } : { ...nothing, keys: [`ip:${value}`] };
    case 'ipv6':
      // Proxies differ in how they write such an address, and not in what it is.
      return { ...nothing, ranges: [value.includes('/') ? value : `${value}/128`] };
    case 'domain':
      return isWireName(value) ? { ...nothing, keys: [`host:${hexOf(value)}`] } : asciiOnly;
    case 'user-agent':
      return value.length > 200 ? tooLong : { ...nothing, keys: [`agent:${hexOf(value)}`] };
    case 'sip-uri': {
      const [, user, host = '', port] = /^sips?:(?:(.*)@)?(.*?)(?::(\d+))?$/.exec(value) ?? [];
      const key = user === undefined ? `host:${hexOf(host)}` : `uri:${hexOf(`${user}@${host}`)}`;
      const wider = port === undefined ? [] : [`The list has no ports: ${host} stands in it for all.`];
      return { ...nothing, keys: [key], wider };
    }
    default:
      return {
        ...nothing,
        keys: numberPrefixes({ kind, value }).map(({ digits, length }) =>
          length === undefined ? `begins:${digits}` : `begins:${digits}/${length}`,
        ),
      };
  }
}

/** A text as its bytes in UTF-8, as `{s.encode.hexa}` gives them: nothing in it can end a string of the script. */
function hexOf(text: string): string {
  const bytes = encodeURIComponent(text.toWellFormed()).match(/%..|[^%]/g) ?? [];
  return bytes
    .map((byte) =>
      byte.length === 1 ? byte.charCodeAt(0).toString(16).padStart(2, '0') : byte.slice(1).toLowerCase(),
    )
    .join('');
}

function longer(one: number, other: number): number {
  return one === 0 || other === 0 ? 0 : Math.max(one, other);
}

/** Seconds since 1970; 0 for what does not end while such numbers have 31 bits. */
function secondsOf(moment: string | undefined): number {
  const seconds = Math.floor(Date.parse(moment ?? '') / 1_000);
  return seconds > 0 && seconds < 2 ** 31 ? seconds : 0;
}
