import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extract, type Found, refang } from '../../packages/formats/src/index.ts';
import { isObservableKind, observableKinds } from '../../packages/telecom/src/index.ts';
import { fuzz } from '../support/fuzzing.ts';
import { harmless } from '../support/harmless.ts';
import { reportText } from '../support/report-text.ts';

// Texts that were spoilt are read to their end; what is found stands where it is said to stand, and in its normal form.

const corpus = [
  ...reportText(60_000, 7).split('\n\n'),
  'It called hxxps[:]//login[.]example[.]com/a?b=c, then stopped. See http://[2001:DB8::2]:80/x and https://en.wikipedia.org/wiki/SS7_(protocol).',
  'IMSI: 206011234567890; IMEI=490154203237518 ICCID 8944110068256270054, PLMN 206-01 via apn: corp.m2m',
];
const pieces = [
  ...'.,;:()[]{}<>"\'`|/\\@*_~-+=%#&?!0',
  ' ',
  '\n',
  '\r\n',
  '[.]',
  '(dot)',
  '[at]',
  'hxxp://',
  'hxxps[:]//',
  'http://[',
  ']:80/',
  'http://user:pass@',
  '://',
  ':///',
  '198.51.100.7',
  '2001:db8::1',
  '::',
  'example.org',
  'xn--',
  'GT ',
  'IMSI: ',
  'point code ',
  'APN ',
  '32475*',
  '+32 ',
  'd41d8cd98f00b204e9800998ecf8427e',
  'T1557.001',
  'CVE-',
  'eyJ',
  '3gppnetwork.org',
  '\u202e',
  '\u200b',
  '\ud800',
  'é',
  '１',
  '。',
  'a'.repeat(300),
  '1'.repeat(40),
];

/** What is found says where it stands, and reads as itself again. */
function checkFound(text: string, { kind, value, doubts, places }: Found): void {
  assert.ok(places.length > 0 && doubts.length < 20, `${kind} ${value}`);
  let last = -1;
  for (const { offset, length, raw, line, column } of places) {
    assert.equal(text.slice(offset, offset + length), raw, `${kind} ${value}`);
    assert.ok(length > 0 && length <= 2_048, `${kind} of ${length} characters`);
    assert.equal(text.lastIndexOf('\n', offset - 1) + column, offset, `column of ${kind} ${value}`);
    assert.ok(line >= 1 && offset >= last, 'places are in their order');
    last = offset;
  }
  assert.doesNotMatch(value, /[\p{Cc}\p{Zl}\p{Zp}]/u, `${kind} has an invisible character`);
  assert.ok(value.length <= 8_000);
  if (isObservableKind(kind)) {
    // What is read behind its name only is found by its name.
    const again = observableKinds[kind].parse(value);
    if (again.ok) assert.equal(again.value.value, value, kind);
    return;
  }
  const again = extract(kind === 'asn' ? `AS${value}` : value).found.map((one) => `${one.kind} ${one.value}`);
  assert.ok(again.includes(`${kind} ${value}`), `${kind} ${value} reads as ${again.join()}`);
}

test('what is found in a text stands where it is said to stand, once for each value, in its normal form', async (t) => {
  await fuzz(t, {
    corpus,
    pieces,
    check: (text) =>
      harmless(() => {
        const { found, leftOut } = extract(text);
        assert.equal(leftOut, 0);
        const keys = found.map(({ kind, value }) => `${kind} ${value}`);
        assert.equal(new Set(keys).size, keys.length, 'a value is found once, with all of its places');
        for (const one of found) checkFound(text, one);
        const few = extract(text, { most: 3, places: 1 });
        assert.ok(few.found.length <= 3 && few.found.every(({ places }) => places.length === 1));
        assert.equal(few.leftOut, Math.max(0, Math.min(3, found.length - 3)));
      }),
  });
});

test('a word is never longer after it was re-fanged, beyond the scheme that was meant', async (t) => {
  await fuzz(t, {
    corpus: corpus.flatMap((text) => text.split(/\s+/)).filter((word) => /[.[(@]/.test(word)),
    pieces,
    check: (text) =>
      harmless(() => {
        for (const word of text.split(/\s+/)) {
          const meant = refang(word);
          assert.ok(meant.length <= word.length + 4, `${word} ${meant}`);
          assert.equal(refang(word), meant);
          if (!/[[\](){}\\]|^[hmf]\S{2,3}p|:\/{3}/i.test(word)) assert.equal(meant, word);
        }
      }),
  });
});
