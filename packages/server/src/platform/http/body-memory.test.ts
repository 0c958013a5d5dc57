import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { readConfig } from '../config/config.ts';
import { createLog } from '../telemetry/log.ts';
import { createApp } from './app.ts';
import { readText } from './body.ts';
import type { RequestBounds } from './request-bounds.ts';
import { openRaw } from './testing.ts';

test('a body counts until the work on it has ended, whether its client waits for that, goes, or was refused', async (t) => {
  const random = { bytes: (count: number) => new Uint8Array(count), uuid: () => 'id' };
  const config = readConfig({ BELLTOWER_MAX_BODY_BYTES: '1024' });
  const app = createApp({ random, config, log: createLog('silent') });
  let bounds: RequestBounds | undefined;
  let work = Promise.withResolvers<void>();
  let begun = Promise.withResolvers<void>();
  app.post('/', async (context) => {
    bounds = context.get('bounds');
    const text = await readText(context);
    begun.resolve();
    await work.promise;
    return context.text(text);
  });
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const url = `http://127.0.0.1:${address.port}/`;
  const taken = () => bounds?.bodyMemory.taken;
  const becomes = async (octets: number) => {
    for (let tries = 0; taken() !== octets && tries < 100; tries += 1) await sleep(10);
    assert.equal(taken(), octets);
  };

  const answered = fetch(url, { method: 'POST', body: 'x'.repeat(100) });
  await begun.promise;
  assert.equal(taken(), 100);
  work.resolve();
  await (await answered).text();
  await becomes(0);

  work = Promise.withResolvers();
  begun = Promise.withResolvers();
  const gone = await openRaw(url);
  gone.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n${'x'.repeat(100)}`);
  await begun.promise;
  gone.destroy();
  await sleep(50);
  assert.equal(taken(), 100, 'nobody waits for the answer, and the work goes on');
  work.resolve();
  await becomes(0);

  const broken = await openRaw(url);
  broken.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n${'x'.repeat(50)}`);
  await becomes(50);
  broken.destroy();
  await becomes(0);

  const chunked = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(2_000));
      controller.close();
    },
  });
  await fetch(url, { method: 'POST', body: chunked, duplex: 'half' } as RequestInit).then(
    (response) => assert.equal(response.status, 413),
    () => undefined,
  );
  await becomes(0);
});
