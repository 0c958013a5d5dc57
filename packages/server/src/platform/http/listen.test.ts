import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestNode } from '../../testing.ts';
import { openRaw, readToEnd } from './testing.ts';

test('connections beyond what is set are closed at once and counted, and the others go on', async (t) => {
  const node = await startTestNode(t, { BELLTOWER_MAX_CONNECTIONS: '2' });
  const kept = [await openRaw(node.url), await openRaw(node.url)];
  t.after(() => kept.map((socket) => socket.destroy()));
  assert.equal(await readToEnd(await openRaw(node.url)), '');
  const text = await node.platform.metrics.render(assert.ifError);
  assert.match(text, /^belltower_http_connections_dropped_total 1$/m);
  assert.match(text, /^belltower_http_connections 2$/m);
  const [first] = kept;
  assert.ok(first !== undefined);
  first.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  const [answer] = await once(first, 'data');
  assert.match(String(answer), /^HTTP\/1\.1 200 OK/);
});

test('a thousand connections in one moment are all taken, and none has to try again', async (t) => {
  const node = await startTestNode(t);
  const { hostname, port } = new URL(node.url);
  const begun = performance.now();
  // Nothing is accepted while they are opened: the system has to keep them.
  const sockets = Array.from({ length: 1_000 }, () => connect(Number(port), hostname));
  t.after(() => sockets.map((socket) => socket.destroy()));
  const opened = performance.now() - begun;
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const waited = performance.now() - begun - opened;
  // The node ends before they do.
  for (const socket of sockets) socket.on('error', () => undefined);
  assert.ok(waited < 900, `The last has waited for ${waited} ms`);
});

test('an answer that has begun is not spoilt by what is no request behind it', async (t) => {
  const node = await startTestNode(t);
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'public' });
  const socket = await openRaw(node.url);
  const all = readToEnd(socket);
  socket.write('GET /live/collections/fraud HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  socket.write('what is no request\r\n\r\n');
  assert.equal((await all).match(/HTTP\/1\.1 /g)?.length, 1);
});

test('a client that goes in the middle of its request leaves nothing behind', async (t) => {
  const node = await startTestNode(t);
  const begin = `POST /api/organisations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${node.operator}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
  for (let turn = 0; turn < 20; turn += 1) {
    const socket = await openRaw(node.url);
    socket.write(turn % 2 === 0 ? begin : begin.slice(0, 40));
    await sleep(5);
    socket.destroy();
  }
  for (let turn = 0; ; turn += 1) {
    const text = await node.platform.metrics.render(assert.ifError);
    if (/^belltower_http_requests_under_way 0$/m.test(text) && /^belltower_http_connections 0$/m.test(text))
      return;
    assert.ok(turn < 200, `it happens within ten seconds: ${text}`);
    await sleep(50);
  }
});
