import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { connect, Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestNode } from '../../testing.ts';
import { createCollections } from '../collections/index.ts';
import { grantRead, position } from '../exchange/index.ts';
import { openIdentity } from '../identity/index.ts';
import { chunkBytes } from './entry-run.ts';
import type { EndReason } from './live-stream.ts';
import { LiveStream } from './live-stream.ts';
import { LogTails } from './log-tails.ts';
import { OpenStreams } from './open-streams.ts';
import { openTestLog } from './testing-log.ts';
import { Turns } from './turns.ts';

/** Keeps why it was ended. */
class ToldStream extends LiveStream {
  told: EndReason | undefined;

  override end(reason: EndReason, retry?: number): void {
    this.told = reason;
    super.end(reason, retry);
  }
}

test('R3 when a right ends, one look-up for each token tells which of many streams go on, and which cannot be told', async (t) => {
  const node = await startTestNode(t);
  const stays = await node.member('Alpha Telecom');
  const leaves = await node.member('Beta Mobile');
  const unknown = await node.member('Gamma Networks');
  await node.collection({ title: 'Community', alias: 'community', audience: 'community' });
  await using stack = new AsyncDisposableStack();
  const identity = stack.use(await openIdentity(node.platform));
  const collections = createCollections(node.platform, identity);
  const collection = await collections.find('community');
  assert.ok(collection !== undefined);
  let lookUps = 0;
  const counted = {
    access: identity.access,
    async stillValid(actor: Parameters<typeof identity.stillValid>[0]) {
      lookUps += 1;
      if (actor.organisationId === unknown.id) throw new Error('The database is out of reach');
      return identity.stillValid(actor);
    },
  };
  const open = stack.use(
    new OpenStreams({ identity: counted, collections, heartbeat: 60_000, now: () => '', random: () => 0 }),
  );
  const tails = new LogTails(stack.use(await openTestLog(node, stays.token, collection.id)).exchange);
  const openOf = async (token: string) => {
    const actor = await identity.authenticate(token);
    const grant = grantRead(collection, actor);
    assert.ok(grant !== undefined);
    return Array.from({ length: 500 }, () => {
      const response = new ServerResponse(new IncomingMessage(new Socket()));
      const cursor = new Map([[grant.collectionId, position(0)]]);
      const stream = new ToldStream({ response, tails, turns: new Turns(), grants: [grant], cursor });
      open.add(stream, { actor, grants: [grant] });
      return stream;
    });
  };
  const staying = await openOf(stays.token);
  const leaving = await openOf(leaves.token);
  const unchecked = await openOf(unknown.token);
  await node.api('DELETE', `/tokens/${leaves.token.split('_')[1]}`);
  const asked = performance.now();
  while (![...leaving, ...unchecked].every((stream) => stream.told !== undefined)) {
    assert.ok(performance.now() - asked < 1_000, 'They go on');
    await sleep(10);
  }
  assert.equal(lookUps, 3);
  assert.ok(leaving.every(({ told }) => told === 'access-lost'));
  assert.ok(unchecked.every(({ told }) => told === 'unavailable'));
  assert.ok(staying.every(({ told }) => told === undefined));
});

test('R4 a reader that takes nothing holds one chunk beyond the buffer of its connection, and not what it is behind', {
  timeout: 60_000,
}, async (t) => {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  const collection = await node.collection({ title: 'Community', audience: 'community' });
  await using stack = new AsyncDisposableStack();
  const log = stack.use(await openTestLog(node, alpha.token, collection));
  const tails = new LogTails(log.exchange);
  const turns = new Turns();
  const responses: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    responses.push(response);
    const cursor = new Map([[log.grant.collectionId, position(0)]]);
    void new LiveStream({ response, tails, turns, grants: [log.grant], cursor }).run();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(() => void server.close());
  stack.defer(() => server.closeAllConnections());
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const readers = 100;
  for (let reader = 0; reader < readers; reader += 1) {
    const socket = connect(address.port, '127.0.0.1');
    stack.defer(() => void socket.destroy());
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: node\r\n\r\n');
  }
  while (responses.length < readers) await sleep(10);
  const before = process.memoryUsage().arrayBuffers;
  // More than the system keeps for a connection, in objects of 30 kB.
  for (let round = 0; round < 20; round += 1) {
    await log.publish(
      Array.from({ length: 20 }, () => 'large'),
      { description: 'x'.repeat(30_000) },
    );
  }
  await sleep(600);
  const blocked = responses.filter((response) => response.writableNeedDrain);
  assert.ok(blocked.length > readers / 2, `${blocked.length} readers are behind`);
  for (const { writableLength } of responses) {
    assert.ok(writableLength <= chunkBytes + 70_000, `A reader holds ${writableLength} bytes`);
  }
  const grown = process.memoryUsage().arrayBuffers - before;
  // The tail's own 8 MB, pages of half a second, and what is not collected yet; together the readers are 800 MB behind.
  assert.ok(grown < 80_000_000, `${readers} readers took ${grown} bytes`);
});

test('a node that stops tells each stream when to come back, and not all of them at the same moment', async () => {
  const node = await startTestNode(undefined, { BELLTOWER_MAX_STREAMS_PER_TOKEN: '100' });
  const { token } = await node.member('Beta Mobile');
  await node.collection({ title: 'One', alias: 'one', audience: 'community' });
  const headers = { authorization: `Bearer ${token}` };
  const open = await Promise.all(
    Array.from({ length: 60 }, () => fetch(`${node.url}/live/collections/one`, { headers })),
  );
  await sleep(100);
  const texts = Promise.all(open.map((response) => response.text()));
  await node[Symbol.asyncDispose]();
  const retries = (await texts).map((text) => Number(/retry: (\d+)\nevent: end\n/.exec(text)?.[1]));
  for (const retry of retries) assert.ok(retry >= 500 && retry <= 800, String(retry));
  assert.ok(new Set(retries).size > 10);
});

test('without a token an address has its own places, the node has some for all of them, and a refusal says which are taken', async (t) => {
  const node = await startTestNode(t, {
    BELLTOWER_MAX_STREAMS_PER_ADDRESS: '2',
    BELLTOWER_MAX_STREAMS_WITHOUT_TOKEN: '3',
    BELLTOWER_TRUSTED_PROXIES: '127.0.0.1',
  });
  await node.collection({ title: 'Public', alias: 'public', audience: 'public' });
  const ask = async (headers: Readonly<Record<string, string>>) => {
    const abort = new AbortController();
    const response = await fetch(`${node.url}/live/collections/public`, { headers, signal: abort.signal });
    const message = response.status === 200 ? '' : await response.text();
    return {
      status: response.status,
      message,
      retry: response.headers.get('retry-after'),
      close: () => abort.abort(),
    };
  };
  const from = (address: string) => ask({ 'x-forwarded-for': address });
  const first = await from('198.51.100.1');
  assert.deepEqual([first.status, (await from('198.51.100.1')).status], [200, 200]);
  const third = await from('198.51.100.1');
  assert.deepEqual([third.status, third.retry], [429, '30']);
  assert.match(third.message, /one address may hold 2 streams/);
  assert.equal((await from('2001:db8::1')).status, 200);
  const beyond = await from('203.0.113.9');
  assert.equal(beyond.status, 429);
  assert.match(beyond.message, /The 3 streams .* without a token are taken/);
  assert.equal((await ask({ authorization: `Bearer ${node.operator}` })).status, 200);
  first.close();
  for (let waited = 0; (await from('2001:db8:0:0:ffff::2')).status !== 200; waited += 20) {
    assert.ok(waited < 2_000, 'The place is not given back');
    await sleep(20);
  }
  assert.match((await from('2001:db8::3')).message, /are taken/);
});
