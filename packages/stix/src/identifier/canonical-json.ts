import { memberOrder } from './member-order.ts';

/** Nesting at which {@link canonicalize} gives up, so that no input can exhaust the stack. */
export const maximumDepth = 128;

/** Thrown by {@link canonicalize} for what has no canonical form. */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError';
}

/**
 * Writes a JSON value in the one way of RFC 8785 (JSON Canonicalization Scheme): no white space, names sorted by their UTF-16
 * code units, numbers and strings as ECMAScript writes them.
 *
 * Members whose value is `undefined` are left out. Throws {@link CanonicalJsonError} on numbers that are not finite, on
 * strings with half a surrogate pair (RFC 8785 §3.2.2.2), on what is not JSON, and beyond {@link maximumDepth} levels.
 */
export function canonicalize(value: unknown): string {
  return write(value, 0);
}

type Members = Readonly<Record<string, unknown>>;

function write(value: unknown, depth: number): string {
  if (depth > maximumDepth) throw new CanonicalJsonError(`nested deeper than ${maximumDepth} levels`);
  switch (typeof value) {
    case 'string':
      return writeString(value);
    case 'number':
      if (!Number.isFinite(value)) throw new CanonicalJsonError(`${value} is not a JSON number`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (Array.isArray(value)) return writeArray(value, depth);
      return isMembers(value) ? writeObject(value, depth) : 'null';
    default:
      throw new CanonicalJsonError(`a ${typeof value} is not JSON`);
  }
}

/** What JSON writes with an escape, and halves of surrogate pairs: without the flag `u`, those of whole pairs too. */
const special = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

function writeString(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new CanonicalJsonError('a string holds half a surrogate pair');
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], depth: number): string {
  let written = '';
  for (const item of items) written += `${written === '' ? '' : ','}${write(item, depth + 1)}`;
  return `[${written}]`;
}

function writeObject(value: Members, depth: number): string {
  let written = '';
  for (const { name, prefix } of memberOrder(Object.keys(value), writeString).sorted) {
    const member = value[name];
    if (member !== undefined) written += `${written === '' ? '' : ','}${prefix}${write(member, depth + 1)}`;
  }
  return `{${written}}`;
}

function isMembers(value: object | null): value is Members {
  return value !== null;
}
