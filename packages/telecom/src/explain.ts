import { type Fact, factsOf } from './explaining/facts.ts';
import { namedKind } from './explaining/named-kind.ts';
import type { Observable, ObservableKind } from './observable.ts';
import { observableKindNames, observableKinds } from './observable.ts';
import type { Doubt } from './parsed.ts';

/** One thing that a text can be. */
export interface Explanation {
  readonly observable: Observable;
  readonly title: string;
  readonly standard: string;
  readonly personal: boolean;
  /** Name and value, for a person to read. */
  readonly facts: readonly Fact[];
  readonly doubts: readonly Doubt[];
}

/**
 * What a text can be, the most likely first; nothing where it fits no kind. A text that names its kind (`imsi:…`, a URI, a domain
 * of 3GPP) has one reading; a bare string of digits has several, ranked by how much speaks against each.
 */
export function explain(
  text: string,
  kinds: readonly ObservableKind[] = observableKindNames,
): readonly Explanation[] {
  const { named, rest } = namedKind(text, kinds);
  const readings = (named === undefined ? kinds : [named]).flatMap((kind) => {
    const parsed = observableKinds[kind].parse(rest);
    return parsed.ok ? [explanation(parsed.value)] : [];
  });
  const telling = readings.find(isSelfEvident);
  if (telling !== undefined) return [telling, ...readings.filter((one) => sameThing(one, telling))];
  return readings.toSorted((one, other) => weight(one) - weight(other));
}

/** Kinds whose form leaves no room for another. */
const selfEvident: ReadonlySet<ObservableKind> = new Set<ObservableKind>([
  'passport',
  'sip-uri',
  'tel-uri',
  'suci',
  'supi',
  'gpsi',
  'pei',
  'nf-instance',
  'amf-id',
  '3gpp-domain',
  'diameter-session-id',
  'signalling-operation',
  'eid',
]);

function isSelfEvident({ observable }: Explanation): boolean {
  return selfEvident.has(observable.kind) || (observable.kind === 'apn' && observable.plmn !== undefined);
}

/** A domain of 3GPP is a Diameter identity as well, and it helps to say so. */
function sameThing({ observable }: Explanation, telling: Explanation): boolean {
  return telling.observable.kind === '3gpp-domain' && observable.kind === 'diameter-identity';
}

/** What speaks against a reading; ties go by the order of the kinds. */
const weights: Readonly<Record<Doubt['code'], number>> = {
  'check-digit': 60,
  'not-assigned': 50,
  'not-valid': 20,
  'not-standard': 30,
  ambiguous: 10,
  'test-value': 5,
  'private-use': 5,
  rewritten: 10,
  'identifies-a-person': 0,
  temporary: 0,
};
/** Kinds that nearly any text fits. */
const vague: Readonly<Partial<Record<ObservableKind, number>>> = {
  'global-title': 15,
  'sms-sender': 90,
  apn: 80,
  tadig: 40,
  tac: 40,
};

function weight({ observable }: Explanation): number {
  const against = observable.doubts.reduce((sum, { code }) => sum + weights[code], 0);
  return against + (vague[observable.kind] ?? 0) + observableKindNames.indexOf(observable.kind) / 100;
}

function explanation(observable: Observable): Explanation {
  const { title, standard, personal } = observableKinds[observable.kind];
  return { observable, title, standard, personal, facts: factsOf(observable), doubts: observable.doubts };
}
