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
      if (value === null) return 'null';
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new CanonicalJsonError(`a ${typeof value} is not JSON`);
  }
}

function writeString(text: string): string {
  if (!text.isWellFormed()) throw new CanonicalJsonError('a string holds half a surrogate pair');
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], depth: number): string {
  const parts: string[] = [];
  for (const item of items) parts.push(write(item, depth + 1));
  return `[${parts.join(',')}]`;
}

function writeObject(value: object, depth: number): string {
  const entries = new Map<string, unknown>(Object.entries(value));
  const parts: string[] = [];
  // The default order of sort() is by UTF-16 code units, which is what RFC 8785 §3.2.3 asks for.
  for (const name of [...entries.keys()].sort()) {
    const member = entries.get(name);
    if (member !== undefined) parts.push(`${writeString(name)}:${write(member, depth + 1)}`);
  }
  return `{${parts.join(',')}}`;
}
