import type { Fact } from './explaining/fact.ts';
import { factsOf } from './explaining/facts.ts';
import { mayBeMeant, saysSomething, unlikelihood } from './explaining/likelihood.ts';
import { namedKind } from './explaining/named-kind.ts';
import type { Observable, ObservableKind, Unvalidated } from './observable.ts';
import { observableKindNames, observableKinds, readObservable } from './observable.ts';
import type { Doubt } from './parsed.ts';
import { tidy } from './parsed.ts';
import { explainTechnique, type TechniqueNumber } from './techniques/explain-technique.ts';

/** One thing that a text can be. */
export interface Explanation<Of extends Observable | TechniqueNumber = Observable | TechniqueNumber> {
  readonly observable: Of;
  readonly title: string;
  readonly standard: string;
  /** Whether this kind can identify a natural person; single values of other kinds that can say so in a doubt. */
  readonly personal: boolean;
  /** Name and value, for a person to read. */
  readonly facts: readonly Fact[];
  readonly doubts: readonly Doubt[];
}

/**
 * What a text can be, the most likely first; nothing where it fits no kind. A text that names its kind (`imsi:…`, a URI, a domain
 * of 3GPP, the number of a technique) has one reading; a bare string of digits has several, ranked by how much speaks against each. Quotes, brackets
 * and punctuation around it are passed over.
 */
export function explain(text: string, kinds: readonly ObservableKind[]): readonly Explanation<Observable>[];
export function explain(text: string): readonly Explanation[];
export function explain(text: string, asked?: readonly ObservableKind[]): readonly Explanation[] {
  const kinds = asked ?? observableKindNames;
  const bare = withoutWrapping(text);
  const technique = asked === undefined ? explainTechnique(bare) : undefined;
  if (technique !== undefined) return [technique];
  const found = explainAsWritten(bare, kinds);
  return found.length > 0 || bare === text ? found : explainAsWritten(text, kinds);
}

function explainAsWritten(
  text: string,
  kinds: readonly ObservableKind[],
): readonly Explanation<Observable>[] {
  const named = namedKind(text, kinds);
  if (named !== undefined) {
    const read = readingsOf(named.rest, [named.kind]);
    if (read.length > 0 || named.certain) return read;
  }
  const meant = tidy(text);
  const readings = readingsOf(
    text,
    kinds.filter((kind) => mayBeMeant(kind, meant)),
  ).filter(({ observable }) => saysSomething(observable));
  const telling = readings.find(isSelfEvident);
  if (telling !== undefined) return [telling, ...readings.filter((one) => sameThing(one, telling))];
  // What has a plus sign before it is meant as a telephone number, and is nothing else where it can be none.
  if (meant.startsWith('+') && kinds.includes('msisdn') && !readings.some(isCallable)) return [];
  return readings
    .map((reading, order) => ({ reading, against: unlikelihood(reading.observable, meant) + order / 100 }))
    .toSorted((one, other) => one.against - other.against)
    .map(({ reading }) => reading);
}

function readingsOf(text: string, kinds: readonly ObservableKind[]): readonly Explanation<Observable>[] {
  return kinds.flatMap((kind) => {
    const parsed = observableKinds[kind].parse(text);
    return parsed.ok ? [explanation(parsed.value)] : [];
  });
}

/** What a text says that it is and is not, as `imsi:abc` and `+1`; undefined for one that names no kind, or is what it names. */
export function explainMisfit(text: string): Unvalidated | undefined {
  const bare = withoutWrapping(text);
  const named = namedKind(bare, observableKindNames);
  if (named === undefined && !/^\+\d/.test(tidy(bare))) return undefined;
  const read = readObservable(named?.kind ?? 'msisdn', named?.rest ?? bare);
  return read.kind === 'unvalidated' ? read : undefined;
}

const pairs: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['(', ')'],
  ['[', ']'],
  ['<', '>'],
  ['“', '”'],
  ['‘', '’'],
  ['«', '»'],
]);

/** Without spaces, pairs of quotes or brackets around, and commas and the like behind it. */
function withoutWrapping(text: string): string {
  let bare = text.slice(0, longest).trim();
  for (let layers = 0; layers < 8; layers += 1) {
    const last = pairs.get(bare[0] ?? '');
    const inside =
      last !== undefined && bare.length > 2 && bare.endsWith(last)
        ? bare.slice(1, -1)
        : bare.replace(/(?<![,;.])[,;.]{1,9}$/, '');
    if (inside === bare || inside === '') break;
    bare = inside.trim();
  }
  return bare;
}

/** Longer texts are no identifiers; STIR/SHAKEN tokens are the longest. */
const longest = 10_000;

/** Kinds whose form leaves no room for another. */
const selfEvident: ReadonlySet<ObservableKind> = new Set<ObservableKind>([
  'passport',
  'sip-uri',
  'tel-uri',
  'suci',
  'supi',
  'gpsi',
  'pei',
  'temporary-identity',
  'serving-node',
  '3gpp-domain',
  'diameter-session-id',
  'signalling-operation',
  'application-context',
  'gtp-message',
  'radio-cell',
  'location-area',
  'autonomous-system',
  'eid',
]);

function isSelfEvident({ observable }: Explanation<Observable>): boolean {
  return selfEvident.has(observable.kind) || (observable.kind === 'apn' && observable.plmn !== undefined);
}

function isCallable({ observable }: Explanation<Observable>): boolean {
  return observable.kind === 'msisdn' || observable.kind === 'number-range';
}

/** A domain of 3GPP is a Diameter identity as well, and it helps to say so. */
function sameThing({ observable }: Explanation<Observable>, telling: Explanation<Observable>): boolean {
  return telling.observable.kind === '3gpp-domain' && observable.kind === 'diameter-identity';
}

function explanation(observable: Observable): Explanation<Observable> {
  const { title, standard, personal } = observableKinds[observable.kind];
  return { observable, title, standard, personal, facts: factsOf(observable), doubts: observable.doubts };
}
