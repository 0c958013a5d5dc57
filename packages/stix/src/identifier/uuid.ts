import { sha1 } from '@noble/hashes/legacy.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Namespace of the ids of SCOs (STIX 2.1 §2.9). Nothing else may use it. */
export const stixNamespace = '00abedb4-aa42-466c-9c01-fed23315a9b7';

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

function bytesOf(uuid: string): Uint8Array {
  const digits = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

const namespaces = new Map<string, Uint8Array>([[stixNamespace, bytesOf(stixNamespace)]]);

/** The UUID version 5 of a name in a namespace (RFC 4122 §4.3): the same name always gives the same UUID. */
export function uuidV5(namespace: string, name: string): string {
  const prefix = namespaces.get(namespace) ?? bytesOf(namespace);
  const encoded = utf8ToBytes(name);
  const input = new Uint8Array(16 + encoded.length);
  input.set(prefix);
  input.set(encoded, 16);
  const digest = sha1(input);
  let uuid = '';
  for (let at = 0; at < 16; at += 1) {
    let byte = digest[at] ?? 0;
    if (at === 6) byte = (byte & 0x0f) | 0x50;
    if (at === 8) byte = (byte & 0x3f) | 0x80;
    if (at === 4 || at === 6 || at === 8 || at === 10) uuid += '-';
    uuid += hexPairs[byte] ?? '';
  }
  return uuid;
}
