import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { bundle, indicator, marked } from '../../testing-objects.ts';
import { seat } from '../identity/testing.ts';
import { entriesOf, readLive } from '../live/testing.ts';

type Result = { status: string; code?: string; rule?: string; message?: string; errors?: { path: string }[] };

async function start(t: Parameters<typeof startTestNode>[0]) {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  const beta = await node.member('Beta Mobile');
  await node.collection({ title: 'Community', alias: 'community', audience: 'community' });
  const publish = async (collection: string, body: unknown, { token = alpha.token, query = '' } = {}) => {
    const answer = await node.api('POST', `/collections/${collection}/objects${query}`, { token, body });
    return answer as {
      status: number;
      body: { results: Result[]; detail?: string; rule?: string; type?: string };
    };
  };
  return { node, alpha, beta, publish };
}

test('G1 one bad object does not sink the rest of the bundle', async (t) => {
  const { publish } = await start(t);
  const { body } = await publish(
    'community',
    bundle(
      indicator({ pattern: '[' }),
      indicator(),
      'text',
      indicator({ modified: '2025-01-01T00:00:00.000Z' }),
    ),
  );
  assert.deepEqual(
    body.results.map((result) => [result.status, result.code]),
    [
      ['refused', 'invalid'],
      ['accepted', undefined],
      ['refused', 'invalid'],
      ['refused', 'invalid'],
    ],
  );
  assert.equal(body.results[0]?.errors?.[0]?.path, '$.pattern');
});

test('G2 a granular marking and a TLP 1 marking count as well', async (t) => {
  const { publish } = await start(t);
  const tlp1Red = 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed';
  const granular = {
    granular_markings: [{ selectors: ['name'], marking_ref: marked('red').object_marking_refs[0] }],
  };
  const { body } = await publish(
    'community',
    bundle(
      indicator({ object_marking_refs: [tlp1Red] }),
      indicator({ ...marked('clear'), ...granular }),
      indicator(marked('clear')),
    ),
  );
  assert.deepEqual(
    body.results.map((result) => [result.status, result.rule]),
    [
      ['refused', 'G3'],
      ['refused', 'G3'],
      ['accepted', undefined],
    ],
  );
});

test('G2 a level of TLP counts under any id when its definition comes along', async (t) => {
  const { publish } = await start(t);
  const definition = {
    type: 'marking-definition',
    spec_version: '2.1',
    id: 'marking-definition--0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c1',
    created: '2026-01-01T00:00:00.000Z',
    definition_type: 'tlp',
    definition: { tlp: 'red' },
  };
  const { body } = await publish(
    'community',
    bundle(indicator({ object_marking_refs: [definition.id] }), definition),
  );
  assert.equal(body.results[0]?.rule, 'G3', JSON.stringify(body.results));
});

test('G3 what is TLP:RED goes to named people, who read it with a token of their own that has the scope red', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  const person = async (organisation: string) => {
    const scopes = ['read', 'publish', 'manage'] as const;
    const { person: id, token: own } = await seat(node, { organisation, role: 'analyst', scopes });
    const { body } = await node.api('POST', `/organisations/${organisation}/tokens`, {
      token: own,
      body: { label: 'red', person: id, scopes: ['read', 'publish', 'red'] },
    });
    return { id, own, red: String(Reflect.get(Object(body), 'token')) };
  };
  const ann = await person(alpha.id);
  const bob = await person(beta.id);
  const eve = await person(beta.id);
  await node.collection({
    title: 'Named people',
    alias: 'people',
    audience: 'people',
    members: [
      { kind: 'person', id: ann.id, write: true },
      { kind: 'person', id: bob.id },
    ],
  });
  const { body } = await publish('people', bundle(indicator(marked('red'))), { token: ann.own });
  assert.equal(body.results[0]?.status, 'accepted', JSON.stringify(body));
  const read = (token: string) =>
    readLive(`${node.url}/live/collections/people`, {
      token,
      enough: (events) => entriesOf(events).length === 1,
    });
  assert.equal(entriesOf(await read(bob.red)).length, 1);
  for (const token of [bob.own, eve.red, beta.token, alpha.token, node.operator]) {
    await assert.rejects(read(token), /404/);
  }
  // An administrator cannot give themselves somebody else's eyes.
  const forged = await node.api('POST', `/organisations/${beta.id}/tokens`, {
    token: await node.administrator(beta.id),
    body: { label: 'forged', person: bob.id, scopes: ['read', 'red'] },
  });
  assert.equal(forged.status, 403);
});

test('G4 a copy keeps the marking that its owner gave it', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  await node.collection({
    title: 'Two',
    alias: 'two',
    audience: 'organisations',
    members: [
      { kind: 'organisation', id: alpha.id, write: true },
      { kind: 'organisation', id: beta.id, write: true },
    ],
  });
  const object = indicator({ created_by_ref: alpha.id, ...marked('amber+strict') });
  await publish('two', bundle(object));
  const { object_marking_refs: _, ...stripped } = { object_marking_refs: [], ...object };
  const answers = [
    await publish('community', bundle(object), { token: beta.token }),
    await publish('community', bundle(stripped), { token: beta.token }),
    await publish('community', bundle({ ...stripped, modified: '2026-05-05T00:00:00.000Z' }), {
      token: beta.token,
    }),
  ];
  assert.deepEqual(
    answers.map(({ body }) => [body.results[0]?.status, body.results[0]?.rule]),
    [
      ['refused', 'G4'],
      ['refused', 'G4'],
      ['refused', 'G4'],
    ],
  );
});

test('G4 only its owner publishes another version of an object that its owner publishes here', async (t) => {
  const { alpha, beta, publish } = await start(t);
  const object = indicator({ created_by_ref: alpha.id });
  await publish('community', bundle(object));
  const newer = { ...object, modified: '2026-06-01T00:00:00.000Z', revoked: true };
  const byOther = await publish('community', bundle(newer), { token: beta.token });
  assert.equal(byOther.body.results[0]?.code, 'not-owner');
  const byOwner = await publish('community', bundle(newer));
  assert.equal(byOwner.body.results[0]?.status, 'accepted');
});

test('G5 widening shows who would read what, and is refused where a marking forbids it', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  const token = await node.administrator(alpha.id);
  await node.collection({
    title: 'Own',
    alias: 'own',
    audience: 'organisations',
    owner: alpha.id,
    members: [],
  });
  await publish('own', bundle(indicator(marked('amber')), indicator(marked('green'))));
  const members = [{ kind: 'organisation', id: beta.id }];
  const preview = await node.api('PATCH', '/collections/own', { token, body: { members, preview: true } });
  assert.deepEqual(Reflect.get(Object(preview.body), 'becomesReadable'), {
    entries: 2,
    by: { audience: null, organisations: [beta.id], people: [] },
  });
  const read = () =>
    readLive(`${node.url}/live/collections/own`, {
      token: beta.token,
      enough: (events) => entriesOf(events).length === 2,
    });
  await assert.rejects(read(), /404/);
  assert.equal((await node.api('PATCH', '/collections/own', { token, body: { members } })).status, 200);
  assert.equal((await read()).length, 2);

  await publish('own', bundle(indicator(marked('amber+strict'))));
  const wider = { audience: 'community', defaultMarking: 'green', members: [] };
  const refused = await node.api('PATCH', '/collections/own', { token, body: wider });
  assert.equal(refused.status, 422);
  assert.equal(Reflect.get(Object(refused.body), 'rule'), 'G5');
});

test('G5 lowering the default marking does not release what was published under it', async (t) => {
  const { node, alpha, publish } = await start(t);
  const token = await node.administrator(alpha.id);
  await node.collection({
    title: 'Own',
    alias: 'own',
    audience: 'organisations',
    defaultMarking: 'amber+strict',
    owner: alpha.id,
  });
  await publish('own', bundle(indicator()));
  assert.equal(
    (await node.api('PATCH', '/collections/own', { token, body: { defaultMarking: 'clear' } })).status,
    200,
  );
  const refused = await node.api('PATCH', '/collections/own', { token, body: { audience: 'community' } });
  assert.equal(refused.status, 422);
});

test('G6 what is refused is recorded with who, what and why', async (t) => {
  const { node, alpha, publish } = await start(t);
  const object = indicator(marked('red'));
  await publish('community', bundle(object));
  const { body } = await node.api('GET', '/audit');
  const entries = Reflect.get(Object(body), 'entries') as {
    action: string;
    organisation_id: string;
    detail: unknown;
  }[];
  const entry = entries.find((item) => item.action === 'publish');
  assert.equal(entry?.organisation_id, alpha.id);
  assert.deepEqual(entry.detail, {
    accepted: 0,
    unchanged: 0,
    refused: 1,
    refusals: [{ id: object.id, code: 'marking', rule: 'G3' }],
  });
});

test('G7 a member reports without its name where the collection allows it, and the operator alone can see who', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  const query = '?anonymous=true';
  assert.equal((await publish('community', bundle(indicator()), { query })).status, 403);
  await node.collection({ title: 'Open box', alias: 'box', audience: 'community', allowsAnonymous: true });
  const revealing = await publish('box', bundle(indicator({ created_by_ref: alpha.id })), { query });
  assert.equal(revealing.body.results[0]?.code, 'reveals-publisher');
  await publish('box', bundle(indicator()), { query });
  const events = await readLive(`${node.url}/live/collections/box`, {
    token: beta.token,
    enough: (seen) => entriesOf(seen).length === 1,
  });
  assert.equal(entriesOf(events)[0]?.['publisher'], null);
  assert.ok(!JSON.stringify(events).includes(alpha.id));
  const audit = JSON.stringify((await node.api('GET', '/audit')).body);
  assert.ok(audit.includes('"anonymous":true') && audit.includes(alpha.id));
  assert.equal((await node.api('GET', '/audit', { token: beta.token })).status, 403);
});

test('G7 an organisation publishes on behalf of another that has named it', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  await node.collection({ title: 'Relay', alias: 'relay', audience: 'community', allowsOnBehalf: true });
  const object = indicator({ created_by_ref: beta.id });
  const query = `?on_behalf_of=${beta.id}`;
  assert.equal((await publish('relay', bundle(object), { query })).status, 403);
  await node.api('PATCH', `/organisations/${beta.id}`, {
    token: await node.administrator(beta.id),
    body: { delegates: [alpha.id] },
  });
  assert.equal((await publish('community', bundle(object), { query })).status, 403);
  assert.equal((await publish('relay', bundle(object), { query })).body.results[0]?.status, 'accepted');
  const events = await readLive(`${node.url}/live/collections/relay`, {
    token: alpha.token,
    enough: (seen) => entriesOf(seen).length === 1,
  });
  assert.equal(entriesOf(events)[0]?.['publisher'], beta.id);
});
