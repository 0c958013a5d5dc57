import { createHash, timingSafeEqual } from 'node:crypto';

/** Secret part: 32 random bytes, so that a plain SHA-256 of it cannot be guessed and checking a token is quick. */
const secretBytes = 32;
const form = /^(b[te])_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

export interface TokenText {
  readonly id: string;
  readonly secret: string;
}

type Randomness = (bytes: number) => Uint8Array;

/** Makes a token from randomness: `bt_` id `_` secret. The prefix lets secret scanners find a leaked one. */
export function makeToken(random: Randomness): TokenText & { readonly text: string } {
  return make('bt', random);
}

/** The secret with which a person makes their first token: `be_` id `_` secret. */
export function makeEnrolment(random: Randomness): TokenText & { readonly text: string } {
  return make('be', random);
}

function make(prefix: 'bt' | 'be', random: Randomness): TokenText & { readonly text: string } {
  const id = Buffer.from(random(8)).toString('hex');
  const secret = Buffer.from(random(secretBytes)).toString('base64url');
  return { id, secret, text: `${prefix}_${id}_${secret}` };
}

/** Undefined for whatever is not a token of ours. */
export function parseToken(text: string): TokenText | undefined {
  return parse('bt', text);
}

/** Undefined for whatever is not an enrolment of ours. */
export function parseEnrolment(text: string): TokenText | undefined {
  return parse('be', text);
}

function parse(prefix: 'bt' | 'be', text: string): TokenText | undefined {
  const [, kind, id, secret] = form.exec(text) ?? [];
  return kind !== prefix || id === undefined || secret === undefined ? undefined : { id, secret };
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function secretMatches(secret: string, hash: string): boolean {
  const actual = Buffer.from(hashSecret(secret), 'hex');
  const expected = Buffer.from(hash, 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
