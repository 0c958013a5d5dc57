import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectTypes } from '@belltower/stix';
import {
  checkPattern,
  deterministicId,
  matchPattern,
  objectShapes,
  parsePattern,
  readObservations,
  standardTypes,
  uuidV5,
  validateBundle,
  validateObject,
} from '@belltower/stix';
import fc from 'fast-check';
import { observableKindNames, observableKinds } from '../observable.ts';
import { spellings } from '../testing/spellings.ts';
import {
  telecomExtensionAuthor,
  telecomExtensionDefinitions,
  telecomSchemaUrl,
} from './extension-definitions.ts';
import { observableOfSco } from './observable-of-sco.ts';
import { telecomObservable } from './telecom-observable.ts';
import { telecomShapes } from './telecom-shapes.ts';
import { telecomTypes } from './telecom-types.ts';

const options = { types: telecomTypes, strict: true } as const;

/** Observables of every kind in many spellings; kinds without an object among them. */
const observables = fc.constantFrom(...observableKindNames).chain((kind) =>
  spellings(kind).map((text) => {
    const parsed = observableKinds[kind].parse(text);
    assert.ok(parsed.ok, `${kind} ${text}`);
    return parsed.value;
  }),
);

const scos = observables.map(telecomObservable).filter((sco) => sco !== undefined);

test('the object of any observable is valid, with nothing to say against it', () => {
  fc.assert(
    fc.property(scos, (sco) => {
      const { errors, warnings } = validateObject(sco, options);
      assert.deepEqual([...errors, ...warnings], [], JSON.stringify(sco));
    }),
    { numRuns: 1_000 },
  );
});

test('one identifier has one id and one object, however it was written', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...observableKindNames).chain((kind) => fc.tuple(fc.constant(kind), spellings(kind))),
      ([kind, text]) => {
        const parsed = observableKinds[kind].parse(text);
        assert.ok(parsed.ok);
        const sco = telecomObservable(parsed.value);
        assert.deepEqual(telecomObservable({ ...parsed.value, raw: parsed.value.value, doubts: [] }), sco);
        if (sco !== undefined) assert.equal(sco.id, deterministicId(sco, telecomTypes));
      },
    ),
    { numRuns: 1_000 },
  );
});

test('an object goes back to the observable that it was made from', () => {
  fc.assert(
    fc.property(observables, (observable) => {
      const sco = telecomObservable(observable);
      if (sco === undefined) return;
      const back = observableOfSco(sco);
      assert.equal(back?.kind, observable.kind, JSON.stringify(sco));
      assert.equal(back.value, observable.value);
    }),
    { numRuns: 1_000 },
  );
});

/** The pattern that asks for what contributes to the id of an object. */
function patternOf(sco: Readonly<Record<string, unknown>>, types: ObjectTypes): string {
  const type = String(sco['type']);
  const names = types.shapes.get(type)?.contributing ?? [];
  const tests = names.flatMap((name) => {
    const value = sco[name];
    return typeof value === 'string' ? [`${type}:${name} = '${value.replace(/[\\']/g, '\\$&')}'`] : [];
  });
  return `[${tests.join(' AND ')}]`;
}

test('a pattern made from an object has no finding and matches it, and nothing else', () => {
  fc.assert(
    fc.property(scos, scos, (sco, other) => {
      const parsed = parsePattern(patternOf(sco, telecomTypes));
      assert.ok(parsed.ok, patternOf(sco, telecomTypes));
      assert.deepEqual(checkPattern(parsed.pattern, telecomTypes), []);
      const observed = (object: typeof sco) => ({
        type: 'observed-data',
        id: 'observed-data--6c3d9c5e-3a0b-4f6b-8d1e-2f7a1c9b4e50',
        first_observed: '2026-12-01T00:00:00Z',
        last_observed: '2026-12-01T00:00:00Z',
        number_observed: 1,
        object_refs: [object.id],
      });
      for (const object of [sco, other]) {
        const { observations } = readObservations([observed(object), object]);
        const { kind } = matchPattern(parsed.pattern, observations);
        const isPart = Object.entries(sco).every(
          ([name, value]) => typeof value !== 'string' || name === 'id' || object[name] === value,
        );
        assert.equal(kind, isPart ? 'match' : 'no-match', JSON.stringify([sco, object]));
      }
    }),
    { numRuns: 500 },
  );
});

/** Patterns with what there is to say about them. */
const patterns: Readonly<Record<string, readonly (readonly [code: string, says: RegExp])[]>> = {
  "[ss7-global-title:value LIKE '32475%' AND ss7-global-title:numbering_plan = 'e164']": [],
  "[signalling-message:protocol = 'map' AND signalling-message:op_code IN (70, 71)]": [],
  "[signalling-message:src_ref.value LIKE '32475%' AND signalling-message:start > t'2026-01-01T00:00:00Z']":
    [],
  "[phone-number:value IN ('32475123456', '32475123457')]": [],
  "[ss7-global-title:valu = '32475000001']": [['unknown-property', /STIX for telecom.*'value'/]],
  "[signalling-message:op_code = '71']": [['wrong-constant-type', /integer/]],
  "[signalling-message:dst_ref.plnm = '206-01']": [['unknown-property', /'plmn'/]],
  "[ss7-globaltitle:value = '32475000001']": [['unknown-object-type', /'ss7-global-title'/]],
  "[phone-number:value = '+32475123456']": [['bad-value', /'32475123456'/]],
  "[mobile-network-id:plmn IN ('206-01', '20610')]": [['bad-value', /'206-10'/]],
  "[mobile-subscriber-id:id_type = 'imis']": [['bad-value', /'imsi'/]],
  "[mobile-network-id:plmn = 'Belgium']": [['bad-value', /MCC/]],
  '[mobile-network-id:plmn = 206]': [['wrong-constant-type', /string/]],
  "[ss7-global-title:value = '1' AND diameter-node:value = 'a.example']": [['different-object-types', /AND/]],
};

for (const [text, expected] of Object.entries(patterns)) {
  test(`STIX 2.1 §9: ${text} has ${expected.length === 0 ? 'no finding' : expected[0]?.[0]}`, () => {
    const parsed = parsePattern(text);
    assert.ok(parsed.ok);
    const found = checkPattern(parsed.pattern, telecomTypes);
    assert.deepEqual(
      found.map(({ code }) => code),
      expected.map(([code]) => code),
    );
    for (const [index, [, says]] of expected.entries()) assert.match(found[index]?.message ?? '', says);
  });
}

test('the extension definitions and their author are a bundle without a finding', () => {
  const objects = [telecomExtensionAuthor, ...telecomExtensionDefinitions];
  const bundle = { type: 'bundle', id: 'bundle--6c3d9c5e-3a0b-4f6b-8d1e-2f7a1c9b4e50', objects };
  const result = validateBundle(bundle);
  const findings = [result.bundle, ...result.objects].flatMap(({ errors, warnings }) => [
    ...errors,
    ...warnings,
  ]);
  assert.deepEqual(
    findings.filter(({ rule }) => rule !== 'id-uuid-version'),
    [],
  );
  assert.equal(telecomExtensionDefinitions.length, telecomShapes.length - 1);
});

test('the ids of the extension definitions are what the URLs of their schemas give', () => {
  const urls = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
  for (const { id, name } of telecomExtensionDefinitions)
    assert.equal(id, `extension-definition--${uuidV5(urls, telecomSchemaUrl(name))}`);
});

test('names of properties are long enough to be named in patterns and extensions', () => {
  for (const { properties } of telecomShapes)
    for (const name of Object.keys(properties)) assert.match(name, /^(?:id|[a-z][a-z0-9_]{2,249})$/);
});

test('the types of the standard stay what they are', () => {
  assert.deepEqual([...standardTypes.shapes], [...objectShapes]);
  for (const [name, shape] of objectShapes) assert.equal(telecomTypes.shapes.get(name), shape);
});
