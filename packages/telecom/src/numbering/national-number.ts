import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** A number of a few digits that holds in one country or network: an emergency number, a service, a sender of short messages. */
export interface ShortNumber extends Understood<'short-number'> {
  /** Where phones take it for an emergency call: TS 22.101 §10.1.1. */
  readonly emergency: 'everywhere' | 'without-sim' | undefined;
  /** Of the services of social value in Europe, 116xxx. */
  readonly harmonised: boolean;
}

/** A number as it is dialled inside a country: ITU-T E.164 §7. Which one, it does not say. */
export interface NationalNumber extends Understood<'national-number'> {}

const everywhere: ReadonlySet<string> = new Set(['112', '911']);
const withoutSim: ReadonlySet<string> = new Set(['000', '08', '110', '118', '119', '999']);

const local: Doubt = {
  code: 'ambiguous',
  message: 'It holds in one country or network, and means something else in others.',
};

/** Reads 2 to 6 digits. */
export function parseShortNumber(text: string): Parsed<ShortNumber> {
  const value = tidy(text).replace(/^(?:short(?:-?(?:number|code))?|code)[:=\s]\s*/i, '');
  if (!/^\d{2,6}$/.test(value)) return notUnderstood('A short number is 2 to 6 digits.');
  const emergency = everywhere.has(value) ? 'everywhere' : withoutSim.has(value) ? 'without-sim' : undefined;
  return understood({
    kind: 'short-number',
    raw: text,
    value,
    emergency,
    harmonised: /^116\d{3}$/.test(value),
    doubts: emergency === 'everywhere' ? [] : [local],
  });
}

/** Reads `0475 12 34 56`: 5 to 15 digits without + or 00 before them. */
export function parseNationalNumber(text: string): Parsed<NationalNumber> {
  const value = tidy(text)
    .replace(/^(?:national(?:-number)?)[:=\s]\s*/i, '')
    .replace(/[\s().\-/·]/g, '');
  if (!/^(?!00)\d{5,15}$/.test(value))
    return notUnderstood('A national number is 5 to 15 digits without + or 00 before them.');
  const doubts: readonly Doubt[] = [
    { code: 'ambiguous', message: 'Its country is not said: with + and the calling code it can be told.' },
    { code: 'identifies-a-person', message: 'A full number can identify a subscriber.' },
  ];
  return understood({ kind: 'national-number', raw: text, value, doubts });
}
