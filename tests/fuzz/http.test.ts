import assert from 'node:assert/strict';
import { type IncomingMessage, request } from 'node:http';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { sqlitePlace } from '../../packages/server/src/platform/storage/testing.ts';
import { fuzz } from '../support/fuzzing.ts';
import { generatedBundle } from '../support/generated-bundle.ts';
import { publishOnce } from '../support/ledger.ts';
import { mutate, pick, type RandomNumber } from '../support/mutate.ts';
import { startCommunity } from '../support/start-community.ts';

// A node that runs is asked anything: methods, paths, parameters, headers and bodies that were spoilt. It says yes or no, never
// that something went wrong inside, and it is there afterwards.

const objectId = 'indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f';
const collection = '/taxii2/community/collections/log';
/** Every kind of path that the node has, with good parameters. */
const paths = [
  '/',
  '/healthz',
  '/readyz',
  '/metrics',
  '/taxii2/',
  '/taxii2/community/',
  '/taxii2/community/collections/',
  `${collection}/`,
  `${collection}/objects/?limit=3`,
  `${collection}/objects/?added_after=2026-01-01T00:00:00.000001Z&match[type]=indicator,malware`,
  `${collection}/objects/?match[version]=all,first,last,2020-01-01T00:00:00Z&match[spec_version]=2.0,2.1`,
  `${collection}/objects/?match[id]=${objectId}&limit=1&next=1-1-AAAAAAAAAAAAAAAA`,
  `${collection}/manifest/?limit=2`,
  `${collection}/objects/${objectId}/?match[version]=all`,
  `${collection}/objects/${objectId}/versions/`,
  '/taxii2/community/status/7f2d9f44-8a2b-4f2b-9a52-2d0f1e4f3a5b/',
  '/live/collections/log?after=0',
  '/live?collections=log&after=log:0',
  '/api/collections',
  '/api/collections/log',
  `/api/collections/log/objects/${objectId}?version=2020-01-01T00:00:00Z`,
  '/api/collections/log/objects?anonymous=true&on_behalf_of=identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',
  '/api/whoami',
  '/api/organisations',
  '/api/organisations/identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',
  '/api/organisations/identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f/people',
  '/api/organisations/identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f/tokens',
  '/api/people/7f2d9f44-8a2b-4f2b-9a52-2d0f1e4f3a5b',
  '/api/tokens/0123456789abcdef',
  '/api/audit?limit=5&before=9',
  '/api/openapi.json',
];
const pathPieces = [
  '/',
  '//',
  '/../',
  '%2e%2e%2f',
  '%00',
  '%ff',
  '%',
  '%zz',
  '?',
  '&',
  '=',
  '[',
  ']',
  ',',
  '#',
  ';',
  '*',
  '0',
  '-1',
  '1e9',
  'null',
  'limit=',
  'next=',
  'added_after=',
  'match[id]=',
  'match[version]=',
  'match[',
  '9999999999999999999',
  '2026-02-30T00:00:00Z',
  '%F0%9F%93%A1',
  '__proto__',
  'constructor',
];
const methods = ['GET', 'GET', 'GET', 'POST', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'PURGE'];
const bodies = [
  ...[1, 3, 13].map((count) =>
    JSON.stringify({ type: 'bundle', id: 'bundle--1', objects: generatedBundle(count) }),
  ),
  '{"title":"T","alias":"other","audience":"community","members":[],"defaultMarking":"green","preview":true}',
  '{"name":"N","kind":"operator","role":"analyst","label":"l","scopes":["read"],"expires":"2030-01-01T00:00:00Z"}',
  '{"audience":"organisations","members":[{"kind":"organisation","id":"identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f","read":true}]}',
  '[]',
  'null',
  '""',
  '',
];
const bodyPieces = [
  ...'{}[]",:0\\',
  '\\u0000',
  '\\ud800',
  '__proto__',
  'null',
  '1e999',
  '[[[[[[[[[[[[[[[[[[',
  '"objects":[',
  '"type":"',
];
const types = [
  'application/json',
  'application/taxii+json;version=2.1',
  'application/stix+json;version=2.1',
  'text/plain',
  'x',
  '',
];
const accepts = [
  '*/*',
  'application/taxii+json;version=2.1',
  'application/taxii+json;version=2.0',
  'text/event-stream',
  '*/*;q=0',
  ';;,q=',
];

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

function question(random: RandomNumber, path: string, token: string): Asked {
  const text = random(3) === 0 ? pick(bodies, random) : mutate(bodies, bodyPieces, random);
  const encoding = pick(['', '', '', 'gzip', 'br', 'gzip, gzip', 'x'], random);
  const headers: Record<string, string> = {
    accept: pick(accepts, random),
    'content-type': pick(types, random),
    authorization: pick(
      [`Bearer ${token}`, `Bearer ${token}`, `Bearer ${token}`, 'Bearer x', 'Basic Og==', `Basic ${token}`],
      random,
    ),
  };
  if (encoding !== '') headers['content-encoding'] = encoding;
  if (random(6) === 0)
    headers['last-event-id'] = pick(['0', '9999999', '-1', 'log:1', 'end', 'x'.repeat(300)], random);
  if (random(8) === 0) headers['range'] = 'bytes=0-1';
  if (random(8) === 0) headers['if-none-match'] = pick(['*', '"x"', 'W/"'], random);
  if (random(8) === 0) headers['expect'] = pick(['100-continue', 'x'], random);
  const body = encoding === 'gzip' && random(2) === 0 ? gzipSync(text) : text;
  return { method: pick(methods, random), path, headers, body };
}

/** Asks without making the path fit for a URL first; resolves to the status, once the answer is whole or streams. */
function ask(url: string, { method, path, headers, body }: Asked): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, timeout: 15_000 });
    sent.on('response', (response: IncomingMessage) => {
      const status = response.statusCode ?? 0;
      const streams = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
      response.on('error', () => resolve(status));
      if (streams) response.destroy();
      else response.resume().on('end', () => resolve(status));
      if (streams) resolve(status);
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in 15 seconds')));
    sent.on('error', reject);
    sent.end(method === 'GET' || method === 'HEAD' ? undefined : body);
  });
}

test('a node that is asked anything answers, never with a defect, and is there afterwards', async (t) => {
  const place = await sqlitePlace();
  t.after(() => place.remove());
  const settings = {
    BELLTOWER_MAX_BAD_TOKENS_PER_ADDRESS: '1000000',
    BELLTOWER_MAX_REQUESTS_PER_ADDRESS: '1000000',
  };
  await using community = await startCommunity(place.location, settings);
  const { target, node } = community;
  await publishOnce(target, { count: 12 });
  const statuses = new Map<number, number>();
  await fuzz(t, {
    corpus: paths,
    pieces: pathPieces,
    async check(text, random) {
      const path = `/${text.replaceAll(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character.toWellFormed())).replace(/^\/+/, '')}`;
      const asked = question(random, random(2) === 0 ? pick(paths, random) : path, target.token);
      const status = await ask(target.url(), asked);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      assert.ok(
        status < 500 || status === 501 || status === 503,
        `${asked.method} ${asked.path} answered ${status}`,
      );
      assert.doesNotMatch(node().said(), /request\.failed|stream\.failed|publish\.failed/);
    },
  });
  t.diagnostic(
    [...statuses]
      .sort(([one], [other]) => one - other)
      .map(([status, count]) => `${status}: ${count}`)
      .join(', '),
  );
  assert.ok((await publishOnce(target)).positions !== undefined, 'it is there afterwards');
  assert.equal(await node().stop('SIGTERM'), 0);
});

/** What `match` and its like take, spoilt; and cursors that a page gave, spoilt. */
test('TAXII §3.4, §3.5 filters are taken or refused, and a cursor that was changed is refused', async (t) => {
  const place = await sqlitePlace();
  t.after(() => place.remove());
  await using community = await startCommunity(place.location);
  const { target } = community;
  const { ids } = await publishOnce(target, { count: 12 });
  const accept = 'application/taxii+json;version=2.1';
  const get = async (query: string) => {
    const headers = { authorization: `Bearer ${target.token}`, accept };
    const response = await fetch(`${target.url()}${collection}/objects/?${query}`, { headers });
    const body = (await response.json()) as { next?: string; more?: boolean; objects?: { id: string }[] };
    return { status: response.status, body };
  };
  const seen: string[] = [];
  let cursor = '';
  for (let query = 'limit=5'; ; query = `limit=5&next=${cursor}`) {
    const { status, body } = await get(query);
    assert.equal(status, 200);
    seen.push(...(body.objects ?? []).map(({ id }) => id));
    if (body.next === undefined) break;
    cursor = body.next;
  }
  assert.deepEqual(seen, ids, 'cursors lead through the whole');
  assert.equal((await get(`limit=5&next=${cursor}`)).status, 200);
  const filters = [
    'limit=3',
    'added_after=2026-01-01T00:00:00.123456Z',
    `match[id]=${ids[0]},${ids[1]}`,
    'match[type]=indicator,malware',
    'match[version]=all',
    'match[version]=first,last,2026-01-01T00:00:00.000Z',
    'match[spec_version]=2.0,2.1',
    `limit=5&next=${cursor}`,
  ];
  await fuzz(t, {
    corpus: [
      ...filters,
      ...filters.map((filter) => `${filter}&limit=2`),
      `${filters[1]}&${filters[2]}&${filters[4]}`,
    ],
    pieces: pathPieces.filter((piece) => piece !== '#'),
    async check(text) {
      const query = text
        .replaceAll('#', '')
        .replaceAll(/[^\x21-\x7e]/g, (one) => encodeURIComponent(one.toWellFormed()));
      const { status } = await get(query);
      assert.ok([200, 400, 404, 431].includes(status), `${query} answered ${status}`);
      const given = new URLSearchParams(query);
      const next = given.get('next');
      if (next !== null && next !== cursor)
        assert.notEqual(status, 200, `a cursor that nobody gave is taken: ${next}`);
    },
  });
});
