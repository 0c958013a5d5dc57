import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import { countryOfAlpha3 } from './alpha-3-countries.ts';

/** The code of an operator in roaming: GSMA TADIG, three letters of a country and two characters of a network. */
export interface Tadig extends Understood<'tadig'> {
  /** ISO 3166-1 alpha-2; undefined where its first three letters are no country's. */
  readonly country: string | undefined;
}

/** Reads `BELTB`, in capitals: in small letters nearly any word of five letters would be one. */
export function parseTadig(text: string): Parsed<Tadig> {
  const code = tidy(text).replace(/^tadig[-:\s]\s*/i, '');
  if (!/^[A-Z]{3}[A-Z0-9]{2}$/.test(code))
    return notUnderstood('A TADIG code is three capital letters and two capital letters or digits.');
  const country = countryOfAlpha3(code.slice(0, 3));
  const doubts: Doubt[] = [
    {
      code: 'ambiguous',
      message: 'The list of codes is not public, so whether it is in use is not known here.',
    },
  ];
  if (country === undefined)
    doubts.push({ code: 'not-assigned', message: 'Its first three letters are the code of no country.' });
  return understood({ kind: 'tadig', raw: text, value: code, country, doubts });
}
