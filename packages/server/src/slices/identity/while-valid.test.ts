import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { TestNode } from '../../testing.ts';
import { startTestNode } from '../../testing.ts';
import { bundle, indicator } from '../../testing-objects.ts';
import { seat } from './testing.ts';

interface SlowRequest {
  readonly path: string;
  readonly token: string;
  readonly body: unknown;
  readonly type?: string;
  /** What happens while the body is on its way. */
  readonly meanwhile: () => Promise<unknown>;
}

async function postSlowly(
  node: TestNode,
  { path, token, body, type, meanwhile }: SlowRequest,
): Promise<number | undefined> {
  const text = JSON.stringify(body);
  const sent = request(`${node.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': type ?? 'application/json',
      'content-length': Buffer.byteLength(text),
    },
  });
  sent.write(text.slice(0, 5));
  // Long enough for the node to have looked at the token.
  await setTimeout(200);
  await meanwhile();
  sent.end(text.slice(5));
  const [response]: IncomingMessage[] = await once(sent, 'response');
  response?.resume();
  return response?.statusCode;
}

test('R3 a request that is sent slowly does not outlive its token', async (t) => {
  const node = await startTestNode(t);
  const { id: organisation } = await node.member('Alpha Telecom');
  await node.collection({ title: 'Community', alias: 'community', audience: 'community' });
  const administrator = { organisation, role: 'organisation-administrator' } as const;
  const envelope = { objects: [indicator()] };
  for (const { path, body, type } of [
    { path: `/api/organisations/${organisation}/tokens`, body: { label: 'again', scopes: ['read'] } },
    { path: `/api/organisations/${organisation}/people`, body: { name: 'Eve', role: 'analyst' } },
    { path: '/api/collections', body: { title: 'Own', audience: 'organisations' } },
    { path: '/api/collections/community/objects', body: bundle(indicator()) },
    {
      path: '/taxii2/community/collections/community/objects/',
      body: envelope,
      type: 'application/taxii+json',
    },
  ]) {
    const held = await seat(node, { ...administrator, scopes: ['read', 'publish', 'manage'] });
    const meanwhile = () => node.api('DELETE', `/tokens/${held.tokenId}`, { token: held.token });
    const status = await postSlowly(node, {
      path,
      token: held.token,
      body,
      ...(type === undefined ? {} : { type }),
      meanwhile,
    });
    assert.equal(status, 401, path);
  }
});

test('R3 a large bundle that is being judged does not outlive its token', async (t) => {
  const node = await startTestNode(t);
  const { id: organisation } = await node.member('Alpha Telecom');
  await node.collection({ title: 'Community', alias: 'community', audience: 'community' });
  const held = await seat(node, { organisation, role: 'analyst', scopes: ['read', 'publish', 'manage'] });
  const body = JSON.stringify(bundle(...Array.from({ length: 30_000 }, () => indicator())));
  const publishing = fetch(`${node.url}/api/collections/community/objects`, {
    method: 'POST',
    headers: { authorization: `Bearer ${held.token}`, 'content-type': 'application/json' },
    body,
  });
  // It has arrived and been taken by then, and judging it takes longer.
  await setTimeout(150);
  await node.api('DELETE', `/tokens/${held.tokenId}`, { token: held.token });
  const answer = await publishing;
  await answer.text();
  assert.equal(answer.status, 401);
});
