import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { test } from 'node:test';
import fc from 'fast-check';
import { startTestNode } from '../../testing.ts';
import { bundle, indicator } from '../../testing-objects.ts';
import type { SeenEvent } from './testing.ts';
import { entriesOf, readLive } from './testing.ts';

async function start(
  t: Parameters<typeof startTestNode>[0],
  settings: Readonly<Record<string, string>> = {},
) {
  const node = await startTestNode(t, settings);
  const alpha = await node.member('Alpha Telecom');
  const beta = await node.member('Beta Mobile');
  const one = await node.collection({ title: 'One', alias: 'one', audience: 'community' });
  const two = await node.collection({
    title: 'Two',
    alias: 'two',
    audience: 'organisations',
    members: [
      { kind: 'organisation', id: alpha.id, write: true },
      { kind: 'organisation', id: beta.id },
    ],
  });
  const publish = (alias: string, count = 1, more: Readonly<Record<string, unknown>> = {}) =>
    node.api('POST', `/collections/${alias}/objects`, {
      token: alpha.token,
      body: bundle(...Array.from({ length: count }, () => indicator(more))),
    });
  return { node, alpha, beta, one, two, publish };
}

const positions = (events: readonly SeenEvent[]) => entriesOf(events).map((entry) => entry['position']);
const upTo = (count: number) => (events: readonly SeenEvent[]) => entriesOf(events).length >= count;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('R1 reading from a position returns what comes after it, in order', async (t) => {
  const { node, beta, publish } = await start(t);
  await publish('one', 30);
  const address = `${node.url}/live/collections/one`;
  assert.deepEqual(positions(await readLive(address, { token: beta.token, enough: upTo(30) })), range(1, 30));
  assert.deepEqual(
    positions(await readLive(`${address}?after=12`, { token: beta.token, enough: upTo(18) })),
    range(13, 30),
  );
  const fresh = readLive(`${address}?after=end`, { token: beta.token, enough: upTo(2) });
  await new Promise((resolve) => setTimeout(resolve, 150));
  await publish('one', 2);
  assert.deepEqual(positions(await fresh), [31, 32]);
});

test('R2 a reader whose connection breaks anywhere misses nothing and sees nothing twice', async (t) => {
  const { node, beta, publish } = await start(t);
  const address = `${node.url}/live/collections/one`;
  let published = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 7 }),
      async (bundles, cut) => {
        const first = published + 1;
        const publishing = (async () => {
          for (const size of bundles) await publish('one', size);
        })();
        const total = bundles.reduce((sum, size) => sum + size, 0);
        const seen: unknown[] = [];
        let last = String(published);
        while (seen.length < total) {
          const events = await readLive(address, {
            token: beta.token,
            lastEventId: last,
            enough: upTo(Math.min(cut, total - seen.length)),
          });
          const taken = events.filter((event) => event.event === 'entry').slice(0, cut);
          seen.push(...positions(taken));
          last = taken.at(-1)?.id ?? last;
        }
        await publishing;
        published += total;
        assert.deepEqual(seen, range(first, published));
      },
    ),
    { numRuns: 12 },
  );
});

test('R2 several collections in one stream resume from a compound cursor', async (t) => {
  const { node, beta, one, two, publish } = await start(t);
  await publish('one', 5);
  await publish('two', 5);
  const address = `${node.url}/live?collections=one,two`;
  const first = await readLive(address, { token: beta.token, enough: upTo(4) });
  const taken = first.filter((event) => event.event === 'entry').slice(0, 4);
  const resume = taken.at(-1)?.id ?? '';
  assert.match(resume, new RegExp(`^${one}:\\d+,${two}:\\d+$`));
  const rest = await readLive(address, { token: beta.token, lastEventId: resume, enough: upTo(6) });
  for (const id of [one, two]) {
    const mine = entriesOf([...taken, ...rest]).filter((entry) => entry['collection'] === id);
    assert.deepEqual(
      mine.map((entry) => entry['position']),
      range(1, 5),
    );
  }
});

for (const [name, lose] of [
  [
    'its token is revoked',
    async ({ node, beta }) => node.api('DELETE', `/tokens/${beta.token.split('_')[1]}`),
  ],
  [
    'its organisation leaves the collection',
    async ({ node }) => node.api('PATCH', '/collections/two', { body: { members: [] } }),
  ],
  [
    'its organisation is suspended',
    async ({ node, beta }) => node.api('PATCH', `/organisations/${beta.id}`, { body: { suspended: true } }),
  ],
] as const satisfies readonly (readonly [
  string,
  (parts: Awaited<ReturnType<typeof start>>) => Promise<unknown>,
])[]) {
  test(`R3 an open stream ends within a second when ${name}`, async (t) => {
    const parts = await start(t);
    const { node, beta, publish } = parts;
    await publish('two');
    const stream = readLive(`${node.url}/live/collections/two`, { token: beta.token, enough: upTo(2) });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const asked = performance.now();
    await lose(parts);
    const events = await stream;
    assert.ok(performance.now() - asked < 1_000);
    assert.deepEqual(JSON.parse(events.at(-1)?.data ?? ''), { reason: 'access-lost' });
    await publish('two');
    await assert.rejects(
      readLive(`${node.url}/live/collections/two`, { token: beta.token, enough: upTo(1) }),
      /40[14]/,
    );
  });
}

test('R4 a reader that takes nothing slows nobody, and gets everything when it goes on', async (t) => {
  const { node, beta, publish } = await start(t);
  const request = get(`${node.url}/live/collections/one`, {
    headers: { authorization: `Bearer ${beta.token}` },
  });
  const [response] = await once(request, 'response');
  response.pause();
  const quick = readLive(`${node.url}/live/collections/one`, { token: beta.token, enough: upTo(3_000) });
  for (let round = 0; round < 30; round += 1) await publish('one', 100, { description: 'd'.repeat(2_000) });
  assert.deepEqual(positions(await quick), range(1, 3_000));
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += chunk;
    if (text.includes('\nid: 3000\n') && text.endsWith('\n\n')) break;
  }
  request.destroy();
  const ids = [...text.matchAll(/event: entry\nid: (\d+)\n/g)].map((match) => Number(match[1]));
  assert.deepEqual(ids, range(1, 3_000));
});

test('R4 a withdrawal reaches streams that are up to date, and the entry that it took away is not sent again', async (t) => {
  const { node, alpha, beta, publish } = await start(t);
  const object = indicator({ name: 'TAKEN-AWAY' });
  await node.api('POST', '/collections/one/objects', { token: alpha.token, body: bundle(object) });
  const first = readLive(`${node.url}/live/collections/one`, { token: beta.token, enough: upTo(2) });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await node.api('DELETE', `/collections/one/objects/${object.id}`, { token: alpha.token });
  assert.deepEqual(
    entriesOf(await first).map((entry) => entry['kind']),
    ['object', 'withdrawal'],
  );
  const keepsTailOpen = readLive(`${node.url}/live/collections/one`, { token: alpha.token, enough: upTo(3) });
  const again = await readLive(`${node.url}/live/collections/one`, { token: beta.token, enough: upTo(2) });
  assert.ok(!JSON.stringify(again).includes('TAKEN-AWAY'));
  await publish('one');
  await keepsTailOpen;
});

test('a stream beats while nothing happens', async (t) => {
  const { node, beta } = await start(t, { BELLTOWER_HEARTBEAT_SECONDS: '1' });
  const events = await readLive(`${node.url}/live/collections/one`, {
    token: beta.token,
    enough: (seen) => seen.filter((event) => event.event === 'heartbeat').length === 2,
  });
  assert.equal(events.length, 2);
});

test('whoever has no right to a stream, or brings a cursor that was made up, is told so', async (t) => {
  const { node, beta, publish } = await start(t, { BELLTOWER_MAX_STREAMS_PER_TOKEN: '2' });
  await publish('one', 3);
  const gamma = await node.member('Gamma');
  const status = async (path: string, token?: string, lastEventId?: string) => {
    const abort = new AbortController();
    const response = await fetch(`${node.url}/live${path}`, {
      signal: abort.signal,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(lastEventId && { 'last-event-id': lastEventId }),
      },
    });
    const type = response.headers.get('content-type');
    const body = response.status === 200 ? undefined : await response.json();
    if (response.status !== 200) assert.equal(type, 'application/problem+json');
    return { status: response.status, body, close: () => abort.abort() };
  };
  const table = [
    ['/collections/one', undefined, undefined, 401],
    ['/collections/one', 'bt_0000000000000000_wrong', undefined, 401],
    ['/collections/two', gamma.token, undefined, 404],
    ['/collections/none', gamma.token, undefined, 404],
    ['', gamma.token, undefined, 400],
    ['?collections=one,two', gamma.token, undefined, 404],
    ['/collections/one?after=4', gamma.token, undefined, 400],
    ['/collections/one?from=end', gamma.token, undefined, 400],
    ['/collections/one?after=-1', gamma.token, undefined, 400],
    ['/collections/one?after=1e9', gamma.token, undefined, 400],
    ['/collections/one', gamma.token, 'nonsense', 400],
    ['/collections/one', gamma.token, '00000000-0000-4000-8000-000000000000:1', 400],
  ] as const;
  for (const [path, token, lastEventId, expected] of table) {
    assert.equal((await status(path, token, lastEventId)).status, expected, `${path} ${lastEventId ?? ''}`);
  }
  const open = [await status('/collections/one', beta.token), await status('/collections/one', beta.token)];
  assert.equal((await status('/collections/one', beta.token)).status, 429);
  for (const stream of open) stream.close();
});

test('a node that stops tells its streams and is gone within its grace', async () => {
  const node = await startTestNode();
  const beta = await node.member('Beta Mobile');
  await node.collection({ title: 'One', alias: 'one', audience: 'community' });
  const stream = readLive(`${node.url}/live/collections/one`, { token: beta.token, enough: upTo(1) });
  await new Promise((resolve) => setTimeout(resolve, 150));
  await node[Symbol.asyncDispose]();
  assert.deepEqual(JSON.parse((await stream).at(-1)?.data ?? ''), { reason: 'shutting-down' });
});
