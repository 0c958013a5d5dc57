import type { ObservableKind } from '../observable.ts';
import { isObservableKind, observableKinds } from '../observable.ts';
import { longestIdentifier } from '../parsed.ts';
import type { PersonalIdentifier } from './personal-identifier.ts';
import { personalIdentifier } from './personal-identifier.ts';
import type { ReadingBudget } from './reading-budget.ts';

/** A type of STIX object that has a place for identifiers of subscribers. */
export interface Carrier {
  /** The property that holds the identifier. */
  readonly property: string;
  /** The property that says of what kind it is, where there is one. */
  readonly typedBy?: string;
  /** What it can be, the most telling form first. */
  readonly kinds: readonly ObservableKind[];
}

/** Every such type: those of the telecom extension, and `url`, which `tel:` and `sip:` are. */
export const carriers: ReadonlyMap<string, Carrier> = new Map<string, Carrier>([
  [
    'mobile-subscriber-id',
    { property: 'value', typedBy: 'id_type', kinds: ['supi', 'suci', 'gpsi', 'imsi', 'msisdn'] },
  ],
  ['mobile-equipment-id', { property: 'value', typedBy: 'id_type', kinds: ['pei', 'imei', 'imeisv'] }],
  ['uicc-id', { property: 'value', typedBy: 'id_type', kinds: ['eid', 'iccid'] }],
  ['phone-number', { property: 'value', kinds: ['gpsi', 'tel-uri', 'msisdn'] }],
  ['sip-identity', { property: 'value', kinds: ['sip-uri', 'tel-uri'] }],
  ['sms-sender', { property: 'value', kinds: ['sms-sender'] }],
  ['url', { property: 'value', kinds: ['sip-uri', 'tel-uri'] }],
]);

/** Kinds that read a telephone number, for which all numbering plans are asked: ten times the work of any other. */
const numberKinds: ReadonlySet<ObservableKind> = new Set<ObservableKind>([
  'msisdn',
  'gpsi',
  'sip-uri',
  'tel-uri',
  'sms-sender',
]);

/** How others take such texts to be: their whole text, or a number on a keypad. */
const schemes: Readonly<Partial<Record<ObservableKind, RegExp>>> = {
  supi: /^\s*(?:imsi|nai|gci|gli)-/,
  suci: /^\s*suci-/i,
  gpsi: /^\s*(?:msisdn|extid)-/,
  pei: /^\s*(?:imei|imeisv|mac|eui)-/,
  'sip-uri': /^\s*<?sips?:/i,
  'tel-uri': /^\s*tel:/i,
};

/** What was read: somebody, nobody, or that the budget is used up. */
export type Reading =
  | { readonly kind: 'person'; readonly identifier: PersonalIdentifier; readonly value: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unread' };

/** Whom the text at a carrier's place identifies. What is said of its kind is tried first, and the others all the same. */
export function readCarried(
  { kinds }: Carrier,
  text: string,
  { hint, budget }: { readonly hint?: unknown; readonly budget?: ReadingBudget | undefined },
): Reading {
  // Five digits are the shortest telephone number.
  if (text.length < 5 || text.length > longestIdentifier) return { kind: 'nobody' };
  const hinted = typeof hint === 'string' && isObservableKind(hint) && kinds.includes(hint) ? [hint] : [];
  for (const kind of new Set([...hinted, ...kinds])) {
    const scheme = schemes[kind];
    if (scheme !== undefined && !scheme.test(text)) continue;
    if (budget?.take(numberKinds.has(kind) ? 10 : 1) === false) return { kind: 'unread' };
    const parsed = observableKinds[kind].parse(text);
    if (!parsed.ok) continue;
    const identifier = personalIdentifier(parsed.value);
    return identifier === undefined
      ? { kind: 'nobody' }
      : { kind: 'person', identifier, value: parsed.value.value };
  }
  return { kind: 'nobody' };
}
