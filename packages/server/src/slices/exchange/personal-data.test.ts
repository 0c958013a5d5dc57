import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '@belltower/stix';
import { deterministicId } from '@belltower/stix';
import { telecomSco, telecomShapes } from '@belltower/telecom';
import fc from 'fast-check';
import { startTestNode } from '../../testing.ts';
import { bundle, indicator } from '../../testing-objects.ts';
import { ask, envelope, read, resources } from '../taxii/testing.ts';
import { endOfLog } from './testing.ts';

interface Finding {
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

interface Result {
  readonly status: string;
  readonly code?: string;
  readonly rule?: string;
  readonly message?: string;
  readonly errors?: readonly Finding[];
  readonly warnings?: readonly Finding[];
}

function observable(type: string, properties: JsonObject): JsonObject {
  const shape = telecomShapes.find(({ name }) => name === type);
  if (shape !== undefined) return telecomSco(shape, properties);
  return { type, spec_version: '2.1', id: deterministicId({ type, ...properties }), ...properties };
}
const pattern = (text: string): JsonObject => indicator({ pattern: text });

/** Each names somebody: as what, where, and the digits that nobody may find again. */
const plain: readonly (readonly [string, string, string, () => JsonObject])[] = [
  [
    'imsi',
    '$.value',
    '206011234567890',
    () => observable('mobile-subscriber-id', { id_type: 'imsi', value: '206011234567890' }),
  ],
  [
    'imsi',
    '$.value',
    '206011234567890',
    () => observable('mobile-subscriber-id', { id_type: 'supi', value: 'imsi-206011234567890' }),
  ],
  [
    'msisdn',
    '$.value',
    '32475123456',
    () => observable('mobile-subscriber-id', { id_type: 'gpsi', value: 'msisdn-32475123456' }),
  ],
  [
    'imei',
    '$.value',
    '490154203237518',
    () => observable('mobile-equipment-id', { id_type: 'imei', value: '490154203237518' }),
  ],
  [
    'iccid',
    '$.value',
    '8944110068256270054',
    () => observable('uicc-id', { id_type: 'iccid', value: '8944110068256270054' }),
  ],
  ['msisdn', '$.value', '32475123456', () => observable('phone-number', { value: '32475123456' })],
  ['msisdn', '$.value', '32475123456', () => observable('url', { value: 'tel:+32475123456' })],
  [
    'msisdn',
    '$.value',
    '32475123456',
    () => observable('sip-identity', { value: 'sip:+32475123456@ims.example' }),
  ],
  ['imsi', '$.pattern', '206011234567890', () => pattern("[mobile-subscriber-id:value = '206011234567890']")],
  [
    'msisdn',
    '$.pattern',
    '32475123456',
    () => pattern("[phone-number:value IN ('18005551234', '32475123456')]"),
  ],
];

/** What looks like it, and names nobody. */
const harmless: readonly (() => JsonObject)[] = [
  () => observable('mobile-equipment-id', { id_type: 'tac', value: '49015420' }),
  () => observable('mobile-network-id', { plmn: '206-01' }),
  () => observable('phone-number-range', { range_start: '32475000000', range_end: '32475999999' }),
  () => observable('phone-number', { value: '18005551234' }),
  () => observable('url', { value: 'https://example.org/+32475123456' }),
  () => pattern("[mobile-subscriber-id:value LIKE '20601%']"),
  () => pattern("[phone-number:value LIKE '32475%']"),
  () => pattern("[ss7-global-title:value = '32475000001']"),
  () => pattern(`[concealed-identifier:value = '${'0'.repeat(64)}' AND concealed-identifier:key_id = 'k']`),
];

async function start(t: Parameters<typeof startTestNode>[0]) {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  const beta = await node.member('Beta Mobile');
  const members = [alpha, beta].map(({ id }) => ({ kind: 'organisation', id, write: true }));
  const publish = async (
    alias: string,
    objects: readonly JsonObject[],
    query = '',
  ): Promise<readonly Result[]> => {
    const path = `/collections/${alias}/objects${query}`;
    const { body } = await node.api('POST', path, { token: alpha.token, body: bundle(...objects) });
    const results: unknown = Reflect.get(Object(body), 'results');
    assert.ok(Array.isArray(results), JSON.stringify(body));
    return results;
  };
  return { node, alpha, beta, members, publish };
}

test('G9 whoever names subscribers in plain is warned, with the place and the kind, and never the number', async (t) => {
  const { node, members, publish } = await start(t);
  await node.collection({ title: 'Two', alias: 'two', audience: 'organisations', members });
  const results = await publish('two', [
    ...plain.map(([, , , make]) => make()),
    ...harmless.map((make) => make()),
  ]);
  for (const [index, { status, warnings = [] }] of results.entries()) {
    assert.equal(status, 'accepted', JSON.stringify(results[index]));
    const found = warnings.filter(({ rule }) => rule === 'personal-data');
    const [kind, path, digits] = plain[index] ?? [];
    assert.equal(found.length, kind === undefined ? 0 : 1, JSON.stringify([index, warnings]));
    if (kind === undefined || digits === undefined) continue;
    assert.equal(found[0]?.path, path);
    assert.ok(!JSON.stringify(found).includes(digits));
  }
});

test('G9 a collection that refuses plain identifiers stores none, by whichever way they come', async (t) => {
  const { node, alpha, beta, members, publish } = await start(t);
  const open = { allowsOnBehalf: true, allowsAnonymous: true, personalData: 'refuse', members };
  const id = await node.collection({ title: 'Strict', alias: 'strict', audience: 'organisations', ...open });
  await node.api('PATCH', `/organisations/${beta.id}`, {
    token: await node.administrator(beta.id),
    body: { delegates: [alpha.id] },
  });
  const objects = plain.map(([, , , make]) => make());
  for (const query of [
    '',
    '?anonymous=true',
    `?on_behalf_of=${beta.id}`,
    `?on_behalf_of=${beta.id}&anonymous=true`,
  ]) {
    for (const [index, result] of (await publish('strict', objects, query)).entries()) {
      const [, path, digits = ''] = plain[index] ?? [];
      assert.deepEqual([result.status, result.code, result.rule], ['refused', 'personal-data', 'G9']);
      assert.equal(result.errors?.[0]?.path, path);
      assert.ok(!JSON.stringify([result.message, result.errors]).includes(digits));
    }
  }
  const answer = await ask(node, 'POST', `/community/collections/${id}/objects/`, {
    token: alpha.token,
    body: envelope(...objects),
  });
  const status = read(answer, resources.status);
  assert.equal(status.failure_count, objects.length);
  assert.match(status.failures?.[0]?.message ?? '', /in plain: IMSI \(G9\).*personal-data, rule G9/);
  assert.equal(await endOfLog(node, id), 0);
  const taken = await publish(
    'strict',
    harmless.map((make) => make()),
  );
  assert.deepEqual(new Set(taken.map((result) => result.status)), new Set(['accepted']));
  const audit = JSON.stringify((await node.api('GET', '/audit')).body);
  assert.ok(audit.includes('personal-data'), 'G6 what is refused is recorded');
  for (const [, , digits] of plain) assert.ok(!audit.includes(digits));
});

test('G9 of random bundles, also large ones, a collection that refuses plain identifiers keeps what names nobody', async (t) => {
  const { node, members, publish } = await start(t);
  await node.collection({
    title: 'Strict',
    alias: 'strict',
    audience: 'organisations',
    members,
    personalData: 'refuse',
  });
  const some = fc.array(fc.tuple(fc.boolean(), fc.nat()), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(some, fc.constantFrom(0, 400_000), async (choices, padding) => {
      const objects = choices.map(([names, at]) => {
        const make = names ? plain[at % plain.length]?.[3] : harmless[at % harmless.length];
        return make?.() ?? {};
      });
      // From some length on another thread judges.
      const padded = [...objects, indicator({ description: 'x'.repeat(padding) })];
      const results = await publish('strict', padded);
      for (const [index, [names]] of choices.entries())
        assert.equal(
          results[index]?.code,
          names ? 'personal-data' : undefined,
          JSON.stringify(results[index]),
        );
    }),
    { numRuns: 12 },
  );
});

test('G9 what is for everybody refuses plain identifiers unless its owner decides otherwise, what is for named ones warns', async (t) => {
  const { node } = await start(t);
  for (const [audience, usual] of [
    ['public', 'refuse'],
    ['community', 'refuse'],
    ['organisations', 'warn'],
    ['people', 'warn'],
  ] as const) {
    for (const [given, rule] of [
      [{}, usual],
      [{ personalData: 'warn' }, 'warn'],
      [{ personalData: 'refuse' }, 'refuse'],
    ] as const) {
      const id = await node.collection({ title: 'One', audience, ...given });
      const { body } = await node.api('GET', `/collections/${id}`);
      assert.equal(Reflect.get(Object(body), 'personalData'), rule);
    }
  }
});

test('G9 a collection that begins to refuse says that what it holds stays, and so it does', async (t) => {
  const { node, alpha, beta, members, publish } = await start(t);
  const id = await node.collection({
    title: 'Two',
    alias: 'two',
    audience: 'organisations',
    owner: alpha.id,
    members,
  });
  const object = plain[0]?.[3]() ?? {};
  await publish('two', [object]);
  const change = (token: string | undefined, body: JsonObject) =>
    node.api('PATCH', '/collections/two', { token, body });
  assert.equal((await change(beta.token, { personalData: 'refuse' })).status, 403);
  const administrator = await node.administrator(alpha.id);
  const { status, body } = await change(undefined, { personalData: 'refuse' });
  assert.equal(status, 200, 'the operator may limit');
  assert.match(JSON.stringify(Reflect.get(Object(body), 'notes')), /already stay/);
  assert.equal((await change(undefined, { personalData: 'warn' })).status, 403, 'and not allow');
  assert.equal(await endOfLog(node, id), 1);
  assert.equal((await publish('two', [object]))[0]?.code, 'personal-data', 'not even what is here');
  const widened = await change(administrator, { personalData: 'warn', audience: 'community' });
  assert.equal(widened.status, 200, JSON.stringify(widened.body));
  assert.deepEqual(Reflect.get(Object(widened.body), 'notes'), []);
});
