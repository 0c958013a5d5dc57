import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { validateObject } from '../validate/validate-object.ts';
import { effectiveMarking, markingRefs, tlpLevelOfDefinition } from './effective-marking.ts';
import {
  compareTlp,
  isTlpLevel,
  strictestTlp,
  tlp1Markings,
  tlp2Markings,
  tlpLevelOfMarking,
  tlpLevels,
  tlpMarkingId,
} from './tlp.ts';

const [white, green1, amber1, red1] = tlp1Markings;
const own = 'marking-definition--1b4e28ba-2fa1-4d2b-883f-0016d3cca427';

describe('TLP markings', () => {
  it('are nine objects that validate without a warning', () => {
    for (const marking of [...tlp1Markings, ...tlp2Markings]) {
      const { errors, warnings } = validateObject(marking);
      assert.deepEqual([...errors, ...warnings], [], marking.name);
    }
  });

  it('have the ids that the standards fix', () => {
    assert.deepEqual(
      tlp2Markings.map((marking) => `${marking.name} ${marking.id.slice(20)}`),
      [
        'TLP:CLEAR 94868c89-83c2-464b-929b-a1a8aa3c8487',
        'TLP:GREEN bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
        'TLP:AMBER 55d920b0-5e8b-4f79-9ee9-91f868d9b421',
        'TLP:AMBER+STRICT 939a9414-2ddd-4d32-a0cd-375ea402b003',
        'TLP:RED e828b379-4e03-4974-9ac4-e53a884c97c1',
      ],
    );
    assert.deepEqual(
      tlp1Markings.map((marking) => `${marking.name} ${marking.id.slice(20)}`),
      [
        'TLP:WHITE 613f2e26-407d-48c7-9eca-b8e91df99dc9',
        'TLP:GREEN 34098fce-860f-48ae-8e50-ebd3cc5e41da',
        'TLP:AMBER f88d31f6-486f-44da-b317-01333bde0b82',
        'TLP:RED 5e57c739-391a-4eb3-b6be-7d15ca92d5ed',
      ],
    );
  });

  it('in the forms of OpenCTI and MISP count as the level that they name', () => {
    const strict = 'marking-definition--826578e1-40ad-459f-bc73-ede076f81f37';
    assert.equal(effectiveMarking({ object_marking_refs: [strict] }), 'amber+strict');
    const statement = { definition_type: 'statement', definition: { statement: 'custom' } };
    const forms: readonly (readonly [definition: object, level: string | undefined])[] = [
      [{ ...statement, x_opencti_definition: 'TLP:AMBER+STRICT' }, 'amber+strict'],
      [{ ...statement, name: 'TLP:AMBER+STRICT' }, 'amber+strict'],
      [{ definition_type: 'TLP', definition: { TLP: 'TLP:RED' } }, 'red'],
      [{ definition_type: 'statement', definition: { statement: 'tlp:white' } }, 'clear'],
      [{ definition_type: 'tlp', name: 'TLP:GREEN', definition: { tlp: 'red' } }, 'red'],
      [{ definition_type: 'statement', definition: { statement: 'TLP:PURPLE' } }, undefined],
      [{ definition_type: 'statement', definition: { statement: 'All is TLP:RED' } }, undefined],
      [{ definition_type: 'PAP', definition: { PAP: 'PAP:RED' } }, undefined],
    ];
    for (const [definition, level] of forms) assert.equal(tlpLevelOfDefinition(definition), level);
  });

  it('of TLP 1 are read as what they mean in TLP 2.0', () => {
    assert.deepEqual(
      tlp1Markings.map(({ id }) => tlpLevelOfMarking(id)),
      ['clear', 'green', 'amber', 'red'],
    );
    assert.deepEqual(
      tlp2Markings.map(({ id }) => tlpLevelOfMarking(id)),
      [...tlpLevels],
    );
    assert.equal(tlpLevelOfMarking(own), undefined);
  });

  it('are ordered from clear to red', () => {
    for (const [at, level] of tlpLevels.entries()) {
      for (const [other, second] of tlpLevels.entries()) {
        assert.equal(Math.sign(compareTlp(level, second)), Math.sign(at - other));
      }
      assert.equal(tlpLevelOfMarking(tlpMarkingId(level)), level);
    }
    assert.equal(strictestTlp([]), undefined);
    assert.equal(isTlpLevel('white'), false);
  });
});

describe('the effective marking of an object', () => {
  it('is the strictest of object markings and granular markings', () => {
    const object = {
      object_marking_refs: [white.id, tlpMarkingId('green')],
      granular_markings: [
        { marking_ref: tlpMarkingId('amber+strict'), selectors: ['name'] },
        { lang: 'fr', selectors: ['description'] },
      ],
    };
    assert.equal(effectiveMarking(object), 'amber+strict');
    assert.deepEqual(markingRefs(object), [white.id, tlpMarkingId('green'), tlpMarkingId('amber+strict')]);
  });

  it('is at least what is given, and nothing when nothing says one', () => {
    assert.equal(effectiveMarking({}), undefined);
    assert.equal(effectiveMarking({ object_marking_refs: [own] }), undefined);
    assert.equal(effectiveMarking({}, { atLeast: 'green' }), 'green');
    assert.equal(effectiveMarking({ object_marking_refs: [red1.id] }, { atLeast: 'green' }), 'red');
    assert.equal(effectiveMarking({ object_marking_refs: [white.id] }, { atLeast: 'amber' }), 'amber');
  });

  it('counts other definitions only when they can be looked up', () => {
    const object = { object_marking_refs: [own] };
    assert.equal(effectiveMarking(object, { resolve: () => ({ ...amber1, id: own }) }), 'amber');
    assert.equal(effectiveMarking(object, { resolve: () => tlp2Markings[3] }), 'amber+strict');
    assert.equal(effectiveMarking(object, { resolve: () => undefined }), undefined);
    assert.equal(tlpLevelOfDefinition(green1), 'green');
    assert.equal(
      tlpLevelOfDefinition({ definition_type: 'statement', definition: { statement: 'tlp' } }),
      undefined,
    );
  });

  it('never lets a well-known id be read as something else', () => {
    const object = { object_marking_refs: [red1.id] };
    assert.equal(effectiveMarking(object, { resolve: () => white }), 'red');
  });

  it('never throws, and never becomes more open by another marking', () => {
    const levels = fc.array(fc.constantFrom(...tlpLevels));
    fc.assert(
      fc.property(fc.jsonValue(), levels, fc.constantFrom(...tlpLevels), (content, marked, added) => {
        effectiveMarking(content);
        effectiveMarking({ object_marking_refs: content, granular_markings: content });
        const before = effectiveMarking({ object_marking_refs: marked.map(tlpMarkingId) });
        const after = effectiveMarking({ object_marking_refs: [...marked, added].map(tlpMarkingId) });
        assert.ok(after !== undefined && (before === undefined || compareTlp(after, before) >= 0));
      }),
    );
  });
});
