import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTimestamp, validateObject } from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import type { Json } from '../json.ts';
import { fromMisp } from './from-misp.ts';
import { toMisp } from './to-misp.ts';
import { toMispFeed } from './to-misp-feed.ts';

const now = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(now));
const uuid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const address = (at: number, more: Json = {}) => ({
  uuid: uuid(at),
  type: 'ip-dst',
  value: '203.0.113.9',
  to_ids: true,
  timestamp: '1780000000',
  ...more,
});

/** Converts an event there and back; everything on the way is valid. */
const survived = (Event: Json) => {
  const read = fromMisp(JSON.stringify({ Event: { uuid: uuid(1), info: 'x', ...Event } }));
  assert.ok(read.ok, read.ok ? '' : `${read.error.message} ${read.error.at}`);
  for (const object of read.value.objects)
    assert.deepEqual(
      validateObject(object, { types: telecomTypes }).errors,
      [],
      JSON.stringify(object).slice(0, 500),
    );
  toMispFeed(read.value.objects, { now });
  return { ...read.value, back: toMisp(read.value.objects, { now, uuid: uuid(2) }) };
};

test('a UUID that stands twice is told, and what came first stays', () => {
  const { objects, losses } = survived({
    Attribute: [address(10), address(10, { value: '203.0.113.10' })],
    Object: [
      { uuid: uuid(20), name: 'ss7-attack', Attribute: [address(10)] },
      { uuid: uuid(20), name: 'file', Attribute: [address(21)] },
    ],
  });
  assert.equal(objects.filter(({ type }) => type === 'indicator').length, 2);
  assert.equal(losses.length, 3);
});

test('references in a circle, to themselves and to nothing end', () => {
  const reference = (at: number, referenced_uuid: unknown) => ({
    uuid: uuid(at),
    referenced_uuid,
    relationship_type: 'x y',
  });
  const { objects, losses, back } = survived({
    Object: [
      {
        uuid: uuid(20),
        name: 'file',
        Attribute: [address(10)],
        ObjectReference: [reference(30, uuid(21)), reference(31, uuid(20))],
      },
      {
        uuid: uuid(21),
        name: 'file',
        Attribute: [address(11)],
        ObjectReference: [reference(32, uuid(20)), reference(33, 7)],
      },
    ],
  });
  assert.deepEqual(
    objects.filter(({ type }) => type === 'relationship').map(({ relationship_type: kind }) => kind),
    ['x-y', 'x-y', 'x-y'],
  );
  assert.equal(losses.length, 1);
  assert.deepEqual(back.losses, []);
});

test('what is nested deeply in a cluster or a field stays behind, and nothing overflows', () => {
  let deep: unknown = 'x';
  for (let depth = 0; depth < 2_000; depth += 1) deep = [{ deep }];
  const cluster = { type: 'threat-actor', value: 'X', meta: { refs: deep, synonyms: ['Y'] } };
  const { objects } = survived({
    Galaxy: [{ type: 'threat-actor', meta: deep, GalaxyCluster: [cluster] }],
    Attribute: [address(10, { comment: 'c', extra: deep })],
  });
  assert.deepEqual(objects.find(({ type }) => type === 'threat-actor')?.['aliases'], ['Y']);
});

for (const [what, wrong] of [
  ['a number', 7],
  ['a text', 'x'],
  ['an object with a toString of its own', { toString: 1, valueOf: 1 }],
  ['a list', [[]]],
  ['null', null],
] as const) {
  test(`${what} where something else should be is refused with its place, or does no harm`, () => {
    const names = [
      'name',
      'object_relation',
      'comment',
      'first_seen',
      'timestamp',
      'to_ids',
      'category',
      'deleted',
      'data',
    ];
    for (const name of names) {
      survived({
        Attribute: [address(10, { [name]: wrong })],
        Object: [{ uuid: uuid(20), name: 'ss7-attack', Attribute: [address(11, { [name]: wrong })] }],
      });
      survived({ Object: [{ uuid: uuid(20), name: 'phone', Attribute: [address(11)], [name]: wrong }] });
    }
    for (const name of [
      'Galaxy',
      'Tag',
      'Sighting',
      'Attribute',
      'Object',
      'ObjectReference',
      'EventReport',
      'Orgc',
    ]) {
      const text = JSON.stringify({
        Event: { uuid: uuid(1), [name]: wrong, Object: [{ uuid: uuid(3), [name]: wrong }] },
      });
      const read = fromMisp(text);
      if (!read.ok) assert.match(read.error.at, /^\$/);
    }
  });
}

test('a hundred thousand attributes of one value take seconds', () => {
  const began = performance.now();
  const Attribute = Array.from({ length: 100_000 }, (_, at) => address(1_000 + at));
  const read = fromMisp(JSON.stringify({ Event: { uuid: uuid(1), Attribute } }));
  assert.ok(read.ok);
  toMisp(read.value.objects, { now, uuid: uuid(2) });
  assert.ok(performance.now() - began < 60_000);
});
