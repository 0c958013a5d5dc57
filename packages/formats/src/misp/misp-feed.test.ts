import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { isTimestamp } from '@belltower/stix';
import fc from 'fast-check';
import type { Json } from '../json.ts';
import { fromMisp } from './from-misp.ts';
import type { MispFeedFiles } from './from-misp-feed.ts';
import { fromMispFeed } from './from-misp-feed.ts';
import { toMispFeed } from './to-misp-feed.ts';

const now = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(now));

const uuid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const ip = (at: number, value: string, type = 'ip-dst') => ({
  uuid: uuid(at),
  type,
  value,
  category: 'Network activity',
  to_ids: true,
  timestamp: '1780000000',
});
const events = [
  {
    Event: {
      uuid: uuid(1),
      info: 'First',
      date: '2026-01-31',
      timestamp: '1780000000',
      threat_level_id: '1',
      analysis: '0',
      Orgc: { uuid: uuid(2), name: 'Operator' },
      Tag: [{ name: 'tlp:green' }],
      Attribute: [ip(10, '198.51.100.7'), ip(11, '198.51.100.8|443', 'ip-dst|port')],
      Object: [{ uuid: uuid(12), name: 'file', Attribute: [ip(13, 'a.exe', 'filename')] }],
    },
  },
  {
    Event: {
      uuid: uuid(3),
      info: 'Second',
      date: '2026-02-01',
      timestamp: '1780000100',
      Attribute: [ip(14, '198.51.100.9')],
    },
  },
];

function stix(...of: readonly unknown[]): readonly Json[] {
  const read = fromMisp(JSON.stringify(of));
  assert.ok(read.ok);
  return read.value.objects;
}

function textsOf({ manifest, files }: ReturnType<typeof toMispFeed>): ReadonlyMap<string, string> {
  return new Map([manifest, ...files].map(({ name, text }) => [name, text]));
}

async function read(files: ReadonlyMap<string, string> | MispFeedFiles) {
  const reading = await fromMispFeed(files);
  assert.ok(reading.ok, reading.ok ? '' : reading.error.message);
  const all = [];
  for await (const event of reading.events) all.push(event);
  return all;
}

test('a feed has a manifest, hashes and an event for each report, as PyMISP writes them', () => {
  const feed = toMispFeed(stix(...events), { now });
  assert.deepEqual(feed.losses, []);
  const files = textsOf(feed);
  assert.deepEqual([...files.keys()].toSorted(), [
    `${uuid(1)}.json`,
    `${uuid(3)}.json`,
    'hashes.csv',
    'manifest.json',
  ]);
  const manifest = JSON.parse(files.get('manifest.json') ?? '') as Readonly<Record<string, Json>>;
  assert.deepEqual(manifest[uuid(1)], {
    Orgc: { uuid: uuid(2), name: 'Operator' },
    Tag: [{ name: 'tlp:green' }],
    info: 'First',
    date: '2026-01-31',
    analysis: '0',
    threat_level_id: '1',
    timestamp: '1780000000',
  });
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  assert.deepEqual((files.get('hashes.csv') ?? '').trim().split('\n'), [
    `${md5('198.51.100.7')},${uuid(1)}`,
    `${md5('198.51.100.8')},${uuid(1)}`,
    `${md5('443')},${uuid(1)}`,
    `${md5('a.exe')},${uuid(1)}`,
    `${md5('198.51.100.9')},${uuid(3)}`,
  ]);
});

test('a feed that was written is read as the same objects', async () => {
  const objects = stix(...events);
  const all = await read(textsOf(toMispFeed(objects, { now })));
  const again = all.flatMap(({ conversion }) => {
    assert.ok(conversion.ok);
    return conversion.value.objects;
  });
  const ids = (of: readonly Json[]) => new Set(of.map(({ id }) => String(id)));
  for (const id of ids(objects)) assert.ok(ids(again).has(id), id);
});

test('objects outside of reports are one event, which keeps its UUID and gets later when something changes', () => {
  const indicator = (modified: string) => ({
    type: 'indicator',
    id: `indicator--${uuid(20)}`,
    created: '2026-01-01T00:00:00.000Z',
    modified,
    pattern: "[ipv4-addr:value = '198.51.100.7']",
    pattern_type: 'stix',
    valid_from: '2026-01-01T00:00:00Z',
  });
  const manifestOf = (modified: string) => {
    const { manifest } = toMispFeed([indicator(modified)], {
      now,
      organisation: { uuid: uuid(2), name: 'Operator' },
    });
    return Object.entries(JSON.parse(manifest.text) as Readonly<Record<string, Json>>);
  };
  const [[before, old] = [], ...none] = manifestOf('2026-01-01T00:00:00.000Z');
  const [[after, changed] = []] = manifestOf('2026-01-02T00:00:00.000Z');
  assert.deepEqual(none, []);
  assert.equal(before, after);
  assert.ok(Number(changed?.['timestamp']) > Number(old?.['timestamp']));
  assert.deepEqual(old?.['Orgc'], { uuid: uuid(2), name: 'Operator' });
});

test('what two reports share has a UUID of its own in the second event', () => {
  const objects = stix(events[0]);
  const report = objects.find(({ type }) => type === 'report');
  const other = { ...report, id: `report--${uuid(30)}`, name: 'Other' };
  const files = textsOf(toMispFeed([...objects, other], { now }));
  const uuids = (of: number) =>
    (
      JSON.parse(files.get(`${uuid(of)}.json`) ?? '') as {
        Event: { Attribute: { uuid: string; value: string }[] };
      }
    ).Event.Attribute;
  const [first, second] = [uuids(1), uuids(30)];
  assert.deepEqual(
    first.map(({ value }) => value),
    second.map(({ value }) => value),
  );
  assert.ok(first.every((one) => second.every((two) => two.uuid !== one.uuid)));
});

test('an event that cannot be used is told, and does not hold up the others', async () => {
  const files = new Map([
    [
      'manifest.json',
      JSON.stringify({ [uuid(1)]: {}, [uuid(3)]: { timestamp: '5' }, '../../etc/passwd': {}, [uuid(4)]: 7 }),
    ],
    [`${uuid(1)}.json`, '{'],
    [`${uuid(3)}.json`, JSON.stringify(events[1])],
    [`${uuid(4)}.json`, JSON.stringify(events[1])],
  ]);
  const asked: string[] = [];
  const watched: MispFeedFiles = {
    read: (name) => {
      asked.push(name);
      return Promise.resolve(files.get(name));
    },
  };
  const all = await read(watched);
  assert.deepEqual(
    all.map(({ conversion, timestamp }) => [conversion.ok, timestamp]),
    [
      [false, undefined],
      [true, 5],
      [false, undefined],
      [false, 7],
    ],
  );
  for (const name of asked) assert.match(name, /^(?:manifest|[0-9a-f-]{36})\.json$/);
});

test('events that are not wanted are not read', async () => {
  const files = textsOf(toMispFeed(stix(...events), { now }));
  const reading = await fromMispFeed(files, { isWanted: ({ timestamp = 0 }) => timestamp > 1_780_000_000 });
  assert.ok(reading.ok);
  const wanted = [];
  for await (const event of reading.events) wanted.push(event.uuid);
  assert.deepEqual(wanted, [uuid(3)]);
});

for (const [what, text] of [
  ['no JSON', '{'],
  ['a list', '[1]'],
  ['nothing', undefined],
] as const) {
  test(`a manifest that is ${what} is refused`, async () => {
    const reading = await fromMispFeed(new Map(text === undefined ? [] : [['manifest.json', text]]));
    assert.ok(!reading.ok);
  });
}

test('any objects make a feed that can be read', async () => {
  const ref = fc.constantFrom(
    'report--../a',
    `report--${uuid(1)}`,
    `indicator--${uuid(2)}`,
    `grouping--${uuid(3)}`,
    `note--${uuid(4)}`,
  );
  const object = fc.record(
    {
      type: fc.constantFrom(
        'report',
        'indicator',
        'grouping',
        'note',
        'sighting',
        'relationship',
        'opinion',
        'identity',
      ),
      id: ref,
      modified: fc.constantFrom('2026-01-01T00:00:00.000Z', 'x'),
      object_refs: fc.oneof(fc.array(ref, { maxLength: 4 }), fc.jsonValue()),
      source_ref: ref,
      target_ref: ref,
      sighting_of_ref: ref,
      pattern: fc.constantFrom("[ipv4-addr:value = '198.51.100.7']", 'x'),
      content: fc.string(),
    },
    { requiredKeys: ['type', 'id'] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(object, { maxLength: 8 }), async (objects) => {
      const files = textsOf(toMispFeed(objects, { now }));
      await read(files);
      for (const name of files.keys()) assert.match(name, /^[\w.-]+$/);
    }),
    { numRuns: 300 },
  );
});
