import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import {
  checkPattern,
  matchPattern,
  type ObservationReading,
  parsePattern,
  readObservations,
  validateObject,
} from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import { demoCollections, demoMembers } from './community.ts';
import { incident } from './incident.ts';
import { memberIdentity } from './set-up.ts';

const acts = incident({ uuid: randomUUID, now: new Date('2026-01-15T09:00:00.000Z') });
const published = acts.flatMap(({ does }) => (does.kind === 'publish' ? does.objects : []));
const publishedTo = (alias: string) =>
  acts.filter(({ to }) => to === alias).flatMap(({ does }) => (does.kind === 'publish' ? does.objects : []));

test('Everything that the demo publishes is STIX without a warning', () => {
  for (const object of [...demoMembers.map(memberIdentity), ...published]) {
    // Definitions of extensions have the id that the URL of their schema gives, so that nobody has to look it up.
    const disabled = new Set(object.type === 'extension-definition' ? ['id-uuid-version'] : []);
    const { errors, warnings } = validateObject(object, { strict: true, types: telecomTypes, disabled });
    assert.deepEqual([object.type, errors, warnings], [object.type, [], []]);
  }
});

test('Whoever reads a collection of the demo can resolve what is referred to in it', () => {
  const members = new Set(demoMembers.map(({ id }) => id));
  for (const { alias } of demoCollections) {
    const objects = publishedTo(alias);
    const known = new Set([...members, ...objects.map(({ id }) => id)]);
    for (const object of objects) {
      for (const reference of references(object))
        assert.ok(known.has(reference), `${object.type}: ${reference}`);
    }
  }
});

test('Whoever reads a collection of the demo has the definition of every extension in it', () => {
  const used: string[] = [];
  for (const { alias } of demoCollections) {
    const objects = publishedTo(alias);
    const known = new Set(objects.map(({ id }) => id));
    for (const object of objects) {
      for (const id of Object.keys(object['extensions'] ?? {})) {
        assert.ok(known.has(id), `${object.type}: ${id}`);
        used.push(id);
      }
    }
  }
  assert.ok(used.length > 0);
});

test('Patterns of the demo say nothing that could be said better, and match what was observed', () => {
  const observed: ObservationReading = readObservations(published);
  for (const object of published.filter(({ type }) => type === 'indicator')) {
    const parsed = parsePattern(String(object['pattern']));
    assert.ok(parsed.ok);
    assert.deepEqual(checkPattern(parsed.pattern, telecomTypes), []);
    if (!String(object['pattern']).includes('ss7-')) continue;
    assert.equal(matchPattern(parsed.pattern, observed.observations).kind, 'match');
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
