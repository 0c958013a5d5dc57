import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputFormatName, ReadInput } from '../../packages/formats/src/index.ts';
import { guessInputFormat, inputFormatNames, readInput } from '../../packages/formats/src/index.ts';
import { validateObject } from '../../packages/stix/src/index.ts';
import { fuzz } from '../support/fuzzing.ts';
import { harmlessly } from '../support/harmless.ts';
import { inputAbout as about } from '../support/input-about.ts';
import { inputTexts } from '../support/input-texts.ts';
import { mutateJson } from '../support/mutate-json.ts';
import { PdfThread } from '../support/pdf-thread.ts';

// Inputs that were spoilt are refused with a place, or become objects that are valid, as far as it is not STIX that came in.

/** What comes in as STIX is somebody else's, and goes on as it is: it is for the validator to judge. */
const judgedLater: ReadonlySet<InputFormatName> = new Set<InputFormatName>(['stix', 'stix-2.0']);
const pieces: Readonly<Record<InputFormatName, readonly string[]>> = {
  pdf: [
    'obj',
    'endstream',
    'stream\n',
    '/Filter /FlateDecode',
    '/Length 999999999',
    '<<',
    '>>',
    '1 0 R',
    '4 0 R',
    '/Kids [2 0 R]',
    'BT',
    'ET',
    '(((',
    '\\377',
    '/Encrypt 1 0 R',
    'trailer',
    'startxref\n0',
    '%%EOF',
    '/Count -1',
    '/Count 99999999',
    '/Contents 2 0 R',
    '/ObjStm',
    '1e99',
    '[[[[',
  ],
  misp: jsonPieces(),
  'misp-galaxy': [
    ...jsonPieces(),
    '"meta":{"refs":"http://x y"},',
    '"related":[{"dest-uuid":1,"type":{}}],',
    '"kill_chain":":",',
    '"external_id":"T1557.001",',
  ],
  'stix-2.0': [...jsonPieces(), '"contains_refs":["1","0"],', '"objects":{"0":{"type":"file"}},'],
  stix: [...jsonPieces(), '\n', '}\n{'],
  fight: [
    '- ',
    ': ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '&a ',
    '*a',
    '!!js ',
    '!<x> ',
    '|\n',
    '>\n',
    '<<: *a\n',
    '---\n',
    '...\n',
    '"',
    "'",
    '#',
    '%YAML 9\n',
    '? ',
    'techniques:\n',
    'id: FGT5001\n',
    '__proto__: 1\n',
    '.inf',
    '0x1f',
    '~',
    '\t',
    '\u0000',
    '\u2028',
    'x'.repeat(300),
  ],
  csv: [
    ',',
    ';',
    '\t',
    '"',
    '""',
    '\n',
    '\r',
    '\r\n',
    '|',
    'type',
    'value',
    'tlp',
    'red',
    '=1+1',
    '2026-13-45',
    '1e9',
    '-1',
    '\u0000',
    '\ufeff',
    '\u2028',
    'x'.repeat(300),
    '"\n',
  ],
  text: ['[.]', 'hxxp://', 'GT ', 'IMSI: ', 'TLP:RED', '\n', '(', ']', '::', '\u202e', 'x'.repeat(300)],
};

function jsonPieces(): readonly string[] {
  return [
    ...'{}[]",:0-',
    'null',
    '[]',
    '{}',
    '""',
    '"__proto__":{"polluted":1},',
    '"type":"x",',
    '\\ud800',
    '\\u0000',
    '1e400',
    'x'.repeat(300),
  ];
}

function check(name: InputFormatName, read: ReadInput): void {
  if (!read.ok) {
    const { message, at } = read.error;
    assert.ok(message !== '' && message.length < 600, message.slice(0, 700));
    assert.match(at, /^(?:\$.{0,300}|line \d+.{0,80}|page \d+.{0,80}|file|column .{1,100})$/s, at);
    return;
  }
  const versions = new Set<string>();
  for (const object of read.value.objects) {
    if (judgedLater.has(name)) continue;
    const { errors } = validateObject(object, { disabled: new Set(['id-uuid-version']) });
    assert.deepEqual(errors, [], JSON.stringify(object).slice(0, 1_000));
    const version = `${String(object['id'])} ${String(object['modified'])}`;
    assert.ok(!versions.has(version), `${version} twice`);
    versions.add(version);
  }
  for (const { at, what, why } of read.value.losses)
    assert.ok(at !== '' && what !== '' && why !== '' && what.length < 1_000, `${at} ${what} ${why}`);
}

for (const name of inputFormatNames) {
  test(`${name} that was spoilt is refused with a place, or read as far as it can be`, async (t) => {
    // Octets, one a character: what is no text is spoilt as well, and so are parts of characters.
    const isText = name !== 'pdf';
    await using pdf = new PdfThread();
    const reading = (format: InputFormatName, bytes: Uint8Array) =>
      format === 'pdf' ? pdf.read(bytes) : readInput(format, bytes, about());
    const toText = (bytes: Uint8Array) => new TextDecoder(isText ? 'utf-8' : 'latin1').decode(bytes);
    const isJson = /^(?:misp|stix)/.test(name);
    await fuzz(t, {
      corpus: inputTexts[name].map(toText),
      pieces: pieces[name],
      ...(isJson
        ? {
            spoil: (corpus, random) =>
              mutateJson(
                corpus.filter((text) => !text.includes('}\n{')),
                random,
              ),
          }
        : {}),
      async check(text, random) {
        const bytes = isText ? new TextEncoder().encode(text) : Buffer.from(text, 'latin1');
        if (isText && random(20) === 0) bytes[random(bytes.length)] = 128 + random(128);
        const before = bytes.slice();
        await harmlessly(async () => {
          const guess = guessInputFormat(bytes);
          check(guess, await reading(guess, bytes));
          const read = await reading(name, bytes);
          check(name, read);
          if (random(10) === 0) assert.deepEqual(await reading(name, bytes), read);
        }, 2_000);
        assert.deepEqual(bytes, before, 'what is given stays as it was');
      },
    });
  });
}
