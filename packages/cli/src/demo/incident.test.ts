import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { validateObject } from '@belltower/stix';
import { demoCollections, demoMembers } from './community.ts';
import { incident } from './incident.ts';
import { memberIdentity } from './set-up.ts';

const acts = incident({ uuid: randomUUID, now: new Date('2026-01-15T09:00:00.000Z') });
const published = acts.flatMap(({ does }) => (does.kind === 'publish' ? does.objects : []));

test('Everything that the demo publishes is STIX without a warning', () => {
  for (const object of [...demoMembers.map(memberIdentity), ...published]) {
    const { errors, warnings } = validateObject(object, { strict: true });
    assert.deepEqual([object.type, errors, warnings], [object.type, [], []]);
  }
});

test('Whoever reads a collection of the demo can resolve what is referred to in it', () => {
  const members = new Set(demoMembers.map(({ id }) => id));
  for (const { alias } of demoCollections) {
    const here = acts.filter(({ to }) => to === alias);
    const objects = here.flatMap(({ does }) => (does.kind === 'publish' ? does.objects : []));
    const known = new Set([...members, ...objects.map(({ id }) => id)]);
    for (const object of objects) {
      for (const reference of references(object))
        assert.ok(known.has(reference), `${object.type}: ${reference}`);
    }
  }
});

test('Nothing that stays refers to what the demo withdraws', () => {
  const withdrawn = new Set(acts.flatMap(({ does }) => (does.kind === 'withdraw' ? [does.id] : [])));
  assert.equal(withdrawn.size, 1);
  for (const object of published)
    for (const id of references(object)) assert.ok(!withdrawn.has(id), object.type);
});

/** Ids in `…_ref` and `…_refs`, but for markings, which everybody has. */
function references(object: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(object)
    .filter(([name]) => /_refs?$/.test(name) && name !== 'object_marking_refs')
    .flatMap(([, value]) => (Array.isArray(value) ? value.map(String) : [String(value)]));
}
