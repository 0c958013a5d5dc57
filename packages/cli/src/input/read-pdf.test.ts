import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPdf } from './read-pdf.ts';

const encode = (text: string) => new TextEncoder().encode(text);

test('A PDF that its reader would never be done with is given up, and told so', async () => {
  const endless = encode(`%PDF-1.7\n${'1 0 obj << /A [ '.repeat(60_000)}`);
  const read = await readPdf(endless, { seconds: 2 });
  assert.ok(!read.ok);
  assert.match(read.error.message, /takes more than 2 s/);
});

test('What is no PDF, or a damaged one, is told in words', async () => {
  for (const text of [
    'nothing',
    '%PDF-1.7\n',
    '%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n',
  ]) {
    const read = await readPdf(encode(text));
    assert.ok(!read.ok, text);
    assert.equal(read.error.at, 'file');
  }
});
