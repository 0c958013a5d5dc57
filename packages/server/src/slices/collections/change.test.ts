import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { seat, valueAt } from '../identity/testing.ts';

async function start(t: Parameters<typeof startTestNode>[0]) {
  const node = await startTestNode(t);
  const alpha = (await node.member('Alpha Telecom')).id;
  const beta = (await node.member('Beta Mobile')).id;
  const administrator = (organisation: string) =>
    seat(node, { organisation, role: 'organisation-administrator', scopes: ['read', 'publish', 'manage'] });
  return {
    node,
    alpha,
    beta,
    owner: await administrator(alpha),
    other: await administrator(beta),
    analyst: await seat(node, {
      organisation: alpha,
      role: 'analyst',
      scopes: ['read', 'publish', 'manage'],
    }),
  };
}

test('only an administrator of the owner changes a collection; the node operator takes away and no more', async (t) => {
  const { node, alpha, owner, other, analyst } = await start(t);
  await node.collection({ title: 'Ours', alias: 'ours', audience: 'community', owner: alpha });
  const change = async (token: string, body: object) =>
    (await node.api('PATCH', '/collections/ours', { token, body })).status;
  for (const body of [
    { title: 'Theirs' },
    { audience: 'organisations', members: [] },
    { defaultMarking: 'clear' },
    { allowsAnonymous: true },
    { title: 'Theirs', preview: true },
  ]) {
    assert.equal(await change(other.token, body), 403);
    assert.equal(await change(analyst.token, body), 403);
  }
  const { body } = await node.api('GET', '/collections/ours');
  assert.deepEqual([valueAt(body, 'title'), valueAt(body, 'audience')], ['Ours', 'community']);
  assert.equal(await change(owner.token, { title: 'Still ours' }), 200);
  const me = (await node.api('GET', '/me')).body;
  const hub = { kind: 'organisation', id: valueAt(me, 'organisation', 'id') };
  for (const body of [
    { title: 'Theirs' },
    { description: 'By the operator' },
    { alias: 'theirs' },
    { alias: null },
    { audience: 'organisations', members: [hub] },
    { members: [hub] },
    { allowsAnonymous: true },
    { defaultMarking: 'clear' },
    { audience: 'public', defaultMarking: 'clear' },
  ])
    assert.equal(await change(node.operator, body), 403, JSON.stringify(body));
  assert.equal(await change(node.operator, { audienceWrites: false }), 200);
  assert.equal(await change(node.operator, { audienceWrites: true }), 403, 'not even what it took');
  assert.equal(await change(node.operator, { audience: 'organisations', members: [] }), 200);
  assert.equal(await change(owner.token, { audience: 'community', audienceWrites: true }), 200);
  assert.equal(await change(owner.token, { owner: other.organisation }), 400, 'an owner stays');
  assert.equal(await change(owner.token, { id: '0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c1' }), 400);
});

test('only the node operator makes a collection public, at once, or later where it is the operator’s own', async (t) => {
  const { node, alpha, owner } = await start(t);
  const open = { title: 'Open', audience: 'public', defaultMarking: 'clear' };
  assert.equal((await node.api('POST', '/collections', { token: owner.token, body: open })).status, 403);
  const id = await node.collection({ ...open, audience: 'community', owner: alpha });
  const widen = (token: string) =>
    node.api('PATCH', `/collections/${id}`, { token, body: { audience: 'public' } });
  assert.equal((await widen(owner.token)).status, 403);
  assert.equal((await widen(node.operator)).status, 403, 'whose it is not');
  const own = await node.collection({ ...open, audience: 'community' });
  const body = { audience: 'public' };
  assert.equal((await node.api('PATCH', `/collections/${own}`, { body })).status, 200);
  const theirs = await node.collection({ ...open, owner: alpha });
  const { status } = await node.api('PATCH', `/collections/${theirs}`, {
    token: owner.token,
    body: { audience: 'community' },
  });
  assert.equal(status, 200, 'narrowing is the owner’s to do');
});

test('whoever sets a collection up for another organisation is not in its audience', async (t) => {
  const { node, alpha, beta } = await start(t);
  const me = (await node.api('GET', '/me')).body;
  const create = (...members: readonly object[]) =>
    node.api('POST', '/collections', {
      body: { title: 'Theirs', owner: alpha, audience: 'organisations', members },
    });
  const hub = { kind: 'organisation', id: valueAt(me, 'organisation', 'id') };
  assert.equal((await create({ kind: 'organisation', id: beta })).status, 201);
  assert.equal((await create(hub)).status, 403);
  assert.equal((await create({ kind: 'person', id: valueAt(me, 'person') })).status, 403);
});

test('G8 only the node operator gives an alias or an id, so that a name that is taken tells nobody of what is hidden', async (t) => {
  const { node, alpha, beta, owner, other } = await start(t);
  const hidden = '0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c1';
  const settings = { audience: 'organisations', owner: alpha };
  await node.collection({ ...settings, title: 'Hidden', id: hidden, alias: 'hidden' });
  const attempt = async (body: object) => {
    const { status, body: said } = await node.api('POST', '/collections', { token: other.token, body });
    return JSON.stringify([status, { ...Object(said), instance: undefined }]);
  };
  const own = { title: 'Own', audience: 'organisations' };
  assert.equal(await attempt({ ...own, alias: 'hidden' }), await attempt({ ...own, alias: 'free' }));
  assert.equal(
    await attempt({ ...own, id: hidden }),
    await attempt({ ...own, id: '0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c2' }),
  );
  const made = await node.api('POST', '/collections', { token: other.token, body: own });
  const id = valueAt(made.body, 'id');
  assert.equal(valueAt(made.body, 'owner'), beta);
  const rename = async (token: string, alias: string | null) =>
    (await node.api('PATCH', `/collections/${id}`, { token, body: { alias } })).status;
  assert.deepEqual([await rename(other.token, 'hidden'), await rename(other.token, 'free')], [403, 403]);
  assert.equal(await rename(node.operator, 'given'), 200, 'where there is none');
  assert.equal(await rename(node.operator, 'another'), 403);
  assert.equal(await rename(owner.token, null), 404);
  assert.equal(await rename(other.token, null), 200, 'and the owner may drop it');
});

test('a collection that somebody may not see looks like one that does not exist, whatever they ask', async (t) => {
  const { node, alpha, other } = await start(t);
  const id = await node.collection({
    title: 'Hidden',
    alias: 'hidden',
    audience: 'organisations',
    owner: alpha,
  });
  const ask = async (name: string) => {
    const object = 'indicator--0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c1';
    const answers = [];
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { title: 'Seen' }],
      ['PATCH', '', { title: '' }],
      ['POST', '/objects', { type: 'bundle' }],
      ['DELETE', `/objects/${object}`, undefined],
    ] as const) {
      const answer = await node.api(method, `/collections/${name}${path}`, { token: other.token, body });
      answers.push(JSON.stringify(answer).replaceAll(name, 'NAME'));
    }
    return answers;
  };
  const hidden = await ask(id);
  assert.deepEqual(hidden, await ask('0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c1'));
  assert.deepEqual(await ask('hidden'), await ask('absent'));
  for (const answer of hidden) assert.match(answer, /"status":404/);
  const { body } = await node.api('GET', '/collections', { token: other.token });
  assert.ok(!JSON.stringify(body).includes('idden'));
});

test('whoever may only write sees the collection, but not whom it names', async (t) => {
  const { node, alpha, beta, owner, other } = await start(t);
  await node.collection({
    title: 'Box',
    alias: 'box',
    audience: 'organisations',
    owner: alpha,
    members: [{ kind: 'organisation', id: beta, read: false, write: true }],
  });
  const { status, body } = await node.api('GET', '/collections/box', { token: other.token });
  assert.equal(status, 200);
  assert.deepEqual(
    [valueAt(body, 'canRead'), valueAt(body, 'canWrite'), valueAt(body, 'members')],
    [false, true, []],
  );
  for (const token of [owner.token, node.operator]) {
    const seen = (await node.api('GET', '/collections/box', { token })).body;
    assert.equal(valueAt(seen, 'members', 0, 'id'), beta);
  }
});

test('R3 a member that is left out of the list is out with the next request', async (t) => {
  const { node, alpha, beta, owner, other } = await start(t);
  const members = [{ kind: 'organisation', id: beta }];
  await node.collection({ title: 'Two', alias: 'two', audience: 'organisations', owner: alpha, members });
  const sees = async () => (await node.api('GET', '/collections/two', { token: other.token })).status;
  const change = (body: object) => node.api('PATCH', '/collections/two', { token: owner.token, body });
  assert.equal(await sees(), 200);
  assert.equal((await change({ members: [], preview: true })).status, 200);
  assert.equal(await sees(), 200, 'a preview changes nothing');
  assert.equal((await change({ members: [] })).status, 200);
  assert.equal(await sees(), 404);
  assert.equal((await change({ members })).status, 200);
  assert.equal(await sees(), 200);
});

test('a collection can still be changed when somebody whom it names has left', async (t) => {
  const { node, alpha, owner, analyst } = await start(t);
  const members = [{ kind: 'person', id: analyst.person, read: true, write: true }];
  await node.collection({ title: 'People', alias: 'people', audience: 'people', owner: alpha, members });
  await node.api('DELETE', `/people/${analyst.person}`, { token: owner.token });
  const change = (body: object) => node.api('PATCH', '/collections/people', { token: owner.token, body });
  const { status, body } = await change({ title: 'Those who are left' });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal((await change({ members })).status, 422, 'but they cannot be named anew');
  assert.equal((await change({ members: [] })).status, 200);
});

test('titles and descriptions are text that can be shown', async (t) => {
  const { node } = await start(t);
  for (const [more, status] of [
    [{ title: 'Two\nlines' }, 400],
    [{ title: '\u200B' }, 400],
    [{ title: 'null\u0000' }, 400],
    [{ title: 'Half \uD800' }, 400],
    [{ description: 'null\u0000' }, 400],
    [{ description: 'escape \u001B[31m' }, 400],
    [{ description: 'Half \uDC00' }, 400],
    [{ description: 'Two\r\nlines,\ta tab, 😀' }, 201],
    [{ description: null }, 201],
  ] as const) {
    const body = { title: 'Shown', audience: 'community', ...more };
    const answer = await node.api('POST', '/collections', { body });
    assert.equal(answer.status, status, JSON.stringify({ more, answer }));
  }
});
