import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { KnownNetwork } from '../mobile/plmn.ts';
import { networkAtStart } from '../mobile/plmn.ts';
import type { CallingCode } from '../numbering/calling-code.ts';
import { callingCodeOf } from '../numbering/calling-code.ts';
import { rangeHolderOf } from '../numbering/range-holder.ts';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** The address of a node or a subscriber in SCCP: ITU-T Q.713 §3.4.2.3. */
export interface GlobalTitle extends Understood<'global-title'> {
  /** Digits, and B to E for the codes 11 to 14; without `*`. */
  readonly digits: string;
  /** Whether it stands for all titles that begin so. */
  readonly isPrefix: boolean;
  readonly numberingPlan: NumberingPlan;
  /** ISO 3166-1 alpha-2 of the country that the digits belong to; undefined where that cannot be told. */
  readonly country: string | undefined;
  /** Of a title of E.212. */
  readonly network: KnownNetwork | undefined;
  /** Of a title of E.164 or E.214: what it begins with. */
  readonly callingCode: CallingCode | undefined;
  /** Of a title of E.164: to whom the range of numbers was given. Titles are let to others as well. */
  readonly rangeHolder: string | undefined;
}

/** Values of the numbering plan indicator that are used in mobile networks: ITU-T Q.713 §3.4.2.3.3. */
export const numberingPlans = {
  e164: { indicator: 1, title: 'telephone numbers, ITU-T E.164' },
  x121: { indicator: 3, title: 'data networks, ITU-T X.121' },
  f69: { indicator: 4, title: 'telex, ITU-T F.69' },
  e210: { indicator: 5, title: 'maritime mobile, ITU-T E.210' },
  e212: { indicator: 6, title: 'land mobile, ITU-T E.212' },
  e214: { indicator: 7, title: 'mobile global titles, ITU-T E.214' },
  unknown: { indicator: 0, title: 'not known' },
} as const;

export type NumberingPlan = keyof typeof numberingPlans;

/** Values of the nature of address indicator: ITU-T Q.713 §3.4.2.3.1. */
export const naturesOfAddress = {
  0: 'not known',
  1: 'subscriber number',
  3: 'national significant number',
  4: 'international number',
} as const;

/**
 * Reads digits, with `+` before them or not, with hexadecimal digits for overdialling, and `*` at the end for a prefix. A
 * plan may stand before it: `e214:32475…`. Validity as a telephone number says nothing about a global title and is not asked
 * for: nodes have numbers that no subscriber may have.
 */
export function parseGlobalTitle(text: string, plan: NumberingPlan = 'e164'): Parsed<GlobalTitle> {
  const [, named, written = ''] =
    /^(?:gt[:\s]\s*)?(?:(e164|x121|f69|e210|e212|e214)[:\s]\s*)?(.*)$/is.exec(tidy(text)) ?? [];
  const numberingPlan = namedPlan(named) ?? plan;
  const [, digits = '', star = ''] = /^\+?([0-9a-f]{1,20})(\*?)$/i.exec(written.replace(/[\s.-]/g, '')) ?? [];
  if (digits === '')
    return notUnderstood('A global title is 1 to 20 digits, with * behind them for a prefix.');
  const isPrefix = star !== '';
  const doubts: Doubt[] = [];
  if (!isPrefix && (digits.length < 5 || digits.length > 15))
    doubts.push({
      code: 'not-standard',
      message: `It has ${digits.length} digits; titles in use have 5 to 15.`,
    });
  if (/[a-f]/i.test(digits))
    doubts.push({
      code: 'not-standard',
      message: 'It has digits above 9, as overdialling and some attacks use them.',
    });
  const network = numberingPlan === 'e212' ? networkAtStart(digits) : undefined;
  const callingCode = hasCallingCode(numberingPlan) ? callingCodeOf(digits) : undefined;
  const country = numberingPlan === 'e212' ? network?.country : countryOf(digits, callingCode);
  if (country === undefined) doubts.push(...countryDoubts(numberingPlan, callingCode, isPrefix));
  if (!isPrefix && digits.length > 13 && (numberingPlan === 'e212' || numberingPlan === 'e214'))
    doubts.push({ code: 'identifies-a-person', message: 'It holds the number of a subscription (MSIN).' });
  const upper = digits.toUpperCase();
  const value = `${numberingPlan === 'e164' ? '' : `${numberingPlan}:`}${upper}${star}`;
  return understood({
    kind: 'global-title',
    raw: text,
    value,
    digits: upper,
    isPrefix,
    numberingPlan,
    country,
    network,
    callingCode,
    rangeHolder: numberingPlan === 'e164' ? rangeHolderOf(digits) : undefined,
    doubts,
  });
}

function namedPlan(name: string | undefined): NumberingPlan | undefined {
  const lower = name?.toLowerCase();
  return lower !== undefined && isNumberingPlan(lower) ? lower : undefined;
}

export function isNumberingPlan(name: string): name is NumberingPlan {
  return Object.hasOwn(numberingPlans, name);
}

/** E.164 and E.214 titles begin with a calling code, which several countries can share; those of other plans do not. */
function hasCallingCode(plan: NumberingPlan): boolean {
  return plan === 'e164' || plan === 'e214';
}

function countryOf(digits: string, callingCode: CallingCode | undefined): string | undefined {
  const { countries = [] } = callingCode ?? {};
  if (countries.length < 2) return countries[0];
  return /^\d{7,}$/.test(digits) ? parsePhoneNumberFromString(`+${digits.slice(0, 15)}`)?.country : undefined;
}

function countryDoubts(
  plan: NumberingPlan,
  callingCode: CallingCode | undefined,
  isPrefix: boolean,
): readonly Doubt[] {
  if (callingCode !== undefined && callingCode.countries.length > 0)
    return [
      {
        code: 'ambiguous',
        message: `${callingCode.countries.length} countries share +${callingCode.code}, and it does not say which.`,
      },
    ];
  // A short prefix is the beginning of codes, and an international service has no country.
  if (isPrefix || callingCode !== undefined) return [];
  return hasCallingCode(plan)
    ? [
        {
          code: 'not-assigned',
          message: 'No country and no service has a calling code like its first digits.',
        },
      ]
    : [{ code: 'not-assigned', message: 'The country cannot be told from its first digits.' }];
}
