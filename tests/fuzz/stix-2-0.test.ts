import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromStix20 } from '../../packages/formats/src/index.ts';
import { validateObject } from '../../packages/stix/src/index.ts';
import { fuzz } from '../support/fuzzing.ts';
import { harmless } from '../support/harmless.ts';
import { mutateJson } from '../support/mutate-json.ts';

// Objects of STIX 2.0 that were spoilt become objects of STIX 2.1 with the ids that they had, or are told as a loss.

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const times = { created: '2018-01-01T00:00:00.000Z', modified: '2018-01-02T00:00:00.000Z' };
const corpus: readonly string[] = [
  {
    type: 'indicator',
    id: `indicator--${uuid(1)}`,
    ...times,
    labels: ['malicious-activity'],
    name: 'Bad',
    pattern: "[domain-name:value = 'bad.example']",
    valid_from: '2018-01-01T00:00:00Z',
  },
  { type: 'malware', id: `malware--${uuid(2)}`, ...times, labels: ['trojan'], name: 'Bad' },
  {
    type: 'report',
    id: `report--${uuid(3)}`,
    ...times,
    labels: ['threat-report'],
    name: 'R',
    published: '2018-01-01T00:00:00Z',
    object_refs: [`malware--${uuid(2)}`],
  },
  {
    type: 'observed-data',
    id: `observed-data--${uuid(4)}`,
    ...times,
    first_observed: '2018-01-01T00:00:00Z',
    last_observed: '2018-01-01T00:00:00Z',
    number_observed: 1,
    objects: {
      '0': { type: 'domain-name', value: 'bad.example', resolves_to_refs: ['1'] },
      '1': { type: 'ipv4-addr', value: '198.51.100.7' },
      '2': { type: 'network-traffic', src_ref: '1', dst_ref: '0', protocols: ['tcp'], dst_port: 80 },
      '3': {
        type: 'file',
        name: 'a',
        hashes: { MD5: 'd41d8cd98f00b204e9800998ecf8427e' },
        parent_directory_ref: '4',
      },
      '4': { type: 'directory', path: '/tmp', contains_refs: ['3'] },
      '5': { type: 'process', pid: 3, binary_ref: '3', child_refs: ['5'] },
      '6': { type: 'email-message', is_multipart: false, from_ref: '7', body: 'x' },
      '7': { type: 'email-addr', value: 'a@bad.example' },
    },
  },
  {
    type: 'identity',
    id: `identity--${uuid(5)}`,
    ...times,
    name: 'Somebody',
    identity_class: 'organization',
  },
].map((object) => JSON.stringify(object));
const pieces = [
  ...'{}[]",:0-123456789',
  'null',
  '[]',
  '{}',
  '"0"',
  '"6"',
  '"__proto__":{"polluted":1},',
  '"__proto__"',
  '"labels":[],',
  '"labels":[1,null],',
  '"type":"observed-data",',
  '"type":"x-other",',
  '"src_ref":"2",',
  '"contains_refs":["4","3"],',
  '"indicator_types":["x"],',
  '"objects":{"0":{"type":"file"}},',
  '\\ud800',
];

test('an object of STIX 2.0 that was spoilt keeps its id, and what was in it refers to what there is', async (t) => {
  await fuzz(t, {
    corpus,
    pieces,
    spoil: mutateJson,
    check(text) {
      const given = objectOf(text);
      if (given === undefined) return;
      const before = structuredClone(given);
      let made = 100;
      const { objects, losses } = harmless(() => fromStix20([given], { uuid: () => uuid(made++) }));
      assert.deepEqual(given, before, 'what is given stays as it was');
      const own = objects.filter(({ id }) => id === given['id']);
      assert.ok(own.length >= 1, 'the object itself is there');
      const ids = new Set(objects.map(({ id }) => id));
      for (const object of objects) {
        assert.equal(object['spec_version'], '2.1');
        if (object['id'] === given['id']) continue;
        // Observables that were made: what they refer to has been made as well.
        for (const [name, value] of Object.entries(object)) {
          // What has not the form of a reference is none, and stays for whoever validates it.
          const refs = name.endsWith('_ref')
            ? [value]
            : name.endsWith('_refs') && Array.isArray(value)
              ? value
              : [];
          for (const ref of refs)
            if (typeof ref === 'string') assert.ok(ids.has(ref), `${String(object['type'])} ${name} ${ref}`);
        }
        const rules = validateObject(object).errors.map(({ rule }) => rule);
        assert.ok(!rules.some((rule) => rule === 'id-form'), JSON.stringify(object));
      }
      for (const { at, what, why } of losses) assert.ok(at !== '' && what !== '' && why !== '');
    },
  });
});

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
