import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { bundle, indicator } from '../../testing-objects.ts';
import { readLive } from '../live/testing.ts';
import { seat, valueAt } from './testing.ts';

test('R3 a suspended organisation is refused everywhere at once, and comes back as it was', async (t) => {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  const beta = await node.member('Beta Mobile');
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  await node.api('POST', '/collections/fraud/objects', { token: alpha.token, body: bundle(indicator()) });
  const admin = await seat(node, {
    organisation: alpha.id,
    role: 'organisation-administrator',
    scopes: ['read', 'manage'],
  });
  const suspend = (suspended: boolean, token?: string) =>
    node.api('PATCH', `/organisations/${alpha.id}`, { body: { suspended }, token });

  const events: string[] = [];
  const stream = readLive(`${node.url}/live/collections/fraud`, {
    token: alpha.token,
    enough: (seen) => {
      events.push(...seen.slice(events.length).map(({ event }) => event));
      if (events.length === 1) void suspend(true);
      return false;
    },
  });
  assert.equal((await stream).length > 0, true, 'the open stream ends');
  for (const token of [alpha.token, admin.token]) {
    for (const path of ['/me', '/organisations', '/collections'])
      assert.equal((await node.api('GET', path, { token })).status, 401);
    const objects = await node.api('POST', '/collections/fraud/objects', {
      token,
      body: bundle(indicator()),
    });
    assert.equal(objects.status, 401);
  }
  assert.equal((await suspend(false, admin.token)).status, 401, 'it does not end its own suspension');
  assert.equal((await node.api('GET', '/me', { token: beta.token })).status, 200);
  assert.equal((await suspend(false)).status, 200);
  for (const token of [alpha.token, admin.token])
    assert.equal((await node.api('GET', '/me', { token })).status, 200);
});

test('R3 the tokens of a person end with the person, and no new ones can be made', async (t) => {
  const node = await startTestNode(t);
  const { id } = await node.member('Alpha Telecom');
  const ann = await seat(node, { organisation: id, role: 'analyst', scopes: ['read', 'manage'] });
  const token = await node.administrator(id);
  assert.equal((await node.api('DELETE', `/people/${ann.person}`, { token })).status, 200);
  assert.equal((await node.api('GET', '/me', { token: ann.token })).status, 401);
  assert.equal((await node.api('POST', `/people/${ann.person}/enrolment`, { token })).status, 409);
  const { body: people } = await node.api('GET', `/organisations/${id}/people`);
  const removed = Object.values(Object(valueAt(people, 'people'))).map((item) => valueAt(item, 'removed'));
  assert.deepEqual(removed, [false, true], 'who it was stays visible');
});

test('an administrator cannot become an operator in any number of steps', async (t) => {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  const me = (await node.api('GET', '/me')).body;
  const operator = {
    organisation: String(valueAt(me, 'organisation', 'id')),
    person: String(valueAt(me, 'person')),
  };
  const admin = await seat(node, {
    organisation: alpha.id,
    role: 'organisation-administrator',
    scopes: ['read', 'publish', 'manage'],
  });
  const colleague = await seat(node, {
    organisation: operator.organisation,
    role: 'organisation-administrator',
    scopes: ['read', 'publish', 'manage'],
  });
  const everything = ['read', 'publish', 'manage'];
  const token = (organisation: string, person: string) =>
    ['POST', `/organisations/${organisation}/tokens`, { label: 'x', person, scopes: everything }] as const;
  for (const [who, method, path, body] of [
    [admin, ...token(alpha.id, operator.person)],
    [admin, ...token(operator.organisation, operator.person)],
    [colleague, ...token(operator.organisation, operator.person)],
    [
      colleague,
      'POST',
      `/organisations/${operator.organisation}/people`,
      { name: 'x', role: 'node-operator' },
    ],
    [colleague, 'DELETE', `/people/${operator.person}`, undefined],
    [colleague, 'DELETE', `/tokens/${node.operator.slice(3, 19)}`, undefined],
    [colleague, 'PATCH', `/organisations/${alpha.id}`, { name: 'Renamed' }],
    [colleague, 'POST', '/organisations', { name: 'New', kind: 'vendor' }],
    [colleague, 'GET', `/organisations/${alpha.id}/people`, undefined],
  ] as const) {
    const answer = await node.api(method, path, { token: who.token, body });
    assert.ok([403, 422].includes(answer.status), `${method} ${path}: ${JSON.stringify(answer)}`);
  }
  const tokens = await node.api('GET', `/organisations/${alpha.id}/tokens`);
  for (const listed of Object.values(Object(valueAt(tokens.body, 'tokens'))))
    assert.notEqual(valueAt(listed, 'label'), 'x');
});

test('the operator without the scope manage is anybody', async (t) => {
  const node = await startTestNode(t);
  const me = (await node.api('GET', '/me')).body;
  const organisation = String(valueAt(me, 'organisation', 'id'));
  const { token } = await seat(node, { organisation, role: 'node-operator', scopes: ['read', 'publish'] });
  const { id } = await node.member('Alpha Telecom');
  for (const [method, path, body] of [
    ['POST', '/organisations', { name: 'New', kind: 'vendor' }],
    ['PATCH', `/organisations/${id}`, { suspended: true }],
    ['POST', `/organisations/${id}/tokens`, { label: 'x', scopes: ['read'] }],
    ['GET', `/organisations/${id}/people`, undefined],
    ['GET', '/audit', undefined],
  ] as const)
    assert.equal((await node.api(method, path, { token, body })).status, 403, `${method} ${path}`);
});

test('what does not exist is told as that, and ids of another form are refused', async (t) => {
  const node = await startTestNode(t);
  const nobody = '0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c1';
  for (const [method, path, body, status] of [
    ['PATCH', `/organisations/identity--${nobody}`, { name: 'x' }, 404],
    ['GET', `/organisations/identity--${nobody}/people`, undefined, 404],
    ['GET', `/organisations/identity--${nobody}/tokens`, undefined, 404],
    ['POST', `/organisations/identity--${nobody}/people`, { name: 'x', role: 'analyst' }, 404],
    ['POST', `/organisations/identity--${nobody}/tokens`, { label: 'x', scopes: ['read'] }, 404],
    ['DELETE', `/people/${nobody}`, undefined, 404],
    ['DELETE', '/tokens/0123456789abcdef', undefined, 404],
    ['DELETE', `/people/${'x'.repeat(5_000)}`, undefined, 404],
    ['DELETE', "/tokens/' or 1=1 --", undefined, 404],
    ['DELETE', '/tokens/%00', undefined, 404],
    ['GET', '/organisations/%00/people', undefined, 404],
    ['POST', '/organisations', { name: 'x', kind: 'vendor', id: 'identity--x' }, 400],
    ['POST', '/organisations', { name: 'x', kind: 'vendor', id: `identity--${'-'.repeat(36)}` }, 400],
    ['POST', '/organisations', { name: 'x', kind: 'spy' }, 400],
  ] as const) {
    const answer = await node.api(method, path, { body });
    assert.equal(answer.status, status, `${method} ${path.slice(0, 80)}: ${JSON.stringify(answer.body)}`);
  }
});
