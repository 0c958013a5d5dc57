import type { Sighted } from './found.ts';

const hashes: ReadonlyMap<number, 'md5' | 'sha1' | 'sha256' | 'sha512'> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
  [128, 'sha512'],
]);

/** Reads a hash, a CVE, or a technique of ATT&CK, FiGHT or MoTIF: the whole of a word. */
export function readReference(word: string): Sighted | undefined {
  const hash = hashes.get(word.length);
  // Letters and digits both: a row of digits is a number, a row of letters a word.
  if (hash !== undefined && /^[0-9a-f]+$/i.test(word) && /[a-f]/i.test(word) && /\d/.test(word))
    return { kind: hash, value: word.toLowerCase(), doubts: [] };
  if (/^CVE-\d{4}-\d{4,19}$/i.test(word)) return { kind: 'cve', value: word.toUpperCase(), doubts: [] };
  if (/^(?:T\d{4}(?:\.\d{3})?|TA00\d\d)$/.test(word)) return { kind: 'attack', value: word, doubts: [] };
  if (/^(?:FGT\d{4}(?:\.\d{3})?|FGM\d{4}|FGS\d{4})$/.test(word))
    return { kind: 'fight', value: word, doubts: [] };
  if (/^MOT\d{4}(?:\.\d{3})?$/.test(word)) return { kind: 'motif', value: word, doubts: [] };
  return undefined;
}
