import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { canonicalize, isUuid, uuidV5, validateBundle } from '@belltower/stix';
import { sharedPath } from '../../../stix/src/testing/shared-folder.ts';
import { fightMitigations } from './fight-mitigations.ts';
import { tablesChanged } from './framework.ts';
import { attackNumber, technique, techniques } from './technique.ts';
import { frameworkObjectId, frameworkRelationshipId, techniqueNamespace } from './technique-id.ts';
import { objectsOfTechniques, techniqueObjectId, techniqueObjects } from './technique-objects.ts';

test('ids follow from names alone, and stay what they were published as', () => {
  assert.equal(
    techniqueNamespace,
    uuidV5('6ba7b811-9dad-11d1-80b4-00c04fd430c8', 'urn:belltower:techniques'),
  );
  const published = {
    'FGT5012.008': techniqueObjectId('FGT5012.008'),
    'MOT3003.301': techniqueObjectId('MOT3003.301'),
    T1199: techniqueObjectId('T1199'),
    FGM5513: frameworkObjectId('course-of-action', 'mitre-fight', 'FGM5513'),
    part: frameworkRelationshipId({
      source: String(techniqueObjectId('FGT5012.008')),
      type: 'subtechnique-of',
      target: String(techniqueObjectId('FGT5012')),
    }),
  };
  assert.deepEqual(published, {
    'FGT5012.008': 'attack-pattern--d19d3285-7aeb-5844-9505-39887f530ac4',
    'MOT3003.301': 'attack-pattern--9550346f-3285-5b60-9535-91a35d70747a',
    T1199: 'attack-pattern--9fa07bef-9c81-421e-a8e5-ad4366c5a925',
    FGM5513: 'course-of-action--4c960702-cd95-5d95-a9e2-c3d30b3a9c96',
    part: 'relationship--609ad52e-deea-5ba9-9bd3-a7a7c4ecc989',
  });
  assert.equal(techniqueObjectId('T9999'), undefined);
});

test('what was published under a time stays as it was: a change of the tables comes with a new time in framework.ts', () => {
  const digest = uuidV5(techniqueNamespace, canonicalize(techniqueObjects()));
  assert.deepEqual(
    [tablesChanged, digest],
    ['2026-12-01T00:00:00.000Z', 'a3bb6cbd-4ab6-506e-85a5-77ffe95fd8f1'],
  );
});

test('every object keeps every MUST of STIX 2.1, and its SHOULDs but two: random UUIDs, and relationships that the standard lists', () => {
  const objects = techniqueObjects();
  const result = validateBundle(
    { type: 'bundle', id: 'bundle--0f0e3f3d-1a9c-4e0f-8b6f-0a5d1c2b3e4f', objects },
    { disabled: new Set(['id-uuid-version']) },
  );
  const findings = [result.bundle, ...result.objects].flatMap(({ errors, warnings }) => [
    ...errors,
    ...warnings,
  ]);
  const parts = objects.filter((object) => object['relationship_type'] === 'subtechnique-of');
  assert.deepEqual(
    findings.filter(({ rule }) => rule !== 'relationship-types'),
    [],
  );
  assert.ok(findings.every(({ message }) => message.includes('"subtechnique-of"')));
  assert.equal(findings.length, parts.length);
  assert.ok(parts.length > 0);
});

test('ids come once, and relationships end at objects that are there or at those of ATT&CK', () => {
  const objects = techniqueObjects();
  const ids = new Set(objects.map((object) => String(object['id'])));
  assert.equal(ids.size, objects.length);
  const ofAttack = new Set<unknown>(techniques.flatMap(({ links }) => links).map(techniqueObjectId));
  for (const { source_ref: source, target_ref: target } of objects.filter(
    ({ type }) => type === 'relationship',
  )) {
    assert.ok(ids.has(String(source)));
    assert.ok(ids.has(String(target)) || ofAttack.has(target), String(target));
  }
  for (const object of objects.slice(2)) assert.ok(isUuid(String(object['id']).slice(-36)));
});

test('one framework alone has its own objects only', () => {
  for (const framework of ['mitre-fight', 'gsma-motif'] as const) {
    const named = techniqueObjects([framework]).filter(({ type }) => type === 'attack-pattern');
    assert.equal(named.length, techniques.filter((one) => one.framework === framework).length);
  }
});

test('objects of some techniques alone come with what mitigates them, and no relationship hangs in the air', () => {
  const chosen = ['FGT5012.008', 'FGT5012', 'MOT1199'].flatMap((id) => technique(id) ?? []);
  const objects = objectsOfTechniques(chosen);
  const count = (type: string) =>
    objects.filter((object) => (object['relationship_type'] ?? object['type']) === type).length;
  assert.equal(count('attack-pattern'), 3);
  assert.equal(count('subtechnique-of'), 1);
  assert.equal(count('related-to'), 1);
  const mitigating = fightMitigations.filter(({ mitigates }) =>
    chosen.some(({ id }) => mitigates.includes(id)),
  );
  assert.equal(count('course-of-action'), mitigating.length);
  assert.ok(count('mitigates') >= mitigating.length && mitigating.length > 0);
});

test('a technique is found by its number, in any case and with spaces around it', () => {
  assert.equal(technique(' fgt5012.008 ')?.name, 'SS7 Or Diameter Signaling');
  assert.equal(technique('MOT1477.301')?.parent, 'MOT3006');
  assert.equal(technique('FGT5012.999'), undefined);
  assert.equal(technique('toString'), undefined);
});

for (const [id, number] of [
  ['FGT1040', 'T1040'],
  ['FGT1090.003', 'T1090.003'],
  ['FGT1040.501', undefined],
  ['FGT5012.008', undefined],
  ['MOT1040', undefined],
] as const)
  test(`${id} has ${number ?? 'no number of its own'} in ATT&CK`, () =>
    assert.equal(attackNumber(id), number));

test('what is said of a technique is one sentence, and not the same of two', () => {
  for (const { id, says } of techniques) {
    assert.match(says, /^[A-Z][^\n]{20,170}\.$/, id);
    assert.ok(!/^(?:An? |The )?adversar(?:y|ies) (?:may|can)/i.test(says), id);
  }
  for (const framework of ['mitre-fight', 'gsma-motif'] as const) {
    const sentences = techniques.filter((one) => one.framework === framework).map(({ says }) => says);
    assert.equal(new Set(sentences).size, sentences.length);
  }
});

const motif = sharedPath('data', 'telecom', 'gsma-motif.json');
test('MoTIF: ids, names and tactics are those of the galaxy', { skip: motif === undefined }, () => {
  const galaxy: unknown = JSON.parse(readFileSync(motif ?? '', 'utf8'));
  const values = isGalaxy(galaxy) ? galaxy.values : [];
  assert.equal(values.length, 50);
  assert.deepEqual(
    values.map(({ value, meta }) => [meta.external_id, value, meta.kill_chain]).toSorted(),
    techniques
      .filter(({ framework }) => framework === 'gsma-motif')
      .map(({ id, name, tactics }) => [
        id,
        name,
        tactics.map((tactic) => `Techniques:${tactic.name.replace(' ', '-')}`),
      ])
      .toSorted(),
  );
  for (const { meta } of values) {
    const named = meta.refs.join(' ').match(/\b(?:FG)?T\d{4}(?:\.\d{3})?\b/g) ?? [];
    for (const link of named) assert.ok(technique(meta.external_id)?.links.includes(link), link);
  }
});

interface Value {
  readonly value: string;
  readonly meta: {
    readonly external_id: string;
    readonly kill_chain: readonly string[];
    readonly refs: readonly string[];
  };
}

function isGalaxy(value: unknown): value is { readonly values: readonly Value[] } {
  return typeof value === 'object' && value !== null && 'values' in value && Array.isArray(value.values);
}

test('mitigations help against techniques that there are', () => {
  assert.equal(fightMitigations.length, 93);
  for (const { id, mitigates } of fightMitigations)
    for (const one of mitigates) assert.ok(technique(one) !== undefined, `${id} ${one}`);
});
