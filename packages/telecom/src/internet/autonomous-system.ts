import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, readWholeNumber, tidy, understood } from '../parsed.ts';

/** A network of the internet: RFC 6793. `value` is its number in decimal, without AS. */
export interface AutonomousSystem extends Understood<'autonomous-system'> {
  /** 32 bits */
  readonly number: number;
}

/** Numbers with a purpose of their own, both ends inside: RFC 7607, 4893, 5398, 6996, 7300; IANA's registry. */
const special: readonly (readonly [from: number, to: number, code: Doubt['code'], message: string])[] = [
  [0, 0, 'not-assigned', 'Number 0 belongs to nobody and may not appear in routes.'],
  [23_456, 23_456, 'not-valid', 'It stands in for numbers of 32 bits where only 16 are understood.'],
  [64_496, 64_511, 'test-value', 'It is for documentation.'],
  [64_512, 65_534, 'private-use', 'It is for private use: many networks have the same number.'],
  [65_535, 65_535, 'not-assigned', 'It is reserved.'],
  [65_536, 65_551, 'test-value', 'It is for documentation.'],
  [4_200_000_000, 4_294_967_294, 'private-use', 'It is for private use: many networks have the same number.'],
  [4_294_967_295, 4_294_967_295, 'not-assigned', 'It is reserved.'],
];

/** Reads `AS6774`, `6774`, and the form with a dot of RFC 5396: `1.10`. */
export function parseAutonomousSystem(text: string): Parsed<AutonomousSystem> {
  const written = tidy(text).replace(/^(?:asn?|autonomous[-\s]system)[-:=\s]*(?=\d)/i, '');
  const [, high, low] = /^(\d{1,5})\.(\d{1,5})$/.exec(written) ?? [];
  const number = high === undefined ? readWholeNumber(written, 4_294_967_295) : ofParts(high, low ?? '');
  if (number === undefined)
    return notUnderstood(
      'The number of an autonomous system is from 0 to 4294967295, or two of up to 65535.',
    );
  return understood({
    kind: 'autonomous-system',
    raw: text,
    value: String(number),
    number,
    doubts: special.flatMap(([from, to, code, message]) =>
      number >= from && number <= to ? [{ code, message }] : [],
    ),
  });
}

function ofParts(high: string, low: string): number | undefined {
  const [upper, lower] = [readWholeNumber(high, 65_535), readWholeNumber(low, 65_535)];
  return upper === undefined || lower === undefined ? undefined : upper * 65_536 + lower;
}
