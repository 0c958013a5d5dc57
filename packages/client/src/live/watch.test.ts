import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientError } from '../client-error.ts';
import { type Answer, hangUp, json, startScriptedServer } from '../testing/scripted-server.ts';
import type { LiveEntry } from './live-entry.ts';
import { type WatchOptions, type WatchState, watch } from './watch.ts';

function entry(position: number): string {
  const object = `{"id":"x--${position}","n":1.50}`;
  return `event: entry\nid: ${position}\ndata: {"collection":"c","position":${position},"added":"t","kind":"object","publisher":",\\"object\\":","object":${object}}\n\n`;
}

const stream = { 'Content-Type': 'text/event-stream' };

/** Sends entries and closes. */
function entries(...positions: readonly number[]): Answer {
  return (_request, response) => {
    response.writeHead(200, stream);
    response.end(`retry: 20\n\n${positions.map(entry).join('')}`);
  };
}

function options(url: string, more: Partial<WatchOptions> = {}): WatchOptions {
  return { fetch, random: () => 0.5, url, collections: ['c'], ...more };
}

async function take(count: number, from: WatchOptions): Promise<readonly LiveEntry[]> {
  const taken: LiveEntry[] = [];
  for await (const item of watch(from)) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

test('R2 Watching goes on after the last entry when the connection breaks, the node restarts or is away for a while', async () => {
  await using server = await startScriptedServer(
    entries(1, 2),
    hangUp,
    json(503, {}),
    (_request, response) => {
      response.writeHead(200, stream);
      // Half an event is lost with its connection.
      response.write(`${entry(3)}${entry(4).slice(0, 40)}`, () => response.destroy());
    },
    entries(4, 5),
  );
  const states: WatchState[] = [];
  const taken = await take(5, options(server.url, { onState: (state) => states.push(state) }));
  assert.deepEqual(
    taken.map((item) => [item.position, item.cursor]),
    [1, 2, 3, 4, 5].map((position) => [position, String(position)]),
  );
  assert.deepEqual(
    server.requests.map(({ headers }) => headers['last-event-id']),
    [undefined, '2', '2', '2', '3'],
  );
  assert.equal(states.filter((state) => state.kind === 'waiting').length, 4);
  assert.equal(states.filter((state) => state.kind === 'connected').length, 3);
});

test('An entry holds the object as it was published', async () => {
  await using server = await startScriptedServer(entries(1));
  const [first] = await take(1, options(server.url));
  assert.equal(first?.kind === 'object' ? first.objectText : undefined, '{"id":"x--1","n":1.50}');
  assert.equal(first?.publisher, ',"object":');
});

test('A withdrawal names what was withdrawn', async () => {
  const data = {
    collection: 'c',
    position: 3,
    added: 't',
    kind: 'withdrawal',
    publisher: null,
    id: 'x--1',
    version: 'v',
    object: null,
  };
  await using server = await startScriptedServer((_request, response) => {
    response.writeHead(200, stream);
    response.write(`event: entry\nid: 3\ndata: ${JSON.stringify(data)}\n\n`);
  });
  const [first] = await take(1, options(server.url));
  assert.ok(first?.kind === 'withdrawal');
  assert.deepEqual([first.id, first.version, first.publisher], ['x--1', 'v', undefined]);
});

for (const [status, code] of [
  [400, 'bad-cursor'],
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
] as const) {
  test(`A ${status} ends watching at once with the server's reason`, async () => {
    await using server = await startScriptedServer(
      json(status, { type: `urn:belltower:problem:${code}`, detail: 'No.' }),
    );
    await assert.rejects(
      take(1, options(server.url)),
      (error) => error instanceof ClientError && error.code === code && error.status === status,
    );
    assert.equal(server.requests.length, 1);
  });
}

test('R3 A stream that ends because the right to read ended is not opened again', async () => {
  await using server = await startScriptedServer((_request, response) => {
    response.writeHead(200, stream);
    response.end('event: end\ndata: {"reason":"access-lost"}\n\n');
  });
  await assert.rejects(
    take(1, options(server.url)),
    (error) => error instanceof ClientError && error.code === 'access-lost',
  );
});

test('A node that is stopping is waited for', async () => {
  await using server = await startScriptedServer((_request, response) => {
    response.writeHead(200, stream);
    response.end('retry: 1\n\nevent: end\ndata: {"reason":"shutting-down"}\n\n');
  }, entries(1));
  assert.equal((await take(1, options(server.url))).length, 1);
});

test('Of a thousand readers of a node that stops, each waits as long as it was told, and a while by chance', async () => {
  await using server = await startScriptedServer((_request, response) => {
    response.writeHead(200, stream);
    response.end('retry: 1000\n\nretry: 3700\nevent: end\ndata: {"reason":"shutting-down"}\n\n');
  }, entries(1));
  const waits: number[] = [];
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  await take(1, options(server.url, { sleep, random: () => 0.25 }));
  assert.deepEqual(waits, [3_700 + 925]);
});

test('A silent connection is given up and made anew', async () => {
  await using server = await startScriptedServer((_request, response) => {
    response.writeHead(200, stream);
    response.write(`retry: 5\n\n${entry(1)}`);
  }, entries(2));
  const taken = await take(2, options(server.url, { patience: 100 }));
  assert.deepEqual(
    taken.map((item) => item.position),
    [1, 2],
  );
});

test('What the server asks to wait for is waited for', async () => {
  await using server = await startScriptedServer(json(429, {}, { 'Retry-After': '9' }), entries(1));
  const waits: number[] = [];
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  await take(1, options(server.url, { sleep }));
  assert.deepEqual(waits, [9_500]);
});

test('Several collections come as one stream; the place from which to go on is known before the first entry', async () => {
  await using server = await startScriptedServer((_request, response) => {
    response.writeHead(200, stream);
    response.end('retry: 1\nid: a:4,b:7\n\n');
  }, entries(8));
  await take(1, options(server.url, { collections: ['a', 'b/'], cursor: 'end' }));
  assert.deepEqual(
    server.requests.map(({ url, headers }) => [url, headers['last-event-id']]),
    [
      ['/live?collections=a,b%2F&after=end', undefined],
      ['/live?collections=a,b%2F', 'a:4,b:7'],
    ],
  );
});

test('An aborted signal ends watching, while it reads and while it waits', async () => {
  await using server = await startScriptedServer((_request, response) => {
    response.writeHead(200, stream);
    response.write(entry(1));
  });
  const reason = new Error('enough');
  const abort = new AbortController();
  setTimeout(() => abort.abort(reason), 50);
  await assert.rejects(take(2, options(server.url, { signal: abort.signal })), (error) => error === reason);
  const waiting = AbortSignal.timeout(50);
  await assert.rejects(
    take(1, options('http://127.0.0.1:9', { signal: waiting, random: () => 1 })),
    (error) => error === waiting.reason,
  );
});

test('What is no event stream ends watching', async () => {
  await using server = await startScriptedServer(json(200, {}));
  await assert.rejects(
    take(1, options(server.url)),
    (error) => error instanceof ClientError && error.code === 'unexpected-answer',
  );
});
