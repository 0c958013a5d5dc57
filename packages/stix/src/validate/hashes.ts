import { isJsonObject } from '../json/json-object.ts';
import { vocabularies } from '../vocabulary/vocabularies.ts';
import { quote, type Report } from './report.ts';

const digits = (count: number): RegExp => new RegExp(`^[0-9a-f]{${count}}$`, 'i');

const valueForms: ReadonlyMap<string, { readonly form: RegExp; readonly words: string }> = new Map([
  ['MD5', { form: digits(32), words: '32 hexadecimal digits' }],
  ['SHA-1', { form: digits(40), words: '40 hexadecimal digits' }],
  ['SHA-256', { form: digits(64), words: '64 hexadecimal digits' }],
  ['SHA-512', { form: digits(128), words: '128 hexadecimal digits' }],
  ['SHA3-256', { form: digits(64), words: '64 hexadecimal digits' }],
  ['SHA3-512', { form: digits(128), words: '128 hexadecimal digits' }],
  ['SSDEEP', { form: /^\d{1,10}:[\w+/]{0,64}:[\w+/]{0,64}$/, words: 'block size:hash:hash' }],
  ['TLSH', { form: /^(?:T1)?[0-9a-f]{70}$/i, words: '35 bytes as 70 hexadecimal digits' }],
]);

const keyForm = /^[A-Za-z0-9_-]{3,250}$/;

/**
 * Checks a hashes dictionary (STIX 2.1 §2.7, §10.7). Where property tables say that its keys MUST come from the open vocabulary,
 * §2.7 and §2.14 are followed, which permit others.
 */
export function checkHashes(value: unknown, report: Report): void {
  if (!isJsonObject(value)) {
    report.add('property-type', `expected a dictionary of hashes by algorithm, found ${quote(value)}`);
    return;
  }
  const algorithms = Object.keys(value);
  if (algorithms.length === 0) report.add('dictionary-empty', 'has no hash; leave the property out instead');
  for (const algorithm of algorithms) checkHash(algorithm, value[algorithm], report);
}

function checkHash(algorithm: string, hash: unknown, report: Report): void {
  const expected = valueForms.get(algorithm);
  if (expected === undefined) checkAlgorithm(algorithm, report);
  if (typeof hash !== 'string') {
    report.addAt(algorithm, 'property-type', `expected a string, found ${quote(hash)}`);
  } else if (expected !== undefined && !expected.form.test(hash)) {
    report.addAt(
      algorithm,
      'hash-value',
      `${quote(hash)} is not a ${algorithm} hash: expected ${expected.words}`,
    );
  }
}

function checkAlgorithm(algorithm: string, report: Report): void {
  if (!keyForm.test(algorithm)) {
    const message = `${quote(algorithm)} is not an algorithm name: 3 to 250 letters, digits, hyphens and underscores`;
    report.addAt(algorithm, 'hash-key-form', message);
  } else if (!algorithm.startsWith('x_')) {
    const known = vocabularies['hash-algorithm-ov'];
    const message = `${quote(algorithm)} is not in hash-algorithm-ov.${report.hint(algorithm, known)}`;
    report.addAt(algorithm, 'hash-algorithm', message);
  }
}
