import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';

/**
 * Numbers that begin alike or lie between two others. Digit strings, never numbers: fifteen digits and leading zeros have to
 * survive. `from` and `to` have one length and are both inside.
 */
export interface NumberRange extends Understood<'number-range'> {
  readonly from: string;
  readonly to: string;
  /** The digits that all of them share. */
  readonly prefix: string;
  /** Whether it is all numbers with this prefix, however long; `from` and `to` are the prefix then. */
  readonly open: boolean;
}

const longest = 15;

/** Reads `+32475*`, `32475xxxxxx` (one digit for each x) and `32475000000..32475999999` (also with `-` or `to`). */
export function parseNumberRange(text: string): Parsed<NumberRange> {
  const bare = tidy(text).toLowerCase();
  const between = /^\+?(\d{1,15})\s*(?:\.\.\.?|–|-|\bto\b)\s*\+?(\d{1,15})$/.exec(bare);
  if (between !== null) return readBounds(text, between[1] ?? '', between[2] ?? '');
  const [, prefix = '', wild] = /^\+?(\d{1,15})(\*|x{1,15})$/.exec(bare) ?? [];
  if (wild === undefined)
    return notUnderstood('A range is written as 32475*, 32475xxxxxx or 32475000000..32475999999.');
  if (wild === '*')
    return understood({
      kind: 'number-range',
      raw: text,
      value: `${prefix}*`,
      from: prefix,
      to: prefix,
      prefix,
      open: true,
      doubts: [],
    });
  if (prefix.length + wild.length > longest)
    return notUnderstood(`A number has ${longest} digits at the most.`);
  return readBounds(text, prefix + '0'.repeat(wild.length), prefix + '9'.repeat(wild.length));
}

function readBounds(raw: string, from: string, to: string): Parsed<NumberRange> {
  if (from.length !== to.length) return notUnderstood('Both ends of a range have the same number of digits.');
  if (from > to) return notUnderstood('A range ends behind its beginning.');
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared += 1;
  const doubts: readonly Doubt[] =
    from === to
      ? [{ code: 'identifies-a-person', message: 'A range of one number identifies a subscriber.' }]
      : [];
  return understood({
    kind: 'number-range',
    raw,
    value: `${from}..${to}`,
    from,
    to,
    prefix: from.slice(0, shared),
    open: false,
    doubts,
  });
}

/** Whether a number (digits, a leading + is passed over) lies in a range. */
export function isInRange(number: string, { from, to, open }: NumberRange): boolean {
  const digits = number.startsWith('+') ? number.slice(1) : number;
  if (open) return digits.startsWith(from);
  return digits.length === from.length && digits >= from && digits <= to;
}
