import { type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import { callingCodeOf } from './calling-code.ts';
import { rangeHolderOf } from './range-holder.ts';

/** A telephone number: ITU-T E.164, TS 23.003 §3.3. */
export interface Msisdn extends Understood<'msisdn'> {
  /** Country calling code, without `+`. */
  readonly callingCode: string;
  /** ISO 3166-1 alpha-2; undefined for global services, and where several countries share the code. */
  readonly country: string | undefined;
  /** What the numbering plan uses the number for; undefined where it says nothing. */
  readonly use: NumberUse | undefined;
  /** To whom the range of the number was given; the number may have moved to another network since. */
  readonly rangeHolder: string | undefined;
}

/** What a numbering plan sets numbers aside for. */
export type NumberUse = Exclude<NumberType, undefined>;

const separators = /[\s().\-/·]/g;

/**
 * Reads `+32 475 12 34 56`, `0032475123456`, `tel:+32475123456`; without `+` or `00` the digits must be international all the
 * same, which leaves a doubt. National numbers are not guessed at.
 */
export function parseMsisdn(text: string): Parsed<Msisdn> {
  const bare = tidy(text)
    .replace(/^(?:tel|msisdn)[:-]/i, '')
    .replace(separators, '');
  const [, sign = '', digits = ''] = /^(\+|00)?([1-9][0-9]{4,14})$/.exec(bare) ?? [];
  if (digits === '')
    return notUnderstood('A telephone number is + and 7 to 15 digits, the first of them not 0.');
  const number = parsePhoneNumberFromString(`+${digits}`);
  if (number === undefined || !number.isPossible()) {
    const code = callingCodeOf(digits)?.code;
    return notUnderstood(
      code === undefined
        ? `No country and no service has a calling code like the first digits of +${digits}.`
        : `The numbering plan of +${code} has no numbers of ${digits.length - code.length} digits like +${digits}.`,
    );
  }
  // The library leaves a national prefix out: that is right where a number comes of it that can be, and else it would go on to leave out more.
  const value = number.isValid() ? number.number : `+${digits}`;
  const doubts: Doubt[] = [];
  if (sign === '')
    doubts.push({ code: 'ambiguous', message: 'It has no + before it, so it may be a national number.' });
  if (value !== `+${digits}`)
    doubts.push({ code: 'rewritten', message: `A national prefix inside +${digits} was left out.` });
  if (!number.isValid())
    doubts.push({ code: 'not-assigned', message: 'The numbering plan assigns no such number today.' });
  const use = number.getType();
  doubts.push(...costDoubts(value, use));
  if (isFictional(value))
    doubts.push({ code: 'test-value', message: 'It is of a range for films and documentation.' });
  doubts.push({ code: 'identifies-a-person', message: 'A full number can identify a subscriber.' });
  return understood({
    kind: 'msisdn',
    raw: text,
    value,
    callingCode: number.countryCallingCode,
    country: number.country,
    use,
    rangeHolder: rangeHolderOf(value.slice(1)),
    doubts,
  });
}

/** Numbers that earn money for whoever has them: frauds that share revenue (IRSF, Wangiri) end in such. */
function costDoubts(value: string, use: NumberUse | undefined): readonly Doubt[] {
  if (use === 'PREMIUM_RATE')
    return [{ code: 'costly', message: 'Calls to it cost extra, and its owner earns from them.' }];
  if (use === 'SHARED_COST') return [{ code: 'costly', message: 'Calls to it may cost extra.' }];
  return callingCodeOf(value.slice(1))?.satellite === true
    ? [
        {
          code: 'costly',
          message: 'Calls to satellites cost much, and fraud that shares revenue uses their ranges.',
        },
      ]
    : [];
}

/** Ranges that regulators keep for films and documentation: NANPA (555-0100 to 0199) and Ofcom. */
const fictional =
  /^\+(?:1[2-9]\d{2}55501\d{2}|447700900\d{3}|441632960\d{3}|442079460\d{3}|448081570\d{3}|449098790\d{3})$/;

function isFictional(value: string): boolean {
  return fictional.test(value);
}
