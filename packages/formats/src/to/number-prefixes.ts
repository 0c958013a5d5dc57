import { parseNumberRange } from '@belltower/telecom';
import type { Target } from '../indicator/target.ts';

/** Numbers that begin alike; with `length` only those of so many digits. */
export interface NumberPrefix {
  readonly digits: string;
  readonly length?: number;
}

/** A number as itself, a range as the fewest beginnings that hold exactly its numbers: what switches and dial plans match. */
export function numberPrefixes({ value }: Target): readonly NumberPrefix[] {
  const range = parseNumberRange(value);
  if (!range.ok) {
    const digits = value.replace(/^\+/, '');
    return /^\d{1,15}$/.test(digits) ? [{ digits, length: digits.length }] : [];
  }
  const { from, to, open } = range.value;
  if (open) return [{ digits: from }];
  const prefixes: NumberPrefix[] = [];
  // Each round takes the largest block of ten, a hundred, a thousand numbers that begins where the last one ended.
  for (let at = BigInt(from), end = BigInt(to); at <= end; ) {
    let size = 1n;
    while (at % (size * 10n) === 0n && at + size * 10n - 1n <= end && size * 10n < 10n ** BigInt(from.length))
      size *= 10n;
    const digits = at
      .toString()
      .padStart(from.length, '0')
      .slice(0, from.length - size.toString().length + 1);
    prefixes.push({ digits, length: from.length });
    at += size;
  }
  return prefixes;
}
