import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** The code of an operator in roaming: GSMA TADIG, three letters of a country and two characters of a network. */
export interface Tadig extends Understood<'tadig'> {}

/** Reads `BELTB`, in capitals: in small letters nearly any word of five letters would be one. */
export function parseTadig(text: string): Parsed<Tadig> {
  const code = tidy(text).replace(/^tadig[-:\s]\s*/i, '');
  if (!/^[A-Z]{3}[A-Z0-9]{2}$/.test(code))
    return notUnderstood('A TADIG code is three capital letters and two capital letters or digits.');
  const doubts: readonly Doubt[] = [
    {
      code: 'ambiguous',
      message: 'The list of codes is not public, so whether it is in use is not known here.',
    },
  ];
  return understood({ kind: 'tadig', raw: text, value: code, doubts });
}
