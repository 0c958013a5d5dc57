import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText } from './decode-text.ts';

const outcome = (bytes: Uint8Array) => {
  const decoded = decodeText(bytes);
  return decoded.ok ? decoded.text : `${decoded.error.at}: ${decoded.error.message}`;
};
const text = 'GT;pays\n32475;Bénin\n';
const utf16 = (swap: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return swap ? bytes.swap16() : bytes;
};

const table: readonly (readonly [title: string, bytes: Uint8Array, expected: string | RegExp])[] = [
  ['UTF-8', Buffer.from(text), text],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), text],
  ['UTF-16, little end first', utf16(false), text],
  ['UTF-16, big end first', utf16(true), text],
  ['nothing', Buffer.alloc(0), ''],
  ['Latin-1', Buffer.from(text, 'latin1'), /^line 2: It is not UTF-8/],
  ['a character that is cut off', Buffer.from('a\nb\né').subarray(0, -1), /^line 3: It is not UTF-8/],
  ['UTF-16 that is cut off', utf16(false).subarray(0, -1), /^line 1: It begins like UTF-16/],
  ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), /NUL characters/],
  ['a binary file', Buffer.from('a\nb\u0000c'), /^line 2: It has NUL/],
];

for (const [title, bytes, expected] of table)
  test(`bytes as text: ${title}`, () => {
    if (typeof expected === 'string') assert.equal(outcome(bytes), expected);
    else assert.match(outcome(bytes), expected);
  });
