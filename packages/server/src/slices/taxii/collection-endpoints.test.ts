import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { z } from 'zod';
import { startTestNode } from '../../testing.ts';
import type { Scope } from '../identity/actor.ts';
import { seat } from '../identity/testing.ts';
import { stixMediaType, taxiiMediaType } from './media-types.ts';
import { ask, campaign, envelope, read, refusalOf, resources } from './testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());
const insider = await node.member('Insider');
const outsider = await node.member('Outsider');
const writer = await node.member('Writer');

/** A person of an organisation with a token of their own. */
async function person(
  organisation: string,
  scopes: readonly Scope[],
): Promise<{ id: string; token: string }> {
  const { person: id = '', token } = await seat(node, { organisation, role: 'analyst', scopes });
  return { id, token };
}

const analyst = await person(insider.id, ['read', 'publish', 'red']);
const colleague = await person(insider.id, ['read', 'publish', 'red']);
const open = await node.collection({ title: 'Open', audience: 'public', audienceWrites: false });
const community = await node.collection({
  title: 'Community',
  alias: 'all-members',
  description: 'For all',
  audience: 'community',
});
const named = await node.collection({
  title: 'Named',
  audience: 'organisations',
  audienceWrites: false,
  members: [
    { kind: 'organisation', id: insider.id, read: true },
    { kind: 'organisation', id: writer.id, read: false, write: true },
  ],
});
const people = await node.collection({
  title: 'People',
  audience: 'people',
  members: [{ kind: 'person', id: analyst.id, read: true, write: true }],
});

async function titles(token: string | undefined): Promise<readonly string[]> {
  const answer = await ask(node, 'GET', '/community/collections/', { token });
  assert.equal(answer.status, 200);
  const schema = z.object({ collections: z.array(z.object({ title: z.string() })) });
  return read(answer, schema).collections.map((collection) => collection.title);
}

test('TAXII §5.1 the list has the collections that somebody may see, always in one order.', async () => {
  assert.deepEqual(await titles(undefined), ['Open']);
  assert.deepEqual(await titles(outsider.token), ['Open', 'Community']);
  assert.deepEqual(await titles(insider.token), ['Open', 'Community', 'Named']);
  assert.deepEqual(await titles(writer.token), ['Open', 'Community', 'Named']);
  assert.deepEqual(await titles(analyst.token), ['Open', 'Community', 'Named', 'People']);
  assert.deepEqual(await titles(colleague.token), ['Open', 'Community', 'Named']);
  assert.deepEqual(await titles(node.operator), ['Open', 'Community', 'Named', 'People']);
  assert.deepEqual(await titles(node.operator), await titles(node.operator));
});

test('TAXII §5.1 where nothing is public, somebody without a token is asked for one.', async (t) => {
  const closed = await startTestNode(t);
  assert.equal(
    refusalOf(await ask(closed, 'GET', '/community/collections/')),
    '401 unauthenticated Authorization',
  );
  const token = (await closed.member('Alone')).token;
  const answer = await ask(closed, 'GET', '/community/collections/', { token });
  assert.deepEqual([answer.status, answer.text], [200, '{}']);
});

test('TAXII §5.2 a collection is found by its id and by its alias, in any case of letters.', async () => {
  for (const name of [community, community.toUpperCase(), 'all-members', 'ALL-Members']) {
    const answer = await ask(node, 'GET', `/community/collections/${name}/`, { token: insider.token });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), taxiiMediaType);
    assert.deepEqual(JSON.parse(answer.text), {
      id: community,
      title: 'Community',
      description: 'For all',
      alias: 'all-members',
      can_read: true,
      can_write: true,
      media_types: [stixMediaType],
    });
  }
});

test('TAXII §5.2.1 can_read and can_write are those of whoever asks.', async () => {
  const rights = async (id: string, token: string | undefined) => {
    const answer = await ask(node, 'GET', `/community/collections/${id}/`, { token });
    const { can_read, can_write } = read(answer, z.object({ can_read: z.boolean(), can_write: z.boolean() }));
    return `${can_read ? 'r' : '-'}${can_write ? 'w' : '-'}`;
  };
  assert.equal(await rights(open, undefined), 'r-');
  assert.equal(await rights(open, insider.token), 'r-');
  assert.equal(await rights(named, insider.token), 'r-');
  assert.equal(await rights(named, writer.token), '-w');
  assert.equal(await rights(people, analyst.token), 'rw');
  assert.equal(await rights(people, node.operator), '--');
});

test('TAXII §5 what is public is read without a token; adding and deleting ask for one.', async () => {
  await ask(node, 'POST', `/community/collections/${open}/objects/`, {
    token: node.operator,
    body: envelope(campaign()),
  });
  for (const path of ['', 'manifest/', 'objects/']) {
    assert.equal((await ask(node, 'GET', `/community/collections/${open}/${path}`)).status, 200);
  }
  const post = await ask(node, 'POST', `/community/collections/${open}/objects/`, {
    body: envelope(campaign()),
  });
  assert.equal(refusalOf(post), '401 unauthenticated Authorization');
  const deletion = await ask(node, 'DELETE', `/community/collections/${open}/objects/${campaign().id}/`);
  assert.equal(refusalOf(deletion), '401 unauthenticated Authorization');
});

const object = campaign();
const missing = '00000000-0000-4000-8000-000000000000';
const requests: readonly (readonly [string, string, { headers?: Record<string, string>; body?: string }])[] =
  [
    ['GET', '', {}],
    ['GET', 'manifest/', {}],
    ['GET', 'objects/', {}],
    ['GET', 'objects/?limit=0', {}],
    ['GET', 'objects/?match[foo]=1&next=made-up', {}],
    ['GET', 'objects/', { headers: { accept: 'text/html' } }],
    ['HEAD', 'objects/', {}],
    ['PUT', 'objects/', {}],
    ['POST', 'objects/', { body: envelope(object) }],
    ['POST', 'objects/', { body: 'not JSON' }],
    ['POST', 'objects/', { body: '{}', headers: { 'content-type': 'text/plain' } }],
    ['GET', `objects/${object.id}/`, {}],
    ['GET', 'objects/not-an-id/', {}],
    ['DELETE', `objects/${object.id}/`, {}],
    ['GET', `objects/${object.id}/versions/`, {}],
  ];

for (const [method, path, request] of requests) {
  test(`TAXII §5 a collection that is not there for somebody looks like none: ${method} ${path} ${JSON.stringify(request)}`, async () => {
    const answers = [];
    for (const id of [named, people, missing, 'no-alias']) {
      answers.push(
        await ask(node, method, `/community/collections/${id}/${path}`, {
          ...request,
          token: outsider.token,
        }),
      );
    }
    for (const answer of answers) {
      assert.equal(answer.status, 404);
      const neutral = (text: string) => text.replace(/"error_id":"[^"]+"/, '');
      assert.equal(neutral(answer.text), neutral(answers[0]?.text ?? ''));
      const names = (headers: Headers) => [...headers.keys()].sort();
      assert.deepEqual(names(answer.headers), names(answers[0]?.headers ?? new Headers()));
      if (method !== 'HEAD') assert.equal(refusalOf(answer), '404 not-found');
    }
  });

  test(`TAXII §5 without a token it is 401, whether the collection is there or not: ${method} ${path}`, async () => {
    for (const id of [named, people, missing]) {
      const answer = await ask(node, method, `/community/collections/${id}/${path}`, request);
      assert.equal(answer.status, 401);
      assert.ok(answer.headers.has('www-authenticate'));
    }
  });
}

test('TAXII §5.3 to §5.8 what is seen and not readable is 403, and what is seen and not writable too.', async () => {
  for (const path of ['manifest/', 'objects/', `objects/${object.id}/`, `objects/${object.id}/versions/`]) {
    const answer = await ask(node, 'GET', `/community/collections/${named}/${path}`, { token: writer.token });
    assert.equal(refusalOf(answer), '403 forbidden');
  }
  const post = await ask(node, 'POST', `/community/collections/${named}/objects/`, {
    token: insider.token,
    body: envelope(object),
  });
  assert.equal(refusalOf(post), '403 forbidden');
});

test('TAXII §5.7 deleting without both rights: 404 with neither, 403 with one.', async () => {
  const remove = async (collection: string, token: string) =>
    refusalOf(
      await ask(node, 'DELETE', `/community/collections/${collection}/objects/${object.id}/`, { token }),
    );
  assert.equal(await remove(people, node.operator), '404 not-found');
  assert.equal(await remove(named, insider.token), '403 forbidden');
  assert.equal(await remove(named, writer.token), '403 forbidden');
  assert.equal(await remove(people, analyst.token), '404 not-found');
});

test('G3 what is for named people is read by their own token only.', async () => {
  const path = `/community/collections/${people}/objects/`;
  const posted = await ask(node, 'POST', path, { token: analyst.token, body: envelope(campaign()) });
  assert.equal(read(posted, resources.status).success_count, 1);
  const status = `/community/status/${read(posted, resources.status).id}/`;
  assert.equal((await ask(node, 'GET', path, { token: analyst.token })).status, 200);
  assert.equal((await ask(node, 'GET', status, { token: analyst.token })).status, 200);
  for (const token of [insider.token, colleague.token]) {
    assert.equal(refusalOf(await ask(node, 'GET', path, { token })), '404 not-found');
    assert.equal(refusalOf(await ask(node, 'GET', status, { token })), '404 not-found');
  }
  assert.equal(refusalOf(await ask(node, 'GET', path, { token: node.operator })), '403 forbidden');
});

test('R3 a token that was revoked reads nothing more.', async () => {
  const organisation = await node.member('Leaving');
  const path = `/community/collections/${community}/objects/`;
  assert.equal((await ask(node, 'GET', path, { token: organisation.token })).status, 200);
  const id = organisation.token.split('_')[1];
  assert.equal((await node.api('DELETE', `/tokens/${id}`)).status, 200);
  assert.equal(
    refusalOf(await ask(node, 'GET', path, { token: organisation.token })),
    '401 unauthenticated Authorization',
  );
});
