import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StixTimestamp } from '@belltower/stix';
import { effectiveMarking, isTimestamp, validateObject } from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import type { InputAbout } from './input.ts';
import type { InputFormatName } from './input-formats.ts';
import { guessInputFormat, inputFormatNames, inputFormatOfType, readInput } from './input-formats.ts';
import { makePdf, pageOfLines } from './testing/make-pdf.ts';

const now: StixTimestamp = moment('2026-12-01T05:00:00.000Z');
const creator = 'identity--0b6f3a52-8f0e-4b7e-9d0e-2f6a1c9b7d11';

function moment(text: string): StixTimestamp {
  assert.ok(isTimestamp(text));
  return text;
}

let made = 0;
const about: InputAbout = {
  now,
  creator,
  uuid: () => {
    made += 1;
    return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  },
};

const event = {
  Event: {
    uuid: '6f1d5a0e-3b1f-4c39-9a6b-0d5c3f0e7a11',
    info: 'Smishing',
    timestamp: '1767571200',
    Attribute: [
      { uuid: '6f1d5a0e-3b1f-4c39-9a6b-0d5c3f0e7a12', type: 'ip-dst', value: '203.0.113.7', to_ids: true },
    ],
  },
};
const indicator20 = {
  type: 'indicator',
  id: 'indicator--0e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11',
  created: '2017-01-01T00:00:00.000Z',
  modified: '2017-01-01T00:00:00.000Z',
  labels: ['malicious-activity'],
  pattern: "[ipv4-addr:value = '198.51.100.7']",
  valid_from: '2017-01-01T00:00:00Z',
};
const { labels: _, ...common } = indicator20;
const indicator21 = { ...common, spec_version: '2.1', pattern_type: 'stix' };
const bundle20 = {
  type: 'bundle',
  id: 'bundle--0e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b12',
  spec_version: '2.0',
  objects: [indicator20],
};
const list = 'value;type;tlp\n203.0.113.7;ip;green\n';
const report = 'Advisory\nGT 32475000001 called hxxp://bad[.]example[.]org/\n';

const galaxy = {
  authors: ['Example'],
  category: 'tool',
  name: 'Tools',
  type: 'tool',
  uuid: '6f1d5a0e-3b1f-4c39-9a6b-0d5c3f0e7a21',
  values: [{ uuid: '6f1d5a0e-3b1f-4c39-9a6b-0d5c3f0e7a22', value: 'SigPloit' }],
  version: 1,
};

const fight = `techniques:
- id: FGT5012
  name: Example
  object-type: technique
  description: Something
`;

const json = (value: unknown) => Buffer.from(JSON.stringify(value, null, 2));
const samples: Readonly<Record<InputFormatName, readonly Uint8Array[]>> = {
  pdf: [makePdf([pageOfLines(report.split('\n'))])],
  misp: [json(event), json({ response: [event] }), json([event])],
  'misp-galaxy': [json(galaxy)],
  'stix-2.0': [json(bundle20)],
  stix: [
    json(indicator21),
    json({ objects: [indicator21] }),
    json([indicator21]),
    Buffer.from(`${JSON.stringify(indicator21)}\n`),
  ],
  fight: [Buffer.from(fight)],
  csv: [
    Buffer.from(list),
    Buffer.from(`\ufeff${list}`),
    Buffer.from(`\ufeff${list}`, 'utf16le'),
    Buffer.from('# list\nip\n203.0.113.7\n203.0.113.8\n'),
  ],
  text: [Buffer.from(report), Buffer.from('GT, 32475000001, called\nhxxp://bad[.]example[.]org, twice\n')],
};

for (const name of inputFormatNames) {
  test(`${name} is recognised, and read into objects that are valid`, async () => {
    for (const sample of samples[name]) {
      assert.equal(guessInputFormat(sample), name, Buffer.from(sample).toString().slice(0, 60));
      const read = await readInput(name, sample, about);
      assert.ok(read.ok, read.ok ? '' : read.error.message);
      assert.ok(read.value.objects.length > 0);
      for (const object of read.value.objects)
        assert.deepEqual(validateObject(object, { types: telecomTypes }).errors, [], JSON.stringify(object));
    }
  });
}

test('a media type names a format, where one alone has it', () => {
  const named = [
    'application/pdf',
    'text/csv; charset=utf-8',
    'TEXT/PLAIN',
    'application/stix+json;version=2.1',
    'application/json',
    '',
  ];
  assert.deepEqual(named.map(inputFormatOfType), ['pdf', 'csv', 'text', 'stix', undefined, undefined]);
});

test('what names no author is of whoever brings it, and what has no marking has theirs', async () => {
  const read = await readInput('misp', json(event), { ...about, tlp: 'amber' });
  assert.ok(read.ok);
  const owned = read.value.objects.filter(({ type }) => type === 'indicator' || type === 'report');
  assert.deepEqual(
    owned.map((object) => object['created_by_ref']),
    [creator, creator],
  );
  assert.deepEqual(
    owned.map((object) => effectiveMarking(object)),
    ['amber', 'amber'],
  );
  const foreign = await readInput('stix', json(indicator21), about);
  assert.ok(foreign.ok && foreign.value.objects[0]?.['created_by_ref'] === undefined);
});

/** What strangers send, whatever format they say that it is. */
const hostile: readonly (readonly [title: string, bytes: Uint8Array])[] = [
  ['nothing', Buffer.alloc(0)],
  ['NUL characters', Buffer.alloc(100_000)],
  ['bytes that are no text', Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 7_919) % 256))],
  ['deep lists', Buffer.from('['.repeat(300_000))],
  ['deep objects', Buffer.from('{"Event":'.repeat(100_000))],
  ['deep objects that end', Buffer.from(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
  ['one long line', Buffer.from('1,'.repeat(200_000))],
  ['quotation marks', Buffer.from('"'.repeat(300_001))],
  ['line breaks', Buffer.from('\r\n'.repeat(200_000))],
  ['Latin-1', Buffer.from('valeur;pays\n32475000001;Bénin\n', 'latin1')],
  ['UTF-16 without a mark', Buffer.from(list, 'utf16le')],
  ['half of a list', Buffer.from(list).subarray(0, 20)],
  ['half of an event', json(event).subarray(0, 200)],
  ['half of a bundle', json(bundle20).subarray(0, 200)],
  ['half of a PDF', samples.pdf[0]?.subarray(0, 400) ?? Buffer.alloc(0)],
  ['a prototype', Buffer.from('{"Event":{"uuid":"__proto__","__proto__":{"type":"x"}}}')],
];

for (const [title, bytes] of hostile) {
  test(`${title}: refused with a place or read, soon and in every format`, async () => {
    for (const name of inputFormatNames) {
      const started = process.cpuUsage().user;
      const read = await readInput(name, bytes, about);
      const spent = (process.cpuUsage().user - started) / 1_000;
      assert.ok(spent < 5_000, `${name}: ${spent} ms`);
      if (!read.ok) assert.ok(read.error.at !== '' && read.error.message !== '', name);
      else
        for (const object of read.value.objects)
          if (name !== 'stix' && name !== 'stix-2.0')
            assert.deepEqual(validateObject(object, { types: telecomTypes }).errors, [], name);
    }
  });
}
