/** Something about a value that its reader should know: it is readable, and yet may not be what it seems. */
export interface Doubt {
  readonly code: DoubtCode;
  readonly message: string;
}

export type DoubtCode =
  | 'check-digit'
  | 'not-assigned'
  | 'not-valid'
  | 'ambiguous'
  | 'test-value'
  | 'private-use'
  | 'rewritten'
  | 'identifies-a-person'
  | 'temporary'
  | 'not-standard'
  | 'costly'
  | 'hostile';

/** What every value that was understood has in common. */
export interface Understood<Kind extends string> {
  readonly kind: Kind;
  /** As it was given. */
  readonly raw: string;
  /** The one way of writing it: equal values have equal texts. */
  readonly value: string;
  readonly doubts: readonly Doubt[];
}

/** A text read as one kind of identifier, or why it is none. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

export function understood<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

export function notUnderstood(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/** A number from 0 to `most` in decimal digits; undefined for any other text. */
export function readWholeNumber(text: string, most: number): number | undefined {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number <= most ? number : undefined;
}

/** Characters of a text that any identifier may have; longer ones are none. */
export const longestIdentifier = 2_000;

/** What nobody sees: spaces of no width, joiners, marks of direction, soft hyphens. */
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;

/** How reports write `.`, `@` and `:` so that nobody follows an address by accident. */
const defanged: readonly (readonly [written: RegExp, meant: string])[] = [
  [/\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)/gi, '.'],
  [/\[@\]|\[at\]|\(at\)/gi, '@'],
  [/\[:\]/g, ':'],
];

/**
 * A text as a parser takes it: without invisible characters and spaces around it, with compatible characters (such as
 * full-width digits) in their usual form, any white space in it as a space, and re-fanged (`sip:a@b[.]example`). Empty for what is too
 * long to be an identifier, and for what holds control characters: no identifier has them, and a value with a line break would be
 * two in a list.
 */
export function tidy(text: string): string {
  if (text.length > longestIdentifier) return '';
  const plain = text.replace(unseen, '').normalize('NFKC').replace(/\s/gu, ' ').trim();
  return /\p{Cc}/u.test(plain) ? '' : refanged(plain);
}

/** Again as long as something changes, so that what comes of it is read as itself: brackets can stand in brackets. */
function refanged(text: string): string {
  let rest = text;
  while (/[[({]/.test(rest)) {
    const next = defanged.reduce((plain, [written, meant]) => plain.replace(written, meant), rest).trim();
    if (next === rest) break;
    rest = next;
  }
  return rest;
}
