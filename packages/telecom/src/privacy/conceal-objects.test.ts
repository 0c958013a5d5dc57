import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { JsonObject } from '@belltower/stix';
import { checkPattern, deterministicId, parsePattern, toMicroseconds, validateObject } from '@belltower/stix';
import fc from 'fast-check';
import { telecomTypes } from '../stix/telecom-types.ts';
import { concealObject, concealObjects } from './conceal-objects.ts';
import { concealPattern } from './conceal-pattern.ts';
import { GroupKey } from './group-key.ts';
import { personalData } from './personal-data.ts';
import type { Concealment } from './replacement-object.ts';

const key = new GroupKey({ id: '2026-q1', bytes: new Uint8Array(32).fill(7), from: toMicroseconds(0) });
const hmac: Concealment = { as: 'hmac', key };
const range: Concealment = { as: 'range' };
const times = { created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' };

function sco(type: string, properties: JsonObject): JsonObject & { readonly id: string } {
  const id = deterministicId({ type, ...properties }, telecomTypes) ?? `${type}--${randomUUID()}`;
  return { type, spec_version: '2.1', id, ...properties };
}
const sdo = (type: string, properties: JsonObject): JsonObject & { readonly id: string } => ({
  type,
  spec_version: '2.1',
  id: `${type}--${randomUUID()}`,
  ...times,
  ...properties,
});
const indicator = (pattern: string, more: JsonObject = {}) =>
  sdo('indicator', { pattern, pattern_type: 'stix', valid_from: '2026-01-01T00:00:00Z', ...more });

const digit = fc.constantFrom(...'0123456789');
const digits = (length: number) => fc.string({ unit: digit, minLength: length, maxLength: length });

interface Person {
  readonly type: string;
  readonly idType: string | undefined;
  /** How it is written in an object and in a pattern. */
  readonly text: string;
  /** Digits that may stand nowhere afterwards. */
  readonly secret: string;
}

const person: fc.Arbitrary<Person> = fc.oneof(
  digits(10).map((end) => subscriber('imsi', `20601${end}`, `20601${end}`)),
  digits(10).map((end) => subscriber('supi', `imsi-20601${end}`, `20601${end}`)),
  digits(6).map((end) => subscriber('gpsi', `msisdn-32475${end}`, `475${end}`)),
  digits(6).map((end) => ({
    type: 'phone-number',
    idType: undefined,
    text: `32475${end}`,
    secret: `475${end}`,
  })),
  digits(6).map((end) => ({
    type: 'sip-identity',
    idType: undefined,
    text: `sip:+32475${end}@ims.example`,
    secret: `475${end}`,
  })),
  digits(7).map((end) => ({
    type: 'mobile-equipment-id',
    idType: 'imei',
    text: `49015420${end}`,
    secret: `49015420${end.slice(0, 6)}`,
  })),
  digits(13).map((end) => ({
    type: 'uicc-id',
    idType: 'iccid',
    text: `894411${end}`,
    secret: `894411${end}`,
  })),
);

function subscriber(idType: string, text: string, secret: string): Person {
  return { type: 'mobile-subscriber-id', idType, text, secret };
}

function objectsAbout({ type, idType, text, secret }: Person, grouped: boolean): readonly JsonObject[] {
  const typed = idType === undefined ? {} : { id_type: idType };
  const about = sco(type, { ...typed, value: text, x_note: Number(secret.slice(0, 15)) });
  const spelled = grouped ? (secret.match(/\d{1,3}/g) ?? []).join(' ') : secret;
  const observed = sdo('observed-data', {
    first_observed: '2026-01-01T00:00:00Z',
    last_observed: '2026-01-01T00:00:00Z',
    number_observed: 1,
    object_refs: [about.id],
  });
  const message = sco('signalling-message', { protocol: 'map', op_code: 71, subscriber_ref: about.id });
  const also = idType === undefined ? '' : ` AND ${type}:id_type = '${idType}'`;
  return [
    about,
    observed,
    message,
    sdo('relationship', { relationship_type: 'related-to', source_ref: about.id, target_ref: observed.id }),
    sdo('report', {
      name: `Calls to ${spelled}`,
      published: '2026-01-01T00:00:00Z',
      object_refs: [about.id, observed.id],
    }),
    sdo('observed-data', {
      first_observed: '2026-01-01T00:00:00Z',
      last_observed: '2026-01-01T00:00:00Z',
      number_observed: 1,
      objects: { 0: { type, ...typed, value: text } },
    }),
    indicator(`[${type}:value = '${text}'${also}] FOLLOWEDBY [ipv4-addr:value = '198.51.100.7']`, {
      description: `Seen for ${spelled}, again for ${secret}.`,
      labels: [secret],
    }),
    indicator(`[${type}:value IN ('${text}', 'x') OR (${type}:value LIKE '%${text}%'${also})]`),
    indicator(`[file:name = 'calls-${secret}.csv' OR ${type}:value != '${text}']`),
  ];
}

test('G9 nothing of whom was concealed stands anywhere in what travels, digits, ids or texts', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(person, fc.boolean()), { minLength: 1, maxLength: 4 }), (persons) => {
      const objects = persons.flatMap(([one, grouped]) => objectsAbout(one, grouped));
      const before = JSON.stringify(objects);
      for (const how of [hmac, range]) {
        const { objects: travelling, replaced } = concealObjects(objects, how);
        const text = JSON.stringify(travelling);
        for (const [{ secret }] of persons) assert.ok(!text.replace(/[\s-]/g, '').includes(secret), text);
        for (const object of objects)
          if (
            personalData(object).length > 0 &&
            object['type'] !== 'indicator' &&
            object['type'] !== 'observed-data'
          )
            assert.ok(!text.includes(String(object['id'])), 'an id that is made of it');
        for (const object of travelling) assert.deepEqual(personalData(object), []);
        assert.ok(replaced.length > 0 || travelling.length < objects.length);
      }
      assert.equal(JSON.stringify(objects), before, 'what came in is left alone');
    }),
    { numRuns: 60 },
  );
});

test('what is concealed is valid, refers to what is there, and is the same whenever it is concealed', () => {
  fc.assert(
    fc.property(person, (one) => {
      const objects = objectsAbout(one, false);
      const { objects: travelling } = concealObjects(objects, hmac);
      assert.equal(travelling.length, objects.length);
      const ids = new Set(travelling.map(({ id }) => id));
      const [concealed, observed] = travelling;
      assert.equal(concealed?.['type'], 'concealed-identifier');
      assert.deepEqual(observed?.['object_refs'], [concealed?.['id']]);
      for (const object of travelling) {
        for (const [name, value] of Object.entries(object)) {
          const refs = name.endsWith('_ref')
            ? [value]
            : name.endsWith('_refs') && Array.isArray(value)
              ? value
              : [];
          for (const ref of refs) assert.ok(ids.has(String(ref)), `${name} ${String(ref)}`);
        }
        const { pattern } = object;
        if (typeof pattern !== 'string') continue;
        const parsed = parsePattern(pattern);
        assert.ok(parsed.ok, pattern);
        assert.deepEqual(
          checkPattern(parsed.pattern, telecomTypes).filter(({ level }) => level === 'must'),
          [],
          pattern,
        );
      }
      const found = validateObject(concealed, { types: telecomTypes });
      assert.deepEqual([found.errors, found.warnings], [[], []]);
      assert.deepEqual(concealObjects(objects, hmac).objects, travelling);
      assert.deepEqual(concealObjects(travelling, hmac).objects, travelling, 'what is concealed stays');
    }),
    { numRuns: 40 },
  );
});

test('two spellings of one subscriber become one object, and lists name it once', () => {
  const objects = [
    sco('phone-number', { value: '32475123456' }),
    sco('phone-number', { value: '+32475123456' }),
    sco('mobile-subscriber-id', { id_type: 'gpsi', value: 'msisdn-32475123456' }),
  ];
  const report = sdo('report', {
    name: 'x',
    published: times.created,
    object_refs: objects.map(({ id }) => id),
  });
  const { objects: travelling } = concealObjects([...objects, report], hmac);
  assert.equal(travelling.length, 2);
  assert.equal(JSON.stringify(travelling[1]?.['object_refs']), JSON.stringify([travelling[0]?.['id']]));
});

test('names at a domain and addresses of devices are taken out of texts as well, in any case', () => {
  const objects = [
    sco('mobile-subscriber-id', { id_type: 'supi', value: 'nai-alice@Example.ORG' }),
    sco('mobile-subscriber-id', { id_type: 'gpsi', value: 'extid-bob@example.org' }),
    sco('mobile-equipment-id', { id_type: 'pei', value: 'mac-00-1a-2b-3c-4d-5e' }),
    sco('mobile-subscriber-id', { id_type: 'supi', value: 'gci-a' }),
    sdo('note', {
      content: 'Alice@example.org, bob@example.orgs (00-1A-2B-3C-4D-5E) and a gci-a',
      object_refs: [],
    }),
  ];
  const { objects: travelling } = concealObjects(objects, hmac);
  assert.equal(
    travelling.at(-1)?.['content'],
    '[supi concealed], [gpsi concealed]s ([pei concealed]) and a [supi concealed]',
  );
});

test('a marking of a part becomes one of the whole', () => {
  const one = 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487';
  const other = 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1';
  const { object } = concealObject(
    {
      ...sco('phone-number', { value: '32475123456' }),
      object_marking_refs: [one],
      granular_markings: [
        { selectors: ['value'], marking_ref: other },
        { selectors: ['value'], lang: 'en' },
      ],
    },
    hmac,
  );
  assert.deepEqual(object?.['object_marking_refs'], [one, other]);
  assert.equal(object?.['granular_markings'], undefined);
});

test('in place of subscribers travel networks, models and ranges; of whom nothing can be told is left out with what is about them', () => {
  const objects = [
    sco('mobile-subscriber-id', { id_type: 'imsi', value: '206011234567890' }),
    sco('mobile-equipment-id', { id_type: 'imei', value: '490154203237518' }),
    sco('phone-number', { value: '32475123456' }),
    sco('uicc-id', { id_type: 'iccid', value: '8944110068256270054' }),
  ];
  const about = objects.map(({ id }) =>
    sdo('relationship', { relationship_type: 'related-to', source_ref: id, target_ref: id }),
  );
  const report = sdo('report', {
    name: 'x',
    published: times.created,
    object_refs: [...objects, ...about].map(({ id }) => id),
  });
  const { objects: travelling, leftOut } = concealObjects([...objects, ...about, report], range);
  assert.deepEqual(
    travelling.map(({ type, plmn, value, range_start }) => [type, plmn ?? value ?? range_start]),
    [
      ['mobile-network-id', '206-01'],
      ['mobile-equipment-id', '49015420'],
      ['phone-number-range', '32475000000'],
      ...Array(3).fill(['relationship', undefined]),
      ['report', undefined],
    ],
  );
  assert.equal(leftOut.length, 2);
  assert.ok(!JSON.stringify(travelling).includes(String(about[3]?.id)));
  for (const object of travelling.slice(0, 3))
    assert.deepEqual(validateObject(object, { types: telecomTypes }).errors, []);
});

test('lists of subscribers and of others that belong together become too many alternatives, and are left out in little time', () => {
  const list = "phone-number:value IN ('32475000001', '18005551234')";
  const pattern = (count: number) => `[${Array(count).fill(list).join(' AND ')}]`;
  assert.ok(parsePattern(concealPattern(pattern(3), key)?.pattern ?? '').ok);
  assert.equal(concealPattern(pattern(200), key), undefined);
});

test('a pattern that would become too long is left out whole, in little time', () => {
  const or = (text: string) => `(${Array(8).fill(`phone-number:value = '${text}'`).join(' OR ')})`;
  const pattern = `[${Array(30).fill(or('32475123456')).join(' AND ')}]`;
  assert.equal(concealPattern(pattern, key), undefined);
  const { object, leftOut } = concealObject(indicator(pattern), hmac);
  assert.equal(object, undefined);
  assert.match(leftOut[0]?.why ?? '', /too complex/);
});

test('what nests too deep to be looked through does not travel', () => {
  let deep: unknown = '32475123456';
  for (let level = 0; level < 200; level += 1) deep = { deep };
  const { objects, leftOut } = concealObjects(
    [sco('phone-number', { value: '32475123456' }), sdo('note', { content: 'x', x_deep: deep })],
    hmac,
  );
  assert.deepEqual(
    objects.map(({ type }) => type),
    ['concealed-identifier'],
  );
  assert.equal(leftOut.length, 1);
});

test('what is kept of MISP, and the texts beside it, name nobody any more', () => {
  const extension = (misp: JsonObject) => ({
    'extension-definition--8e220cf6-2abc-5768-af0e-3f43d72d217a': {
      extension_type: 'property-extension',
      misp,
    },
  });
  const note = sdo('note', {
    content: '+32475123456',
    object_refs: [`report--${randomUUID()}`],
    extensions: extension({ type: 'phone-number', value: '+32475123456' }),
  });
  const grouping = sdo('grouping', {
    context: 'unspecified',
    object_refs: [note.id],
    extensions: extension({
      attributes: [{ object_relation: 'MapImsi', type: 'text', value: '206011234567890' }],
    }),
  });
  for (const how of [hmac, range]) {
    const { objects, replaced } = concealObjects([note, grouping], how);
    assert.doesNotMatch(JSON.stringify(objects), /475123456|206011234567890/);
    assert.deepEqual(
      replaced.map(({ kind }) => kind),
      ['msisdn', 'imsi'],
    );
    assert.deepEqual(
      objects.flatMap((object) => personalData(object)),
      [],
    );
  }
});
