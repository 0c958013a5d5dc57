import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deterministicId, validateObject } from '@belltower/stix';
import fc from 'fast-check';
import { fromStix20, isStix20 } from './from-stix-2-0.ts';
import { observablesOf } from './observables.ts';

let made = 0;
const uuid = () => {
  made += 1;
  return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
};
const times = { created: '2017-01-01T00:00:00.000Z', modified: '2017-01-01T00:00:00.000Z' };
const id = (type: string) => `${type}--0e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11`;

test('STIX 2.0 objects become valid objects of STIX 2.1, with their labels as types', () => {
  const objects = [
    {
      type: 'identity',
      id: id('identity'),
      ...times,
      name: 'Example',
      identity_class: 'organization',
      labels: ['ceo'],
    },
    {
      type: 'indicator',
      id: id('indicator'),
      ...times,
      labels: ['malicious-activity'],
      pattern: "[ipv4-addr:value = '198.51.100.7']",
      valid_from: '2017-01-01T00:00:00Z',
    },
    { type: 'malware', id: id('malware'), ...times, name: 'x', labels: ['ransomware'] },
    { type: 'tool', id: id('tool'), ...times, name: 'x', labels: ['remote-access'] },
    { type: 'threat-actor', id: id('threat-actor'), ...times, name: 'x', labels: ['spy'] },
    {
      type: 'report',
      id: id('report'),
      ...times,
      name: 'x',
      labels: ['campaign'],
      published: '2017-01-01T00:00:00Z',
      object_refs: [id('malware')],
    },
  ];
  const { objects: converted, losses } = fromStix20(objects, { uuid });
  for (const object of converted) assert.deepEqual(validateObject(object).errors, [], JSON.stringify(object));
  const types = converted.map((object) =>
    Object.keys(object).find((name) => name.endsWith('_types') || name === 'roles'),
  );
  assert.deepEqual(types, [
    'roles',
    'indicator_types',
    'malware_types',
    'tool_types',
    'threat_actor_types',
    'report_types',
  ]);
  assert.deepEqual(
    losses.map(({ what }) => what),
    ['is_family'],
  );
});

test('STIX 2.1 §4.14 what observed data held becomes observables, referred to by their deterministic ids', () => {
  const observed = {
    type: 'observed-data',
    id: id('observed-data'),
    ...times,
    first_observed: times.created,
    last_observed: times.created,
    number_observed: 1,
    objects: {
      '0': { type: 'network-traffic', src_ref: '1', dst_ref: '2', protocols: ['tcp'], dst_port: 443 },
      '1': { type: 'ipv4-addr', value: '198.51.100.7' },
      '2': { type: 'domain-name', value: 'bad.example.org', resolves_to_refs: ['1', '9'] },
      '3': { type: 'user-account', user_id: 'x', password_last_changed: times.created },
      '4': { type: 'process', pid: 7 },
    },
  };
  const { objects, losses } = fromStix20([observed], { uuid });
  assert.deepEqual(losses, []);
  for (const object of objects) assert.deepEqual(validateObject(object).errors, [], JSON.stringify(object));
  const of = (type: string) => objects.find((object) => object['type'] === type) ?? {};
  assert.equal(of('ipv4-addr')['id'], deterministicId({ type: 'ipv4-addr', value: '198.51.100.7' }));
  assert.deepEqual(of('domain-name')['resolves_to_refs'], [of('ipv4-addr')['id']]);
  assert.equal(of('network-traffic')['src_ref'], of('ipv4-addr')['id']);
  assert.equal(of('network-traffic')['id'], deterministicId(of('network-traffic')));
  assert.equal(of('user-account')['credential_last_changed'], times.created);
  assert.match(String(of('process')['id']), /^process--[0-9a-f-]{14}4/);
  assert.deepEqual(
    new Set(of('observed-data')['object_refs'] as string[]),
    new Set(objects.slice(0, -1).map((object) => object['id'])),
  );
  assert.ok(!Object.hasOwn(of('observed-data'), 'objects'));
});

test('objects that refer to each other in a circle are taken all the same', () => {
  const { observables, refs } = observablesOf(
    {
      a: { type: 'directory', path: '/a', contains_refs: ['b'] },
      b: { type: 'file', name: 'b', parent_directory_ref: 'a' },
    },
    { uuid },
  );
  const of = (type: string) => observables.find((object) => object['type'] === type) ?? {};
  assert.deepEqual(of('directory')['contains_refs'], [refs.get('b')]);
  assert.equal(of('file')['parent_directory_ref'], refs.get('a'));
});

test('objects of which each refers to the next are taken, however many they are', () => {
  const contained = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, at) => [
      String(at),
      { type: 'directory', path: `/${at}`, contains_refs: [String(at + 1)] },
    ]),
  );
  const { observables } = observablesOf(contained, { uuid });
  assert.equal(observables.filter(({ contains_refs: refs }) => refs !== undefined).length, 19_999);
});

test('a bundle says that it is of STIX 2.0', () => {
  assert.ok(isStix20({ type: 'bundle', spec_version: '2.0' }));
  for (const other of [{ type: 'bundle' }, { type: 'indicator', spec_version: '2.0' }, null, [], 'bundle'])
    assert.ok(!isStix20(other));
});

test('any objects are taken, and nothing of them is lost in silence', () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('0', '1', 'file', 'domain-name', null, 7, ''),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'type',
          'value',
          'src_ref',
          'contains_refs',
          '0',
          '1',
          'labels',
          '__proto__',
          'extensions',
          'hashes',
        ),
        tie('value'),
        { maxKeys: 6 },
      ),
    ),
  })).value;
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          type: fc.constantFrom('observed-data', 'malware', 'x'),
          id: fc.constantFrom('a', 'b'),
          objects: value,
          labels: value,
        }),
        { maxLength: 4 },
      ),
      (objects) => {
        const { objects: converted } = fromStix20(objects, { uuid });
        const ids = new Set(converted.map((object) => object['id']));
        for (const object of objects) assert.ok(ids.has(object.id));
      },
    ),
    { numRuns: 500 },
  );
});
