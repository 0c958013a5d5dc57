import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectiveMarking, isTimestamp, parsePattern, validateObject } from '@belltower/stix';
import fc from 'fast-check';
import type { Json } from '../json.ts';
import { attributePatterns, patternOf, ruleTypes } from './attribute-patterns.ts';
import { fromMisp } from './from-misp.ts';
import { momentOf } from './misp-time.ts';
import { toMisp } from './to-misp.ts';

const now = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(now));
const about = { now, uuid: '11111111-1111-4111-8111-111111111111' };

function converted(event: unknown) {
  const read = fromMisp(JSON.stringify(event));
  assert.ok(read.ok, read.ok ? '' : `${read.error.message} ${read.error.at}`);
  return read.value;
}

const seconds = fc.integer({ min: 1_000_000_000, max: 1_790_000_000 }).map(String);
const word = fc
  .string({ unit: fc.constantFrom(...'abcXYZ 0123-_."\\\'<é'), minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() === text && text !== '');
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
/** Values that MISP takes for types of attributes. */
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  md5: hex(32),
  sha256: hex(64),
  'filename|sha1': fc.tuple(fc.constantFrom('a.exe', "it's.dll"), hex(40)).map((parts) => parts.join('|')),
  'ip-dst': fc.ipV4(),
  'ip-src|port': fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 65_535 })).map((parts) => parts.join('|')),
  domain: fc.constantFrom('bad.example.org', 'x.example'),
  url: fc.constantFrom("https://bad.example.org/a?b='c'", 'http://x.example/'),
  text: word,
  link: fc.constantFrom('https://example.org/report'),
  vulnerability: fc.constantFrom('CVE-2021-44228', 'not a CVE'),
  yara: fc.constantFrom('rule A { condition: true }'),
  'phone-number': fc.constantFrom('+32475123456'),
  AS: fc.constantFrom('AS64496', '64496'),
};
const tags = fc
  .uniqueArray(
    fc.constantFrom(
      'tlp:green',
      'tlp:amber+strict',
      'osint:source-type="blog-post"',
      'gsma-fraud:technical="wangiri"',
    ),
    { maxLength: 2 },
  )
  .map((names) =>
    names
      .toSorted((one, other) => Number(other.startsWith('tlp')) - Number(one.startsWith('tlp')))
      .map((name) => ({ name })),
  );
const attribute = fc.constantFrom(...Object.keys(values)).chain((type) =>
  fc.record({
    uuid: fc.uuid({ version: 4 }),
    type: fc.constant(type),
    category: fc.constantFrom('Payload delivery', 'Network activity', 'Other'),
    value: values[type] ?? word,
    to_ids: fc.boolean(),
    timestamp: seconds,
    comment: fc.oneof(fc.constant(''), word),
    distribution: fc.constantFrom('0', '3', '5'),
    Tag: tags,
    Sighting: fc.array(
      fc.record({ uuid: fc.uuid({ version: 4 }), type: fc.constantFrom('0', '1'), date_sighting: seconds }),
      { maxLength: 2 },
    ),
  }),
);
const event = fc.record({
  Event: fc.record({
    uuid: fc.uuid({ version: 4 }),
    info: word,
    date: fc.constantFrom('2021-06-07', '2026-01-31'),
    timestamp: seconds,
    publish_timestamp: fc.oneof(fc.constant('0'), seconds),
    threat_level_id: fc.constantFrom('1', '4'),
    analysis: fc.constantFrom('0', '2'),
    distribution: fc.constantFrom('0', '3'),
    Orgc: fc.record({ uuid: fc.uuid({ version: 4 }), name: word }),
    Tag: tags,
    Attribute: fc.array(attribute, { maxLength: 6 }),
    Object: fc.array(
      fc.record({
        uuid: fc.uuid({ version: 4 }),
        name: fc.constantFrom('file', 'ss7-attack'),
        timestamp: seconds,
        Attribute: fc.array(attribute, { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: 2 },
    ),
    EventReport: fc.array(
      fc.record({ uuid: fc.uuid({ version: 4 }), name: word, content: word, timestamp: seconds }),
      { maxLength: 1 },
    ),
  }),
});

test('an event becomes valid STIX, goes back, and becomes the same STIX again', () => {
  fc.assert(
    fc.property(event, (misp) => {
      const first = converted(misp);
      for (const object of first.objects) {
        const { errors } = validateObject(object);
        assert.deepEqual(errors, [], JSON.stringify(object));
      }
      const back = toMisp(first.objects, about);
      assert.deepEqual(back.losses, []);
      const second = converted(back.event);
      assert.deepEqual(second.objects, first.objects);
      assert.deepEqual(second.losses, []);
    }),
    { numRuns: 200 },
  );
});

test('what an event says of its attributes comes back as it was', () => {
  fc.assert(
    fc.property(event, (misp) => {
      const { event: back } = toMisp(converted(misp).objects, about);
      const read = JSON.parse(JSON.stringify(back)) as typeof misp;
      assert.equal(read.Event.info, misp.Event.info);
      const flat = (of: typeof misp) =>
        [...of.Event.Attribute, ...(of.Event.Object ?? []).flatMap((object) => object.Attribute)]
          .map(({ uuid, type, value, to_ids, comment, Tag }) => ({
            uuid,
            type,
            value,
            to_ids,
            comment: comment ?? '',
            tags: (Tag ?? []).map(({ name }) => name),
          }))
          .toSorted((one, other) => (one.uuid < other.uuid ? -1 : 1));
      assert.deepEqual(flat(read), flat(misp));
    }),
    { numRuns: 200 },
  );
});

test('TLP of an event holds for all in it that has none of its own, and comes back as the tag of the event', () => {
  const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;
  const value = { type: 'ip-dst', value: '198.51.100.7', to_ids: true, timestamp: '1700000000' };
  const sighting = { uuid: id(9), type: '0', date_sighting: '1700000000' };
  const Event = {
    uuid: id(1),
    info: 'x',
    Tag: [{ name: 'tlp:red' }],
    Attribute: [
      { uuid: id(2), ...value, Sighting: [sighting] },
      { uuid: id(3), ...value, Tag: [{ name: 'tlp:green' }] },
    ],
    Object: [{ uuid: id(4), name: 'file', Attribute: [{ uuid: id(5), ...value, to_ids: false }] }],
    EventReport: [{ uuid: id(6), name: 'x', content: 'x' }],
  };
  const { objects } = converted({ Event });
  const made = objects.filter((object) => String(object['id']).includes('00000000-0000-4000-8000'));
  const levels = made.map((object) => `${String(object['type'])} ${effectiveMarking(object)}`);
  assert.deepEqual(levels, [
    'indicator red',
    'sighting red',
    'indicator green',
    'note red',
    'grouping red',
    'note red',
    'report red',
  ]);
  const tagged = (of: readonly Json[]) => {
    const { event: back } = toMisp(of, about);
    const { Attribute } = (back as { Event: { Attribute: { Tag?: { name: string }[] }[] } }).Event;
    return Attribute.map(({ Tag = [] }) => Tag.map(({ name }) => name).join());
  };
  assert.deepEqual(tagged(objects), ['', 'tlp:green']);
  const withoutReport = objects.filter(({ type }) => type !== 'report');
  assert.deepEqual(tagged(withoutReport), ['tlp:red', 'tlp:green']);
});

test('STIX 2.1 §3.6: what is changed in MISP is a new version, with the created of the old one', () => {
  const uuid = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;
  const at = (timestamp: string) => {
    const attribute = { uuid: uuid(2), type: 'ip-dst', value: '198.51.100.7', to_ids: true, timestamp };
    const Event = { uuid: uuid(1), info: 'x', date: '2023-11-01', timestamp, Attribute: [attribute] };
    return converted({ Event }).objects.filter(({ type }) => type === 'indicator' || type === 'report');
  };
  const [old, changed] = [at('1700000000'), at('1700000100')];
  assert.deepEqual(
    old.map(({ created }) => created),
    ['2023-11-01T00:00:00.000Z', '2023-11-01T00:00:00.000Z'],
  );
  for (const [index, object] of changed.entries()) {
    assert.equal(object['created'], old[index]?.['created']);
    assert.notEqual(object['modified'], old[index]?.['modified']);
  }
});

test('what was deleted in MISP stays there, and is told', () => {
  const uuid = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;
  const value = { type: 'ip-dst', value: '198.51.100.7', to_ids: true };
  const Event = {
    uuid: uuid(1),
    info: 'x',
    Attribute: [{ uuid: uuid(2), ...value, deleted: true }],
    Object: [{ uuid: uuid(3), name: 'file', deleted: '1', Attribute: [{ uuid: uuid(4), ...value }] }],
    EventReport: [{ uuid: uuid(5), name: 'x', content: 'x', deleted: 1 }],
  };
  const { objects, losses } = converted({ Event });
  assert.deepEqual(
    objects.filter(({ type }) => type === 'indicator' || type === 'note' || type === 'grouping'),
    [],
  );
  assert.equal(losses.length, 3);
});

test('a long value gives a name of whole characters', () => {
  const uuid = '00000000-0000-4000-8000-000000000001';
  for (const value of ['😀'.repeat(200), `x${'😀'.repeat(200)}`]) {
    const { objects } = converted({
      Event: { uuid, Attribute: [{ uuid, type: 'filename', value, to_ids: true }] },
    });
    const name = String(objects.find(({ type }) => type === 'indicator')?.['name']);
    assert.ok(name.isWellFormed());
  }
});

test('a pattern that is none is no indicator', () => {
  const uuid = '00000000-0000-4000-8000-000000000001';
  const attribute = {
    uuid,
    type: 'stix2-pattern',
    value: '[no pattern',
    to_ids: true,
    timestamp: '1700000000',
  };
  const { objects } = converted({ Event: { uuid, info: 'x', Attribute: [attribute] } });
  assert.ok(objects.some(({ type }) => type === 'note'));
  assert.ok(!objects.some(({ type }) => type === 'indicator'));
});

test('a time without an offset is UTC', () => {
  assert.equal(momentOf('2026-01-31 12:00:00'), '2026-01-31T12:00:00.000Z');
  assert.equal(momentOf('2026-01-31T12:00:00.5'), '2026-01-31T12:00:00.500Z');
  assert.equal(momentOf('2026-01-31T12:00:00+0200'), '2026-01-31T10:00:00.000Z');
});

test('every pattern that an attribute becomes is a STIX pattern', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom("' OR [x:y = '", '\\', "a|b'", '|', '1|2'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...attributePatterns.keys()), nasty, (type, value) => {
      const pattern = patternOf(type, value);
      assert.ok(pattern === undefined || parsePattern(pattern).ok, pattern);
    }),
    { numRuns: 1_000 },
  );
});

test('STIX that did not come from MISP becomes attributes, and what cannot is told', () => {
  const indicator = {
    type: 'indicator',
    spec_version: '2.1',
    created: '2026-01-01T00:00:00.000Z',
    modified: '2026-01-01T00:00:00.000Z',
    pattern_type: 'stix',
    valid_from: '2026-01-01T00:00:00Z',
  };
  const objects: readonly Json[] = [
    {
      ...indicator,
      id: 'indicator--0e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11',
      pattern: "[ipv4-addr:value = '198.51.100.7'] OR [domain-name:value = 'x.example']",
    },
    { ...indicator, id: 'indicator--1e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11', pattern: "[process:name = 'x']" },
    { type: 'malware', id: 'malware--0e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11', name: 'x' },
  ];
  const { event: made, losses } = toMisp(objects, about);
  const { Event } = made as { Event: { uuid: string; Attribute: { type: string; value: string }[] } };
  assert.equal(Event.uuid, about.uuid);
  assert.deepEqual(
    Event.Attribute.map(({ type, value }) => `${type} ${value}`),
    ['ip-dst 198.51.100.7', 'domain x.example'],
  );
  assert.deepEqual(
    losses.map(({ what }) => what),
    ['pattern', 'malware'],
  );
});

test('types of rules are no types of values', () => {
  for (const type of ruleTypes.keys()) assert.ok(!attributePatterns.has(type));
});

const uuid = '0e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11';
for (const [name, text, at] of [
  ['no JSON', '{', '$'],
  ['a list of numbers', '[1]', '$[0]'],
  ['an event without a UUID', '{"Event":{"info":"x"}}', '$.Event.uuid'],
  ['attributes that are no list', `{"Event":{"uuid":"${uuid}","Attribute":{}}}`, '$.Event.Attribute'],
  [
    'an attribute without a value',
    `{"Event":{"uuid":"${uuid}","Attribute":[{"uuid":"${uuid}","type":"md5"}]}}`,
    '$.Event.Attribute[0].value',
  ],
  [
    'an attribute in an object that is null',
    `{"Event":{"uuid":"${uuid}","Object":[{"uuid":"${uuid}","Attribute":[null]}]}}`,
    '$.Event.Object[0].Attribute[0]',
  ],
  ['nesting without end', '['.repeat(100_000), '$'],
] as const) {
  test(`${name} is refused as a whole, with the place`, () => {
    const read = fromMisp(text);
    assert.ok(!read.ok);
    assert.equal(read.error.at, at);
  });
}

test('any JSON is refused or converted, and never throws', () => {
  const key = fc.constantFrom(
    'Event',
    'response',
    'Attribute',
    'Object',
    'uuid',
    'type',
    'value',
    'Tag',
    'name',
    'Orgc',
    'timestamp',
    'Sighting',
    '__proto__',
    'data',
    'deleted',
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(null, true, 0, '1', uuid, 'md5', 'tlp:red', ''),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 6 }),
    ),
  }));
  fc.assert(
    fc.property(value, (json) => {
      const read = fromMisp(JSON.stringify(json));
      if (read.ok) toMisp(read.value.objects, about);
      else assert.match(read.error.at, /^\$/);
    }),
    { numRuns: 1_000 },
  );
});
