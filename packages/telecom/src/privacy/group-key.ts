import type { Microseconds } from '@belltower/stix';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Bytes of a key at least: as many as the hash has. */
export const leastKeyBytes = 32;
/** And at the most: longer keys give nothing more. */
export const mostKeyBytes = 1_024;

const keyId = /^[A-Za-z0-9._-]{1,64}$/;

/** Whether a text can name a key. */
export function isKeyId(text: string): boolean {
  return keyId.test(text);
}

/** What a key of a sharing group is made of. */
export interface GroupKeyParts {
  /** 1 to 64 of `A-Z a-z 0-9 . _ -`. */
  readonly id: string;
  /** 32 to 1,024 random bytes. */
  readonly bytes: Uint8Array;
  /** From when on identifiers are concealed with it. */
  readonly from: Microseconds;
  /** From when on it is used no more, not even to match; undefined while that is open. */
  readonly until?: Microseconds | undefined;
}

/** A key that a sharing group has in common. Its bytes do not show in logs, in JSON, or where it is printed. */
export class GroupKey {
  readonly id: string;
  readonly from: Microseconds;
  readonly until: Microseconds | undefined;
  readonly #bytes: Uint8Array;

  /** Throws a RangeError for an id, a length or times that no key can have. */
  constructor({ id, bytes, from, until }: GroupKeyParts) {
    if (!isKeyId(id))
      throw new RangeError('The id of a key is 1 to 64 letters, digits, dots, hyphens and underscores.');
    if (bytes.length < leastKeyBytes || bytes.length > mostKeyBytes)
      throw new RangeError(`A key has ${leastKeyBytes} to ${mostKeyBytes} bytes.`);
    if (until !== undefined && until <= from) throw new RangeError('A key ends after it begins.');
    this.id = id;
    this.from = from;
    this.until = until;
    this.#bytes = Uint8Array.from(bytes);
  }

  /** HMAC-SHA-256 (RFC 2104) over a text in UTF-8, as 64 small hexadecimal digits. */
  authenticate(text: string): string {
    return bytesToHex(hmac(sha256, this.#bytes, utf8ToBytes(text)));
  }

  /** The secret itself, for the file that it is kept in. */
  reveal(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  toString(): string {
    return `key ${this.id} [redacted]`;
  }

  toJSON(): string {
    return this.toString();
  }
}
