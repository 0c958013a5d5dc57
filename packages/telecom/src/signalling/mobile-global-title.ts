import { parseImsi } from '../mobile/imsi.ts';
import type { Parsed } from '../parsed.ts';
import { notUnderstood, understood } from '../parsed.ts';
import type { GlobalTitle } from './global-title.ts';
import { parseGlobalTitle } from './global-title.ts';

/**
 * What stands in a mobile global title for the network of a subscription: ITU-T E.214 §6. Networks agree on it with each other, so it cannot be
 * computed: `{ plmn: '206-01', title: '32475' }`.
 */
export interface MobileTitleRule {
  /** `mcc-mnc` */
  readonly plmn: string;
  /** Country and network code of E.164, without +. */
  readonly title: string;
}

/** A mobile global title has 15 digits at the most: ITU-T E.214 §6.3. */
const longest = 15;

/** The mobile global title (E.214) of a subscription: country and network code in place of MCC and MNC, then as much of the MSIN as fits. */
export function mobileGlobalTitle(imsi: string, { plmn, title }: MobileTitleRule): Parsed<GlobalTitle> {
  const read = parseImsi(imsi);
  if (!read.ok) return read;
  const network = plmn.replace('-', '');
  if (!read.value.value.startsWith(network)) return notUnderstood(`The subscription is not of ${plmn}.`);
  return parseGlobalTitle(`${title}${read.value.value.slice(network.length)}`.slice(0, longest), 'e214');
}

/** The subscription behind a mobile global title, as far as its digits go. */
export interface MobileTitleSubscription {
  /** MCC, MNC and what of the MSIN the title holds. */
  readonly imsi: string;
  /** Whether digits of the MSIN can be missing: titles of 15 digits are cut off. */
  readonly cutOff: boolean;
}

/** Back from a mobile global title to MCC, MNC and MSIN; the rule with the longest beginning that fits is taken. */
export function subscriptionOfMobileTitle(
  digits: string,
  rules: readonly MobileTitleRule[],
): Parsed<MobileTitleSubscription> {
  const [rule] = rules
    .filter(({ title }) => digits.startsWith(title))
    .toSorted((one, other) => other.title.length - one.title.length);
  if (rule === undefined) return notUnderstood('No rule says of which network the title is.');
  const imsi = `${rule.plmn.replace('-', '')}${digits.slice(rule.title.length)}`;
  if (!/^\d{6,18}$/.test(imsi))
    return notUnderstood('A mobile global title has decimal digits, 15 at the most.');
  return understood({
    imsi: imsi.slice(0, longest),
    cutOff: digits.length === longest && imsi.length < longest,
  });
}
