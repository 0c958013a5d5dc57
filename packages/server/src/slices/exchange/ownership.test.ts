import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { bundle, indicator, marked } from '../../testing-objects.ts';
import { seat } from '../identity/testing.ts';

interface Result {
  readonly status: string;
  readonly code?: string;
  readonly rule?: string;
  readonly differs?: readonly string[];
}

async function start(t: Parameters<typeof startTestNode>[0]) {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  const beta = await node.member('Beta Mobile');
  const two = [alpha, beta].map(({ id }) => ({ kind: 'organisation', id, write: true }));
  await node.collection({ title: 'Public', alias: 'public', audience: 'public' });
  await node.collection({ title: 'Two', alias: 'two', audience: 'organisations', members: two });
  for (const [alias, owner] of [
    ['alphas', alpha.id],
    ['betas', beta.id],
  ] as const) {
    await node.collection({ title: alias, alias, owner, audience: 'organisations', defaultMarking: 'clear' });
  }
  const publish = async (
    { token }: { readonly token: string },
    collection: string,
    ...objects: readonly unknown[]
  ) => {
    const { body } = await node.api('POST', `/collections/${collection}/objects`, {
      token,
      body: bundle(...objects),
    });
    return Reflect.get(Object(body), 'results') as readonly Result[];
  };
  return { node, alpha, beta, publish };
}

test('G4 another created_by_ref does not make an object somebody else’s', async (t) => {
  const { alpha, beta, publish } = await start(t);
  const object = indicator({ created_by_ref: alpha.id, ...marked('amber+strict') });
  await publish(alpha, 'two', object);
  const claimed = { ...object, created_by_ref: beta.id, modified: '2026-09-01T00:00:00.000Z' };
  const answers = [
    await publish(beta, 'public', { ...claimed, ...marked('clear') }),
    await publish(beta, 'two', { ...claimed, revoked: true }),
  ];
  for (const [result] of answers) assert.equal(result?.code, 'not-owner');
});

test('G4 what somebody absent created keeps its creator in the collection in which it stands', async (t) => {
  const { alpha, beta, publish } = await start(t);
  const object = indicator({ created_by_ref: `identity--${randomUUID()}`, ...marked('clear') });
  await publish(alpha, 'two', object);
  const claimed = { ...object, created_by_ref: beta.id, modified: '2026-09-01T00:00:00.000Z' };
  assert.equal((await publish(beta, 'two', claimed))[0]?.code, 'not-owner');
});

test('G4 the default marking under which an owner published stays on a copy without markings', async (t) => {
  const { alpha, beta, publish } = await start(t);
  const object = indicator({ created_by_ref: alpha.id });
  await publish(alpha, 'two', object);
  assert.equal((await publish(beta, 'public', object))[0]?.rule, 'G4');
});

test('G5 a copy that was relabelled in a narrow collection cannot be widened', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  await node.api('PATCH', `/organisations/${alpha.id}`, {
    token: await node.administrator(alpha.id),
    body: { clients: [beta.id] },
  });
  const object = indicator({ created_by_ref: `identity--${randomUUID()}`, ...marked('amber') });
  const members = [{ kind: 'organisation', id: beta.id }];
  const pair = { title: 'Pair', alias: 'pair', audience: 'organisations', owner: alpha.id, members };
  await node.collection(pair);
  assert.equal((await publish(alpha, 'pair', object))[0]?.status, 'accepted');
  assert.equal((await publish(beta, 'betas', { ...object, ...marked('clear') }))[0]?.status, 'accepted');
  const widened = await node.api('PATCH', '/collections/betas', {
    token: await node.administrator(beta.id),
    body: { audience: 'community' },
  });
  assert.equal(Reflect.get(Object(widened.body), 'rule'), 'G5');
});

test('an observable tells nobody that others hold it, whatever is put into it', async (t) => {
  const { alpha, beta, publish } = await start(t);
  const id = 'ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd';
  const address = { type: 'ipv4-addr', spec_version: '2.1', id, value: '198.51.100.3' };
  await publish(alpha, 'alphas', { ...address, ...marked('amber+strict') });
  for (const more of [
    { created_by_ref: `identity--${randomUUID()}` },
    { created: '2026-01-01T00:00:00.000Z' },
    { modified: '2026-01-01T00:00:00.000Z' },
  ]) {
    const [result] = await publish(beta, 'public', { ...address, ...more, ...marked('clear') });
    assert.equal(result?.status, 'accepted', JSON.stringify(more));
  }
});

test('L3, G8 whoever may only write here hears of what they have sent themselves, and of nothing else', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  const members = [{ kind: 'organisation', id: beta.id, read: false, write: true }];
  await node.collection({
    title: 'Drop',
    alias: 'drop',
    owner: alpha.id,
    audience: 'organisations',
    members,
  });
  const object = indicator();
  await publish(beta, 'drop', object);
  const [told] = await publish(beta, 'drop', { ...object, name: 'Other' });
  assert.deepEqual([told?.code, told?.differs], ['conflict', ['$.name']]);
  const theirs = indicator();
  await publish(alpha, 'drop', theirs);
  for (const more of [
    {},
    { name: 'Other' },
    { modified: '2026-09-01T00:00:00.000Z', created_by_ref: beta.id },
  ]) {
    const [heard] = await publish(beta, 'drop', { ...theirs, ...more });
    const { version, ...rest } = Object(heard);
    assert.deepEqual(rest, { index: 0, id: theirs.id, type: 'indicator', status: 'accepted' }, version);
  }
  const path = `/collections/drop/objects/${theirs.id}`;
  assert.equal((await node.api('DELETE', path, { token: beta.token })).status, 404);
  const { body: audit } = await node.api('GET', '/audit', { token: await node.administrator(alpha.id) });
  const actions = Object.values(Object(Reflect.get(Object(audit), 'entries'))).map((entry) =>
    Reflect.get(Object(entry), 'action'),
  );
  assert.equal(actions.filter((action) => action === 'publish.keep-out').length, 2, 'the owner hears');
});

test('G8 an id that somebody took elsewhere first blocks nobody who cannot see that', async (t) => {
  const { alpha, beta, publish } = await start(t);
  const object = indicator({ created_by_ref: alpha.id });
  const squat = { ...object, created_by_ref: beta.id, name: 'Not theirs', ...marked('amber+strict') };
  assert.equal((await publish(beta, 'betas', squat))[0]?.status, 'accepted');
  for (const [collection, more] of [
    ['two', {}],
    ['public', { ...marked('clear'), modified: '2026-09-01T00:00:00.000Z' }],
  ] as const)
    assert.equal((await publish(alpha, collection, { ...object, ...more }))[0]?.status, 'accepted');
});

test('G8 an id that somebody took in sight is free again when whoever runs the collection, or the node, takes it out', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  const object = indicator({ created_by_ref: alpha.id, ...marked('clear') });
  await publish(beta, 'public', { ...object, created_by_ref: beta.id });
  assert.equal((await publish(alpha, 'two', object))[0]?.code, 'not-owner');
  const { status } = await node.api('DELETE', `/collections/public/objects/${object.id}`);
  assert.equal(status, 200);
  for (const collection of ['two', 'public'])
    assert.equal((await publish(alpha, collection, object))[0]?.status, 'accepted', collection);
  const again = { ...object, created_by_ref: beta.id, modified: '2026-09-01T00:00:00.000Z' };
  assert.equal((await publish(beta, 'public', again))[0]?.code, 'not-owner');
});

test('G8 an observable is everybody’s, whoever had it first and whatever was withdrawn of it', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  const id = 'ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd';
  const address = { type: 'ipv4-addr', spec_version: '2.1', id, value: '198.51.100.3' };
  await publish(alpha, 'two', { ...address, ...marked('amber+strict') });
  await node.api('DELETE', `/collections/two/objects/${id}`, { token: alpha.token });
  for (const [collection, status] of [
    ['two', 'accepted'],
    ['public', 'accepted'],
    ['two', 'unchanged'],
  ] as const)
    assert.equal((await publish(beta, collection, { ...address, ...marked('clear') }))[0]?.status, status);
});

test('G1 a number or a version that no database can hold sinks no bundle', async (t) => {
  const { alpha, node } = await start(t);
  const digits = Array.from({ length: 6_000 }, (_, place) => (place * 7 + (place >> 3)) % 10).join('');
  const objects = [
    indicator({ modified: `2026-01-01T00:00:00.${digits}Z` }),
    indicator({ x_number: 123 }),
    indicator(),
  ];
  const body = JSON.stringify(bundle(...objects))
    .replace('123,', '1e999,')
    .replace('123}', '1e999}');
  const answer = await node.api('POST', '/collections/alphas/objects', { token: alpha.token, body });
  const results = Reflect.get(Object(answer.body), 'results') as readonly Result[];
  assert.deepEqual(
    results.map((result) => result.status),
    ['refused', 'accepted', 'accepted'],
  );
});

test('G3 whoever manages a collection adds nobody to what others marked TLP:RED', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  const person = async (organisation: string) => {
    const scopes = ['read', 'publish', 'manage'] as const;
    const { person: id, token } = await seat(node, { organisation, role: 'analyst', scopes });
    return { id, token };
  };
  const [ann, bob] = [await person(alpha.id), await person(beta.id)];
  const members = [{ kind: 'person', id: ann.id, write: true }];
  await node.collection({ title: 'Red', alias: 'red', audience: 'people', members });
  const widen = () =>
    node.api('PATCH', '/collections/red', {
      body: { members: [...members, { kind: 'person', id: bob.id, write: true }] },
    });
  assert.equal((await publish(ann, 'red', indicator(marked('red'))))[0]?.status, 'accepted');
  assert.equal(Reflect.get(Object((await widen()).body), 'rule'), 'G5');
});

test('G7 what is published anonymously cannot name its publisher anywhere', async (t) => {
  const { node, alpha, beta } = await start(t);
  const open = { allowsAnonymous: true, allowsOnBehalf: true };
  await node.collection({ title: 'Box', alias: 'box', audience: 'community', ...open });
  await node.api('PATCH', `/organisations/${alpha.id}`, {
    token: await node.administrator(alpha.id),
    body: { delegates: [beta.id] },
  });
  const times = { created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' };
  const sighting = {
    type: 'sighting',
    spec_version: '2.1',
    id: `sighting--${randomUUID()}`,
    ...times,
    sighting_of_ref: `indicator--${randomUUID()}`,
    where_sighted_refs: [beta.id],
  };
  for (const [query, object] of [
    ['anonymous=true', sighting],
    [`anonymous=true&on_behalf_of=${alpha.id}`, indicator({ created_by_ref: alpha.id })],
  ] as const) {
    const path = `/collections/box/objects?${query}`;
    const { body } = await node.api('POST', path, { token: beta.token, body: bundle(object) });
    const [result] = Reflect.get(Object(body), 'results') as readonly Result[];
    assert.equal(result?.code, 'reveals-publisher');
  }
});

test('a bundle of thousands of versions of one object takes time in proportion', async (t) => {
  const { alpha, publish } = await start(t);
  const id = `x-quick--${randomUUID()}`;
  const version = (at: number) => new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString();
  const versions = Array.from({ length: 8_000 }, (_, at) => ({
    type: 'x-quick',
    spec_version: '2.1',
    id,
    created: version(0),
    modified: version(at),
  }));
  const before = process.cpuUsage();
  const results = await publish(alpha, 'alphas', ...versions);
  assert.ok(results.every((result) => result.status === 'accepted'));
  const used = process.cpuUsage(before);
  assert.ok(
    used.user + used.system < 6_000_000,
    `took ${(used.user + used.system) / 1e6} s of the processor`,
  );
});
