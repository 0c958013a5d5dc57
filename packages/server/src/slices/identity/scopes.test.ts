import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { bundle, indicator, marked } from '../../testing-objects.ts';
import type { Scope } from './actor.ts';
import { seat } from './testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());
const alpha = (await node.member('Alpha Telecom')).id;
await node.collection({ title: 'Own', alias: 'own', audience: 'organisations', owner: alpha });
const object = indicator();
const first = await seat(node, { organisation: alpha, scopes: ['publish'] });
await node.api('POST', '/collections/own/objects', { token: first.token, body: bundle(object) });

/** A token of an administrator, whose role allows every scope, with these scopes only. */
async function holderOf(scopes: readonly Scope[]) {
  return seat(node, { organisation: alpha, role: 'organisation-administrator', scopes });
}
const combinations: readonly (readonly Scope[])[] = [['read'], ['publish'], ['manage'], ['red']];
const holders = await Promise.all(combinations.map(holderOf));

interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly type?: string;
}
const taxiiType = 'application/taxii+json;version=2.1';
const taxii = '/taxii2/community/collections/own';
const organisation = `/api/organisations/${alpha}`;

// Statuses with the scope read alone, publish alone, manage alone, red alone.
const table: readonly (readonly [Attempt, readonly number[]])[] = [
  [{ method: 'GET', path: '/api/me' }, [200, 200, 200, 200]],
  [{ method: 'GET', path: '/api/organisations' }, [200, 403, 200, 403]],
  [
    { method: 'POST', path: '/api/organisations', body: { name: 'New', kind: 'vendor' } },
    [403, 403, 403, 403],
  ],
  [{ method: 'PATCH', path: organisation, body: { clients: [] } }, [403, 403, 200, 403]],
  [{ method: 'GET', path: `${organisation}/people` }, [200, 403, 200, 403]],
  [
    { method: 'POST', path: `${organisation}/people`, body: { name: 'Ann', role: 'analyst' } },
    [403, 403, 201, 403],
  ],
  [{ method: 'DELETE', path: '/api/people/PERSON' }, [403, 403, 200, 403]],
  [{ method: 'GET', path: `${organisation}/tokens` }, [200, 200, 200, 200]],
  [
    { method: 'POST', path: `${organisation}/tokens`, body: { label: 'x', scopes: ['read'] } },
    [403, 403, 201, 403],
  ],
  [{ method: 'DELETE', path: '/api/tokens/TOKEN' }, [403, 403, 200, 403]],
  [{ method: 'GET', path: '/api/audit' }, [403, 403, 200, 403]],
  [{ method: 'GET', path: '/api/collections' }, [200, 200, 200, 200]],
  [{ method: 'GET', path: '/api/collections/own' }, [200, 200, 200, 404]],
  [
    { method: 'POST', path: '/api/collections', body: { title: 'New', audience: 'community' } },
    [403, 403, 201, 403],
  ],
  [{ method: 'PATCH', path: '/api/collections/own', body: { title: 'Own' } }, [403, 403, 200, 404]],
  [
    { method: 'POST', path: '/api/collections/own/objects', body: bundle(indicator(marked('green'))) },
    [403, 200, 403, 404],
  ],
  [{ method: 'GET', path: '/live/collections/own' }, [200, 404, 404, 404]],
  [{ method: 'GET', path: '/taxii2/', type: taxiiType }, [200, 200, 200, 200]],
  [{ method: 'GET', path: `${taxii}/`, type: taxiiType }, [200, 200, 200, 404]],
  [{ method: 'GET', path: `${taxii}/objects/`, type: taxiiType }, [200, 403, 403, 404]],
  [{ method: 'GET', path: `${taxii}/manifest/`, type: taxiiType }, [200, 403, 403, 404]],
  [{ method: 'GET', path: `${taxii}/objects/${object.id}/`, type: taxiiType }, [200, 403, 403, 404]],
  [{ method: 'GET', path: `${taxii}/objects/${object.id}/versions/`, type: taxiiType }, [200, 403, 403, 404]],
  [
    {
      method: 'POST',
      path: `${taxii}/objects/`,
      body: { objects: [indicator(marked('green'))] },
      type: taxiiType,
    },
    [403, 202, 403, 404],
  ],
];

async function ask({ token }: { readonly token: string }, { method, path, body, type }: Attempt) {
  const abort = new AbortController();
  const response = await fetch(`${node.url}${path}`, {
    method,
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(type === undefined ? {} : { accept: type }),
      ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = path.startsWith('/live') && response.status === 200 ? '' : await response.text();
  abort.abort();
  return { status: response.status, text };
}

describe('with the scope read, publish, manage, red alone', () => {
  for (const [attempt, statuses] of table) {
    test(`${attempt.method} ${attempt.path.replace(alpha, 'ID').replace(object.id, 'ID')}: ${statuses.join(', ')}`, async () => {
      const answers = [];
      for (const holder of holders) {
        const victim = await seat(node, { organisation: alpha, role: 'analyst', scopes: ['read'] });
        const path = attempt.path.replace('PERSON', victim.person ?? '').replace('TOKEN', victim.tokenId);
        answers.push(await ask(holder, { ...attempt, path }));
      }
      assert.deepEqual(
        answers.map(({ status }) => status),
        statuses,
        JSON.stringify(answers),
      );
    });
  }
});

test('withdrawing takes the scope publish or, for whoever runs the collection, manage', async () => {
  for (const [index, status] of [403, 200, 200, 404].entries()) {
    const holder = holders[index];
    assert.ok(holder);
    const another = indicator();
    await node.api('POST', '/collections/own/objects', { token: first.token, body: bundle(another) });
    const path = `/api/collections/own/objects/${another.id}`;
    const answer = await ask(holder, { method: 'DELETE', path });
    assert.equal(answer.status, status, answer.text);
  }
});

test('what a token without read gets of lists has no content in it', async () => {
  for (const holder of holders.slice(1)) {
    const { text } = await ask(holder, { method: 'GET', path: '/api/collections' });
    assert.ok(!text.includes(object.id));
  }
  const red = holders[3];
  assert.ok(red);
  const { text } = await ask(red, { method: 'GET', path: '/api/collections' });
  assert.deepEqual(JSON.parse(text), { collections: [] });
});
