import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePdf, pageOfLines } from '../packages/formats/src/from/testing/make-pdf.ts';
import type { InputAbout, InputFormatName } from '../packages/formats/src/index.ts';
import { guessInputFormat, inputFormatNames, readInput } from '../packages/formats/src/index.ts';
import { isTimestamp, validateObject } from '../packages/stix/src/index.ts';
import { harmlessly } from './support/harmless.ts';
import { inputTexts, stixIndicator } from './support/input-texts.ts';
import { mispEvent } from './support/misp-events.ts';
import { reportText } from './support/report-text.ts';

// Each format that comes in, and each way to damage a file of it: soon a clear refusal with a place, or what can be read, marked and told.

const moment = '2026-11-22T00:00:00.000Z';
assert.ok(isTimestamp(moment));
const now = moment;
let number = 0;
const about: InputAbout = {
  now,
  uuid: () => `00000000-0000-4000-8000-${String(++number).padStart(12, '0')}`,
};

/** Processor milliseconds for one file: several times of what the slowest took on a machine that did nothing else. */
const patience = 8_000;
const encoder = new TextEncoder();
const utf8 = (text: string) => encoder.encode(text);
const megabytes = (piece: string, count: number) =>
  piece.repeat(Math.ceil((count * 1_000_000) / piece.length));
const uuid = '00000000-0000-4000-8000-000000000001';

type Damage = (good: Uint8Array) => Uint8Array;

/** What can befall any file. */
const damages: Readonly<Record<string, Damage>> = {
  'cut in half': (good) => good.slice(0, good.length >> 1),
  'cut before its last octet': (good) => good.slice(0, -1),
  'cut in the middle of a character': (good) => joined(good, utf8('é').slice(0, 1)),
  'with a byte order mark': (good) => joined(Uint8Array.of(0xef, 0xbb, 0xbf), good),
  'in UTF-16 with a byte order mark': (good) => joined(Uint8Array.of(0xff, 0xfe), utf16(good)),
  'in UTF-16 without one': utf16,
  'in UTF-16 with an octet too many': (good) =>
    joined(Uint8Array.of(0xff, 0xfe), utf16(good), Uint8Array.of(0)),
  'in Latin-1': (good) => joined(good, Buffer.from(' caf\u00e9 ', 'latin1')),
  'with NUL octets behind it': (good) => joined(good, new Uint8Array(1_000)),
  'with halves of surrogate pairs in UTF-8': (good) => joined(good, Uint8Array.of(0xed, 0xa0, 0x80)),
  'with overlong UTF-8': (good) => joined(good, Uint8Array.of(0xc0, 0xaf)),
  empty: () => new Uint8Array(),
  'of white space': () => utf8(' \r\n\t'.repeat(20_000)),
  'twice in one file': (good) => joined(good, good),
  'with Windows line ends': (good) =>
    Buffer.from(Buffer.from(good).toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  'behind a hundred thousand brackets': (good) => joined(utf8('['.repeat(100_000)), good),
  'of one octet, many times': () => new Uint8Array(200_000).fill(0x41),
};

/** Files that are made for one format, huge and nested ones. */
const crafted: Readonly<Record<InputFormatName, Readonly<Record<string, Uint8Array>>>> = {
  pdf: {
    'pages without an end': makePdf(Array.from({ length: 2_001 }, () => pageOfLines(['x']))),
    'one page of thousands of lines': makePdf([
      pageOfLines(Array.from({ length: 20_000 }, (_, line) => `line ${line}`)),
    ]),
    // More of these two take minutes in the library; a node ends the thread that reads them (`importing/converter.ts`).
    'operators that are nested': makePdf([{ content: `${'q '.repeat(2_000)} BT (x) Tj ET` }]),
    'arrays that are nested': makePdf([{ content: `BT ${'['.repeat(200_000)} (x) TJ ET` }]),
    'a filter of something else': makePdf([{ content: 'x'.repeat(10_000), entries: '/Filter /FlateDecode' }]),
    'an encryption that nobody knows': makePdf([pageOfLines(['x'])], '/Encrypt << /Filter /Nobody /V 99 >>'),
    'the header alone': utf8('%PDF-1.7\n'),
    'a header and objects that have no end': utf8(`%PDF-1.7\n${'1 0 obj << /A [ '.repeat(1_000)}`),
  },
  misp: {
    'thousands of attributes': utf8(JSON.stringify(mispEvent(3_000, 1))),
    'a value of megabytes': utf8(JSON.stringify(eventWith({ value: megabytes('a|', 3) }))),
    'a value of nested lists': utf8(
      `{"Event":{"uuid":"${uuid}","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    ),
    'nested objects': utf8(
      `{"Event":{"uuid":"${uuid}","x":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}}`,
    ),
    'one tag thousands of times': utf8(
      JSON.stringify(eventWith({ Tag: Array.from({ length: 20_000 }, () => ({ name: 'tlp:red' })) })),
    ),
    'thousands of tags': utf8(
      JSON.stringify(
        eventWith({ Tag: Array.from({ length: 20_000 }, (_, number) => ({ name: `t${number}` })) }),
      ),
    ),
    'a pattern that cannot be matched': utf8(
      JSON.stringify(eventWith({ type: 'stix2-pattern', value: `[${'('.repeat(100_000)}a:b = 1]` })),
    ),
    'one UUID for all attributes': utf8(
      JSON.stringify({
        Event: {
          uuid,
          Attribute: Array.from({ length: 5_000 }, () => ({ uuid, type: 'text', value: 'x' })),
        },
      }),
    ),
  },
  'misp-galaxy': {
    'thousands of clusters': galaxyOf(3_000, {}),
    'clusters that all refer to each other': galaxyOf(100, {
      related: Array.from({ length: 100 }, (_, number) => ({
        'dest-uuid': `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
        type: 'similar',
      })),
    }),
    'a description of megabytes': galaxyOf(1, { description: megabytes('a\r\n', 3) }),
    'nested lists': utf8(
      `{"type":"threat-actor","authors":[],"values":[{"value":"x","meta":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}]}`,
    ),
  },
  'stix-2.0': {
    'observables in circles': observedOf(2_000, (number, count) => ({
      type: 'directory',
      path: `/${number}`,
      contains_refs: [String((number + 1) % count)],
    })),
    'observables in one long chain': observedOf(5_000, (number) => ({
      type: 'directory',
      path: `/${number}`,
      contains_refs: [String(number + 1)],
    })),
    'observables that all refer to each other': observedOf(300, (number, count) => ({
      type: 'directory',
      path: `/${number}`,
      contains_refs: Array.from({ length: count }, (_, other) => String(other)),
    })),
    'observables of nested lists': utf8(
      `{"type":"bundle","id":"bundle--${uuid}","spec_version":"2.0","objects":[{"type":"observed-data","id":"observed-data--${uuid}","objects":{"0":{"type":"file","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}}}]}`,
    ),
  },
  stix: {
    'thousands of objects': utf8(
      JSON.stringify({
        type: 'bundle',
        id: `bundle--${uuid}`,
        objects: Array.from({ length: 5_000 }, (_, number) => stixIndicator(number)),
      }),
    ),
    'nested lists': utf8(
      `{"type":"bundle","id":"bundle--${uuid}","objects":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ),
    'a hundred thousand lines that are none': utf8(megabytes('{"type":\n', 1)),
  },
  fight: {
    'an alias that is ten thousand million things': utf8(
      `techniques:\n- object-type: x\na: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[at]}`).join()}]`).join('\n')}\n`,
    ),
    'nested lists': utf8(`techniques:\n- object-type: ${'['.repeat(20_000)}`),
    'nested blocks': utf8(
      `techniques:\n${Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}- `).join('\n')}`,
    ),
    'tags of programs': utf8(
      'techniques:\n- {id: FGT5001, name: !!js/function "x", object-type: technique}\n',
    ),
    'techniques by the thousand': utf8(
      `techniques:\n${Array.from({ length: 5_000 }, (_, number) => `- {id: FGT${number % 10_000}, name: N, object-type: technique, tactics: []}`).join('\n')}\n`,
    ),
    'keys of a prototype': utf8(
      'techniques:\n- {object-type: x, __proto__: {polluted: 1}, constructor: 1, id: FGT5001}\n',
    ),
  },
  csv: {
    'thousands of rows': utf8(
      `type,value,name\n${Array.from({ length: 5_000 }, (_, row) => `domain,bad-${row}.example.org,x`).join('\n')}`,
    ),
    'a quotation that has no end': utf8(`type,value\ndomain,"${megabytes('a,b\n', 5)}`),
    'quotation marks alone': utf8(megabytes('"', 1)),
    'commas alone': utf8(megabytes(',', 1)),
    'one cell of megabytes': utf8(`type,value\ndomain,${megabytes('a.', 2)}`),
    'a hundred thousand columns': utf8(
      `value${',x'.repeat(100_000)}\nbad.example.org${',y'.repeat(100_000)}`,
    ),
    'a hundred thousand line ends': utf8('value\n'.concat('\n\r'.repeat(50_000))),
    formulas: utf8('type,value,name\ndomain,bad.example.org,"=HYPERLINK(""http://x"")"\n'),
  },
  text: {
    'a report of half a megabyte': utf8(reportText(500_000, 5)),
    ...Object.fromEntries(
      [
        'a.',
        '[.]',
        'hxxp://',
        '+1 ',
        '::',
        'a@',
        "',",
        'http://a.b/(',
        'IMSI:1,',
        'eyJ.',
        '{.}',
        '1.2.3.',
        '\u202e',
        'é.',
        'xn--',
        '%2',
        '.1',
      ].map((piece) => [`${JSON.stringify(piece)} without an end`, utf8(megabytes(piece, 0.3))]),
    ),
    'domains that differ': utf8(
      Array.from({ length: 10_000 }, (_, number) => `bad-${number}[.]example[.]org`).join(' '),
    ),
  },
};

for (const name of inputFormatNames) {
  for (const [what, damage] of Object.entries(damages))
    test(`${name} ${what} is refused with a place, or read as far as it can be`, async () => {
      for (const good of inputTexts[name].slice(0, 2)) await check(name, damage(good));
    });
  for (const [what, bytes] of Object.entries(crafted[name]))
    test(`${name}: ${what}, soon refused with a place or read as far as can be`, () => check(name, bytes));
}

/** What a file is read as, and as what it looks like: never more than its format says of it, and each object whole. */
async function check(name: InputFormatName, bytes: Uint8Array): Promise<void> {
  for (const format of new Set([name, guessInputFormat(bytes)])) {
    const read = await harmlessly(() => readInput(format, bytes, about), patience);
    if (!read.ok) {
      assert.ok(
        read.error.message.length > 5 && read.error.message.length < 600,
        read.error.message.slice(0, 800),
      );
      assert.match(read.error.at, /^(?:\$|line \d|page \d|file|column )/);
      continue;
    }
    const { objects, losses } = read.value;
    assert.ok(losses.length < 1_000_000);
    const seen = new Set<unknown>();
    // Enough of them to see; all of them take as long as the reading itself.
    for (const object of objects.slice(0, 500)) {
      if (format === 'stix' || format === 'stix-2.0') continue;
      const { errors } = validateObject(object, { disabled: new Set(['id-uuid-version']) });
      assert.deepEqual(errors, [], JSON.stringify(object).slice(0, 500));
    }
    for (const object of objects) {
      const version = `${String(object['id'])} ${String(object['modified'])}`;
      if (format !== 'stix') assert.ok(!seen.has(version), `${version} twice`);
      seen.add(version);
    }
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

function utf16(good: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(good).toString('utf8'), 'utf16le');
}

function eventWith(attribute: object): object {
  return { Event: { uuid, info: 'x', Attribute: [{ uuid, type: 'text', value: 'x', ...attribute }] } };
}

function galaxyOf(count: number, more: object): Uint8Array {
  const values = Array.from({ length: count }, (_, number) => ({
    uuid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    value: `Somebody ${number}`,
    ...more,
  }));
  return utf8(JSON.stringify({ authors: [], category: 'actor', type: 'threat-actor', name: 'x', values }));
}

function observedOf(count: number, make: (number: number, count: number) => object): Uint8Array {
  const objects = Object.fromEntries(
    Array.from({ length: count }, (_, number) => [String(number), make(number, count)]),
  );
  const observed = { type: 'observed-data', id: `observed-data--${uuid}`, objects };
  return utf8(
    JSON.stringify({ type: 'bundle', id: `bundle--${uuid}`, spec_version: '2.0', objects: [observed] }),
  );
}
