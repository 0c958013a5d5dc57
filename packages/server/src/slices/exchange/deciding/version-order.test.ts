import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { micros } from '../../../platform/time.ts';
import { position, versionKey, versionTimestamp } from '../entry.ts';
import type { NewEntry } from './decide.ts';
import type { KnownEntry } from './known-object.ts';
import { orderVersions } from './version-order.ts';

const publisher = { submitterId: 'a', actingId: 'a', anonymous: false };

function added(id: string, version: string, at: number): NewEntry {
  const facts = {
    id,
    type: 't',
    specVersion: '2.1',
    version,
    createdBy: undefined,
    marking: undefined,
    revoked: false,
    personalData: [],
    digest: '',
    text: '',
  };
  return {
    position: position(at),
    added: micros(at),
    version,
    facts,
    ownerId: 'a',
    marking: undefined,
    effective: 'green',
    publisher,
  };
}

function known(version: string, at: number): KnownEntry {
  return {
    collectionId: 'c',
    position: position(at),
    added: micros(at),
    version,
    submitterId: 'a',
    publisherId: 'a',
    ownerId: 'a',
    marking: undefined,
    effective: 'green',
    digest: '',
    withdrawnBy: undefined,
  };
}

test('L7 whatever the order in which versions arrive, one is the first and one the last', () => {
  const batch = fc.uniqueArray(fc.tuple(fc.constantFrom('x', 'y'), fc.integer({ min: 0, max: 30 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }), batch, (old, arriving) => {
      const standing = old.map((version, index) => known(String(version).padStart(2, '0'), index + 1));
      const fresh = arriving
        .filter(([id, version]) => id !== 'x' || !old.includes(version))
        .filter(([id, version], index, all) => all.findIndex(([i, v]) => i === id && v === version) === index)
        .map(([id, version], index) => added(id, String(version).padStart(2, '0'), old.length + index + 1));
      const { placed, superseded } = orderVersions(fresh, (id) => (id === 'x' ? standing : []));
      for (const id of ['x', 'y']) {
        const mine = placed.filter(({ entry }) => entry.facts.id === id);
        if (mine.length === 0) continue;
        const before = id === 'x' ? standing : [];
        const all = [...before, ...mine.map(({ entry }) => entry)].toSorted((a, b) =>
          a.version < b.version ? -1 : 1,
        );
        const first = mine.filter((item) => item.isFirst).map((item) => item.entry.version);
        const last = mine.filter((item) => item.isLast).map((item) => item.entry.version);
        const oldFirst = before.toSorted((a, b) => (a.version < b.version ? -1 : 1))[0];
        const oldLast = before.toSorted((a, b) => (a.version < b.version ? -1 : 1)).at(-1);
        assert.deepEqual(
          first,
          oldFirst !== undefined && oldFirst.version === all[0]?.version ? [] : [all[0]?.version],
        );
        assert.deepEqual(
          last,
          oldLast !== undefined && oldLast.version === all.at(-1)?.version ? [] : [all.at(-1)?.version],
        );
        if (oldFirst !== undefined)
          assert.equal(superseded.first.includes(oldFirst.position), first.length > 0);
        if (oldLast !== undefined) assert.equal(superseded.last.includes(oldLast.position), last.length > 0);
      }
    }),
  );
});

test('a version key sorts in the order of time and tells one instant from another', () => {
  const spellings = [
    ['2016-01-01T00:00:00Z', '2016-01-01T00:00:00.000Z', '2016-01-01t00:00:00.000000z'],
    ['2016-01-01T00:00:00.001Z', '2016-01-01T00:00:00.001000Z'],
    ['2016-01-01T00:00:00.0010001Z'],
    ['2016-01-01T00:00:01Z'],
  ];
  const keys = spellings.map((group) => new Set(group.map(versionKey)));
  for (const group of keys) assert.equal(group.size, 1);
  const flat = keys.flatMap((group) => [...group]);
  assert.deepEqual(flat.toSorted(), flat);
  assert.equal(versionTimestamp(versionKey('2016-01-01T00:00:00Z')), '2016-01-01T00:00:00.000Z');
  assert.equal(versionTimestamp(versionKey('2016-01-01T00:00:00.123456Z')), '2016-01-01T00:00:00.123456Z');
});
