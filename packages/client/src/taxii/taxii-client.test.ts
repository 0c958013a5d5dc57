import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientError } from '../client-error.ts';
import { type Answer, json, startScriptedServer, text } from '../testing/scripted-server.ts';
import type { TaxiiCursor } from './query.ts';
import { createTaxiiClient } from './taxii-client.ts';

const collection = {
  id: 'c',
  alias: undefined,
  title: 'C',
  description: undefined,
  canRead: true,
  canWrite: true,
  mediaTypes: [],
};

async function setUp(...answers: readonly Answer[]) {
  const server = await startScriptedServer(...answers);
  const sleep = async () => undefined;
  const client = createTaxiiClient({ url: `${server.url}/taxii2/`, fetch, random: () => 0, sleep });
  return {
    server,
    client,
    collection: { ...collection, apiRoot: `${server.url}/root/` },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test('Addresses in the discovery resource may be relative, and a collection is found in whichever root it stands', async () => {
  const found = { id: 'c', title: 'C', can_read: true, can_write: false };
  await using at = await setUp(
    json(200, { title: 'T', default: '/two/', api_roots: ['one', '/two/'] }),
    json(404, { title: 'not here' }),
    json(200, found),
  );
  const { apiRoot, canWrite } = await at.client.collection('my alias');
  assert.deepEqual([apiRoot, canWrite], [`${at.server.url}/taxii2/one/`, false]);
  assert.deepEqual(
    at.server.requests.map(({ url }) => url),
    ['/taxii2/', '/two/collections/my%20alias/', '/taxii2/one/collections/my%20alias/'],
  );
  assert.equal(at.server.requests[0]?.headers.accept, 'application/taxii+json;version=2.1');
});

test('Credentials do not follow a discovery resource to another origin', async () => {
  await using elsewhere = await startScriptedServer(json(200, {}));
  await using at = await setUp(json(200, { title: 'T', api_roots: [`${elsewhere.url}/root/`] }));
  await assert.rejects(at.client.apiRoot(), /trusted origin/);
  assert.equal(elsewhere.requests.length, 0);
});

test('R2 Pages follow next with added_after as it was, and the last page says where to go on later', async () => {
  const added = (date: string) => ({ 'X-TAXII-Date-Added-Last': date });
  const first = '{"more":true,"next":"n1","objects":[{"id" : "a--1", "x":1.50},{"id":"a--2"}]}';
  await using at = await setUp(
    text(200, first, added('T2')),
    text(200, '{"more":false,"objects":[{"id":"a--3"}]}', added('T3')),
  );
  const match = { type: ['a', 'b'], version: ['all'] };
  const texts: string[] = [];
  const cursors: TaxiiCursor[] = [];
  const query = { cursor: { addedAfter: 'T0' }, match, limit: 2 };
  for await (const page of at.client.objectPages(at.collection, query)) {
    texts.push(...page.items.map((item) => item.text));
    cursors.push(page.cursor);
  }
  assert.deepEqual(texts, ['{"id" : "a--1", "x":1.50}', '{"id":"a--2"}', '{"id":"a--3"}']);
  assert.deepEqual(cursors, [{ addedAfter: 'T0', next: 'n1' }, { addedAfter: 'T3' }]);
  const filters = 'match%5Btype%5D=a%2Cb&match%5Bversion%5D=all';
  assert.deepEqual(
    at.server.requests.map(({ url }) => url),
    [
      `/root/collections/c/objects/?added_after=T0&limit=2&${filters}`,
      `/root/collections/c/objects/?added_after=T0&limit=2&next=n1&${filters}`,
    ],
  );
});

test('A server without next is followed by the time of addition, and one that leads in a circle is left', async () => {
  const page = (date: string): Answer =>
    text(200, '{"more":true,"objects":[{"id":"a--1"}]}', { 'X-TAXII-Date-Added-Last': date });
  await using at = await setUp(page('T1'), page('T2'), page('T2'));
  await assert.rejects(
    async () => {
      for await (const _object of at.client.objects(at.collection));
    },
    (error) => error instanceof ClientError && error.code === 'unexpected-answer',
  );
  assert.deepEqual(
    at.server.requests.map(({ url }) => new URL(url, at.server.url).searchParams.get('added_after')),
    [null, 'T1', 'T2'],
  );
});

test('An empty answer leaves the cursor where it was', async () => {
  await using at = await setUp(text(200, '{}'));
  const pages = at.client.objectPages(at.collection, { cursor: { addedAfter: 'T5' } });
  const page = await pages.next();
  assert.deepEqual(page.value, { items: [], more: false, cursor: { addedAfter: 'T5' } });
});

test('Publishing waits until the status is complete', async () => {
  const status = (state: string, done: number) => ({
    id: 's',
    status: state,
    total_count: 1,
    success_count: done,
    failure_count: 0,
    pending_count: 1 - done,
  });
  await using at = await setUp(
    json(202, status('pending', 0)),
    json(200, status('pending', 0)),
    json(200, status('complete', 1)),
  );
  const result = await at.client.publish(at.collection, ['{"id":"a--1","n":1.0}']);
  assert.deepEqual([result.status, result.successCount], ['complete', 1]);
  const [post, look] = at.server.requests;
  assert.equal(post?.body, '{"objects":[{"id":"a--1","n":1.0}]}');
  assert.equal(post?.headers['content-type'], 'application/taxii+json;version=2.1');
  assert.equal(look?.url, '/root/status/s/');
});

test('Manifest, versions, one object and removal go to their own addresses', async () => {
  await using at = await setUp(
    json(200, { objects: [{ id: 'a--1', date_added: 'T1', version: 'V1' }] }),
    json(200, { versions: ['V1', 'V2'] }),
    json(200, { objects: [{ id: 'a--1' }] }),
    json(200, {}),
  );
  const records = [];
  for await (const record of at.client.manifest(at.collection)) records.push(record);
  assert.deepEqual(records, [{ id: 'a--1', dateAdded: 'T1', version: 'V1', mediaType: undefined }]);
  assert.deepEqual(await at.client.versions(at.collection, 'a--1'), ['V1', 'V2']);
  assert.equal((await at.client.object(at.collection, 'a--1')).length, 1);
  await at.client.delete(at.collection, 'a--1', { match: { version: ['V1'] } });
  assert.deepEqual(
    at.server.requests.map(({ method, url }) => `${method} ${url}`),
    [
      'GET /root/collections/c/manifest/',
      'GET /root/collections/c/objects/a--1/versions/',
      'GET /root/collections/c/objects/a--1/',
      'DELETE /root/collections/c/objects/a--1/?match%5Bversion%5D=V1',
    ],
  );
});

test('An answer that is not what the standard says is an error that names the place', async () => {
  await using at = await setUp(json(200, { title: 'T', api_roots: [7] }));
  await assert.rejects(
    at.client.discovery(),
    (error) =>
      error instanceof ClientError && error.code === 'unexpected-answer' && error.at === '$.api_roots[0]',
  );
});
