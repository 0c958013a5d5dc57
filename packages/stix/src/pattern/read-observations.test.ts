import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readObservations } from './read-observations.ts';
import { bundleOf, timestampAt } from './testing/observed.ts';

const FILE = { type: 'file', id: 'file--1', name: 'a' };
const OBSERVED = {
  type: 'observed-data',
  id: 'observed-data--1',
  modified: timestampAt(1),
  first_observed: timestampAt(0),
  last_observed: timestampAt(1),
  number_observed: 2,
  object_refs: ['file--1'],
};

function scopeOf(input: unknown): readonly string[] {
  return readObservations(input).observations.flatMap(({ objects }) => [...objects.keys()]);
}

test('observations are read from a bundle, a list of bundles and a list of objects', () => {
  const bundle = { type: 'bundle', id: 'bundle--1', objects: [OBSERVED, FILE] };
  for (const input of [bundle, [bundle], [OBSERVED, FILE], [bundle, bundle]]) {
    const { observations, problems } = readObservations(input);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      observations.map(({ id, numberObserved, objects }) => [id, numberObserved, [...objects.keys()]]),
      [['observed-data--1', 2, ['file--1']]],
    );
  }
});

test('§9.7.4 only objects named in object_refs belong to an observation', () => {
  const other = { type: 'file', id: 'file--2', name: 'b' };
  assert.deepEqual(scopeOf([OBSERVED, FILE, other]), ['file--1']);
  assert.deepEqual(scopeOf([{ ...OBSERVED, object_refs: ['file--9', 7] }, FILE]), []);
});

test('references do not lead into another bundle', () => {
  assert.deepEqual(
    scopeOf([
      { type: 'bundle', objects: [OBSERVED] },
      { type: 'bundle', objects: [FILE] },
    ]),
    [],
  );
});

test('§4.14 the deprecated dictionary of objects is read', () => {
  const { object_refs: _, ...rest } = OBSERVED;
  assert.deepEqual(scopeOf([{ ...rest, objects: { 0: { type: 'file', name: 'a' }, 1: 'x' } }]), ['0']);
});

test('of several versions the newest counts, and a revoked object does not', () => {
  const newer = { ...OBSERVED, modified: timestampAt(2), number_observed: 5 };
  assert.equal(readObservations([newer, OBSERVED, FILE]).observations[0]?.numberObserved, 5);
  assert.equal(readObservations([OBSERVED, newer, FILE]).observations[0]?.numberObserved, 5);
  assert.deepEqual(readObservations([OBSERVED, { ...newer, revoked: true }, FILE]).observations, []);
});

test('observed-data without usable times is left out and named', () => {
  for (const broken of [
    { ...OBSERVED, first_observed: 'yesterday' },
    { ...OBSERVED, last_observed: undefined },
    { ...OBSERVED, first_observed: timestampAt(5) },
  ]) {
    const { observations, problems } = readObservations([broken, FILE]);
    assert.deepEqual(observations, []);
    assert.equal(problems[0]?.id, 'observed-data--1');
  }
});

test('what is not STIX gives no observations', () => {
  for (const input of [
    null,
    1,
    'x',
    {},
    [],
    [null, 1],
    { type: 'bundle' },
    { type: 'bundle', objects: 'x' },
  ]) {
    assert.deepEqual(readObservations(input).observations, []);
  }
  assert.equal(readObservations(bundleOf([])).observations.length, 0);
});
