import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import type { StixTimestamp } from '@belltower/stix';
import { isTimestamp } from '@belltower/stix';
import { fromPdf } from './from-pdf.ts';
import { readPdfText } from './pdf-text.ts';
import { makePdf, pageOfLines } from './testing/make-pdf.ts';

const now: StixTimestamp = moment('2026-12-01T05:00:00.000Z');

function moment(text: string): StixTimestamp {
  assert.ok(isTimestamp(text));
  return text;
}

const two = makePdf([
  pageOfLines(['Smishing report', 'GT 32475000001']),
  pageOfLines(['More', 'called hxxp://bad[.]example[.]org/x', 'and GT 32475000001 again']),
]);

test('a PDF becomes what stands in it, with the page and the line of each', async () => {
  const read = await fromPdf(two, { now, uuid: () => '' });
  assert.ok(read.ok);
  const note = read.value.objects.find(({ type }) => type === 'note');
  assert.deepEqual(String(note?.['content']).split('\n'), [
    'global-title 32475000001: page 1, line 2; page 2, line 3',
    'url http://bad.example.org/x: page 2, line 2',
  ]);
});

test('what is given is left as it was', async () => {
  const before = two.slice();
  await readPdfText(two);
  assert.deepEqual(two, before);
});

test('bytes of Node are taken as others are', async () => {
  assert.ok((await readPdfText(Buffer.from(two))).ok);
});

test('a compressed page is read', async () => {
  const { content } = pageOfLines(['GT 32475000001']);
  const read = await readPdfText(
    makePdf([{ content: deflateSync(content), entries: '/Filter /FlateDecode' }]),
  );
  assert.ok(read.ok && read.value.text.includes('GT 32475000001'));
});

/** A password for whoever opens it, and none that is empty (ISO 32000-1 §7.6). */
const locked = makePdf(
  [pageOfLines(['x'])],
  `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'00'.repeat(32)}> /U <${'00'.repeat(32)}> >> /ID [<00> <00>]`,
);

const pages = (count: number) => Array.from({ length: count }, () => pageOfLines(['x']));

const refused: readonly (readonly [title: string, bytes: Uint8Array, expected: RegExp])[] = [
  ['nothing', new Uint8Array(0), /^file: It is no PDF/],
  ['a text', Buffer.from('GT 32475000001'), /^file: It is no PDF/],
  ['its beginning alone', two.slice(0, 200), /^file: It is damaged/],
  [
    'a beginning with rubbish behind it',
    Buffer.from(`%PDF-1.7\n${'<<'.repeat(100_000)}`),
    /^file: It is damaged|cannot be read/,
  ],
  [
    'deep nesting',
    Buffer.from(`%PDF-1.7\n1 0 obj\n${'['.repeat(100_000)}`),
    /^file: It is damaged|cannot be read/,
  ],
  ['a password', locked, /^file: It is encrypted/],
  ['more pages than are taken', makePdf(pages(2_001)), /^file: It has 2001 pages; 2000 are taken/],
];

for (const [title, bytes, expected] of refused)
  test(`a PDF is refused: ${title}`, async () => {
    const read = await fromPdf(bytes, { now, uuid: () => '' });
    assert.match(read.ok ? 'read' : `${read.error.at}: ${read.error.message}`, expected);
  });

test('text beyond its bound is refused with the page on which it grows too long', async () => {
  const long = pageOfLines(Array.from({ length: 200 }, () => 'a'.repeat(40)));
  const read = await readPdfText(makePdf([pageOfLines(['x']), long]), { characters: 1_000 });
  assert.equal(read.ok ? 'read' : read.error.at, 'page 2');
});

test('any damage to a PDF is refused or read, and never thrown', async () => {
  for (let at = 10; at < two.length; at += 37) {
    const damaged = two.slice();
    damaged.fill(0x28, at, at + 9);
    const read = await readPdfText(damaged);
    assert.ok(read.ok || read.error.message !== '');
  }
});
