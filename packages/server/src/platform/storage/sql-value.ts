import type { SqlValue } from './storage.ts';

/**
 * Takes a parameter of a statement to what both engines store alike, or throws a `TypeError` that names its place.
 * Refused: what one engine would take and the other not (booleans, `undefined`, bigints, binary), numbers that would be
 * rounded, and text with U+0000, which PostgreSQL cannot store.
 */
export function checkParameter(value: unknown, place: string | number): SqlValue {
  if (value === null) return null;
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new TypeError(`Parameter ${place} holds the character U+0000`);
    // Half of a surrogate pair is no character of UTF-8; both engines keep U+FFFD in its place.
    return value.toWellFormed();
  }
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))) return value;
    throw new TypeError(`Parameter ${place} is ${value}: not a number that both engines store exactly`);
  }
  throw new TypeError(`Parameter ${place} is of type ${typeof value}; use text, a number or null`);
}

/** Checks the values of an array parameter, as `inList` makes it. */
export function checkArray(values: readonly unknown[], place: string | number): readonly SqlValue[] {
  return values.map((value) => checkParameter(value, place));
}

/** Reads an integer that came as text; throws a `RangeError` where a JavaScript number would round it. */
export function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`The integer ${text} is too large: only integers within 2^53 can be read exactly`);
  }
  return value;
}
