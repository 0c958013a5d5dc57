import { createHash, timingSafeEqual } from 'node:crypto';

/** Secret part: 32 random bytes, so that a plain SHA-256 of it cannot be guessed and checking a token is quick. */
const secretBytes = 32;
const form = /^bt_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

export interface TokenText {
  readonly id: string;
  readonly secret: string;
}

/** Makes a token from randomness: `bt_` id `_` secret. The prefix lets secret scanners find a leaked one. */
export function makeToken(random: (bytes: number) => Uint8Array): TokenText & { readonly text: string } {
  const id = Buffer.from(random(8)).toString('hex');
  const secret = Buffer.from(random(secretBytes)).toString('base64url');
  return { id, secret, text: `bt_${id}_${secret}` };
}

/** Undefined for whatever is not a token of ours. */
export function parseToken(text: string): TokenText | undefined {
  const [, id, secret] = form.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function secretMatches(secret: string, hash: string): boolean {
  const actual = Buffer.from(hashSecret(secret), 'hex');
  const expected = Buffer.from(hash, 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
