import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '../../serve.ts';
import type { TestNode } from '../../testing.ts';
import { handClock, startTestNode } from '../../testing.ts';
import { seat, valueAt } from './testing.ts';

const hour = 3_600;

/** What another start of the node on the same database would print. */
async function nextStart(node: TestNode): Promise<string | undefined> {
  await using again = await serve(node.platform);
  return again.firstStartToken;
}

async function printed(node: TestNode): Promise<string> {
  const token = await nextStart(node);
  assert.ok(token !== undefined, 'a token is printed');
  return token;
}

async function self(node: TestNode, token = node.operator) {
  const { status, body } = await node.api('GET', '/me', { token });
  return {
    status,
    organisation: String(valueAt(body, 'organisation', 'id')),
    person: String(valueAt(body, 'person')),
  };
}

/** A lasting token of the operator, made with the printed one. */
async function lastingToken(node: TestNode, more: object = {}): Promise<string> {
  const { organisation, person } = await self(node);
  const { status, body } = await node.api('POST', `/organisations/${organisation}/tokens`, {
    body: { label: 'lasting', person, scopes: ['read', 'publish', 'manage'], ...more },
  });
  assert.equal(status, 201);
  return String(valueAt(body, 'token'));
}

test('the first start prints a token that works for 24 hours, and each start prints another', async (t) => {
  const clock = handClock();
  const node = await startTestNode(t, {}, { clock });
  assert.match(node.operator, /^bt_[0-9a-f]{16}_[\w-]{43}$/);
  const another = await printed(node);
  assert.notEqual(another, node.operator);
  assert.deepEqual(await self(node, another), await self(node), 'both speak for the same operator');
  clock.advance(24 * hour - 1);
  assert.equal((await self(node)).status, 200);
  clock.advance(1);
  assert.equal((await self(node)).status, 401);
  assert.equal((await self(node, await printed(node))).status, 200, 'a start after that prints a new one');
});

test('no two nodes print the same token, and none is a default password', async (t) => {
  const nodes = [await startTestNode(t), await startTestNode(t)];
  const [one = '', two = ''] = nodes.map(({ operator }) => operator);
  assert.notEqual(one.slice(20), two.slice(20));
  for (const node of nodes) {
    for (const user of ['admin', 'belltower', 'operator', 'root'])
      for (const password of ['', 'admin', 'belltower', 'password', 'operator', 'changeme']) {
        const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
        const { status } = await fetch(`${node.url}/api/me`, { headers: { authorization } });
        assert.equal(status, 401, `${user}:${password}`);
      }
    assert.equal((await fetch(`${node.url}/api/me`)).status, 401);
  }
});

test('making a lasting operator token ends every printed one, and nothing is printed from then on', async (t) => {
  const node = await startTestNode(t);
  const another = await printed(node);
  const lasting = await lastingToken(node);
  for (const token of [node.operator, another]) assert.equal((await self(node, token)).status, 401);
  assert.equal((await self(node, lasting)).status, 200);
  assert.equal(await nextStart(node), undefined);
});

test('tokens that cannot run the node leave the printed one alone', async (t) => {
  const node = await startTestNode(t);
  await lastingToken(node, { scopes: ['read', 'publish'] });
  const { id } = await node.member('Alpha Telecom');
  await seat(node, { organisation: id, role: 'organisation-administrator', scopes: ['manage'] });
  assert.equal((await self(node)).status, 200);
  const next = await printed(node);
  assert.equal((await self(node, next)).status, 200, 'or nobody could run the node when the first has ended');
});

test('a token is printed again when the lasting one has expired, was revoked, or its person removed', async (t) => {
  const clock = handClock();
  const node = await startTestNode(t, {}, { clock });
  const expiring = await lastingToken(node, { days: 30 });
  assert.equal(await nextStart(node), undefined);
  clock.advance(30 * 24 * hour);
  assert.equal((await self(node, expiring)).status, 401);

  const second = { ...node, operator: await printed(node) };
  const { organisation, person } = await self(node, second.operator);
  const body = { label: 'lasting', person, scopes: ['read', 'manage'] };
  const path = `/organisations/${organisation}/tokens`;
  const made = await node.api('POST', path, { token: second.operator, body });
  const lasting = String(valueAt(made.body, 'token'));
  await node.api('DELETE', `/tokens/${lasting.slice(3, 19)}`, { token: lasting });
  const third = await printed(node);
  assert.equal((await self(node, third)).status, 200);

  const removed = await node.api('DELETE', `/people/${person}`, { token: third });
  assert.equal(removed.status, 200);
  assert.equal((await self(node, third)).status, 401);
  const fourth = await self(node, await printed(node));
  assert.equal(fourth.status, 200, 'the node starts, and somebody can run it');
  assert.notEqual(fourth.person, person);
  assert.equal(fourth.organisation, organisation, 'in the organisation that runs the node');
});

test('an operator cannot lock the node by suspending the organisation that runs it', async (t) => {
  const node = await startTestNode(t);
  const { organisation } = await self(node);
  const { status, body } = await node.api('PATCH', `/organisations/${organisation}`, {
    body: { suspended: true },
  });
  assert.equal(status, 422, JSON.stringify(body));
  assert.equal((await self(node)).status, 200);
});

test('that a token was printed stands in the audit', async (t) => {
  const node = await startTestNode(t);
  const { body } = await node.api('GET', '/audit');
  const { organisation, person } = await self(node);
  const [entry, ...more] = Object.values(Object(valueAt(body, 'entries')));
  assert.equal(more.length, 0);
  assert.equal(valueAt(entry, 'action'), 'token.first-start');
  assert.equal(valueAt(entry, 'target'), node.operator.slice(3, 19));
  assert.deepEqual([valueAt(entry, 'organisation_id'), valueAt(entry, 'person_id')], [organisation, person]);
});
