import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/** A cell inside a network that is not named: TS 29.571 §5.4.2 (EutraCellId, NrCellId). `value` is `eutra:0ABCDEF` or `nr:00000ABCD`. */
export interface RadioCell extends Understood<'radio-cell'> {
  /** `eutra`: 4G, 28 bits; `nr`: 5G, 36 bits. */
  readonly form: 'eutra' | 'nr';
  /** Seven or nine capital hexadecimal digits. */
  readonly cell: string;
}

const unplaced: Doubt = {
  code: 'ambiguous',
  message: 'It names a cell only together with its network (PLMN).',
};

/** Reads `eutra:0abcdef`, `eci:dec:11259375`, `nr:00000abcd` and `nci:dec:43981`. */
export function parseRadioCell(text: string): Parsed<RadioCell> {
  const [, word = '', base, digits = ''] =
    /^(eutra|e-utra|eci|nr|nci)[:=\s]\s*(dec(?:imal)?[:=\s]\s*|0x)?([0-9a-f]{1,11})$/i.exec(tidy(text)) ?? [];
  if (digits === '')
    return notUnderstood('A cell without its network is eutra: and 7 or nr: and 9 hexadecimal digits.');
  const form = /^n/i.test(word) ? 'nr' : 'eutra';
  const width = form === 'nr' ? 9 : 7;
  const isDecimal = base !== undefined && /^dec/i.test(base);
  if (isDecimal ? !/^\d+$/.test(digits) : digits.length !== width)
    return notUnderstood(`It has ${width} hexadecimal digits; decimal ones say so, as in ${form}:dec:43981.`);
  const number = Number.parseInt(digits, isDecimal ? 10 : 16);
  if (number >= 16 ** width) return notUnderstood(`It has ${width * 4} bits: the number is too large.`);
  const cell = number.toString(16).toUpperCase().padStart(width, '0');
  return understood({
    kind: 'radio-cell',
    raw: text,
    value: `${form}:${cell}`,
    form,
    cell,
    doubts: [unplaced],
  });
}
