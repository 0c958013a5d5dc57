import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '../../serve.ts';
import { startTestNode } from '../../testing.ts';
import type { Bus } from '../bus/bus.ts';
import { openBus } from '../bus/open-bus.ts';
import { readConfig } from '../config/config.ts';
import type { Platform } from '../platform.ts';

async function get(url: string, init?: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetch(url, init);
  return { status: response.status, text: await response.text() };
}

test('a node that serves is alive and ready, tells everybody so and nothing else', async (t) => {
  const node = await startTestNode(t);
  assert.deepEqual(await get(`${node.url}/healthz`), { status: 200, text: '{"status":"alive"}' });
  assert.deepEqual(await get(`${node.url}/readyz`), { status: 200, text: '{"status":"ready"}' });
  assert.equal((await get(`${node.url}/healthz`, { method: 'HEAD' })).status, 200);
  const wrong = { headers: { authorization: 'Bearer nonsense' } };
  assert.equal((await get(`${node.url}/readyz`, wrong)).status, 200);
});

test('a node whose database does not answer lives and is not ready, says which part, and answers within its bound', async (t) => {
  const lines: string[] = [];
  const logTo = { write: (line: string) => lines.push(line) };
  const node = await startTestNode(t, { BELLTOWER_LOG_LEVEL: 'info' }, { logTo });
  // The same node's platform once more, with a database that has gone.
  const broken = await startTestNode(t);
  const platform: Platform = { ...node.platform, storage: broken.platform.storage };
  await using running = await serve(platform);
  await broken[Symbol.asyncDispose]();
  const started = performance.now();
  const { status, text } = await get(`${running.url}/readyz`);
  assert.ok(performance.now() - started < 3_000);
  assert.equal(status, 503);
  const { title, details } = JSON.parse(text);
  assert.deepEqual({ title, details }, { title: 'unavailable', details: { notReady: ['storage'] } });
  assert.equal((await get(`${running.url}/healthz`)).status, 200);
  await get(`${running.url}/readyz`);
  const told = lines.filter((line) => line.includes('node.unready'));
  assert.equal(told.length, 1, 'it is logged when it changes, not each time somebody asks');
});

test('a node that cannot reach the others is ready, unless it is set up to need them', async (t) => {
  const node = await startTestNode(t);
  const bus: Bus = await openBus({ kind: 'nats', url: 'nats://127.0.0.1:1' });
  t.after(() => bus[Symbol.asyncDispose]());
  assert.equal(bus.connected(), false);
  const statusWith = async (needs: string) => {
    const config = readConfig({ BELLTOWER_PORT: '0', BELLTOWER_READY_NEEDS_BUS: needs });
    await using running = await serve({ ...node.platform, bus, config });
    return await get(`${running.url}/readyz`);
  };
  assert.equal((await statusWith('no')).status, 200);
  const { status, text } = await statusWith('yes');
  assert.equal(status, 503);
  assert.deepEqual(JSON.parse(text).details, { notReady: ['bus'] });
});

test('the figures are shown to whoever has their token, and are not there without one', async (t) => {
  const closed = await startTestNode(t);
  assert.equal((await get(`${closed.url}/metrics`)).status, 404);
  const token = 'a-token-for-the-figures';
  const node = await startTestNode(t, { BELLTOWER_METRICS_TOKEN: token });
  const as = (credentials: string) => get(`${node.url}/metrics`, { headers: { authorization: credentials } });
  assert.equal((await get(`${node.url}/metrics`)).status, 401);
  for (const wrong of [
    `Bearer ${token}x`,
    `Bearer ${node.operator}`,
    `Basic ${btoa(`x:${token}`)}`,
    'Bearer',
  ])
    assert.equal((await as(wrong)).status, 401, wrong);
  const response = await fetch(`${node.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  assert.match(
    await response.text(),
    /^belltower_build_info\{version="[\d.]+",node="v24[^"]*",storage="\w+"\} 1$/m,
  );
});

test('a node that stops is not ready before it refuses connections', async (t) => {
  const node = await startTestNode(t);
  const config = readConfig({ BELLTOWER_PORT: '0', BELLTOWER_SHUTDOWN_DELAY_SECONDS: '1' });
  const running = await serve({ ...node.platform, config });
  const stopped = running[Symbol.asyncDispose]();
  const { status, text } = await get(`${running.url}/readyz`);
  assert.equal(status, 503);
  assert.deepEqual(JSON.parse(text).details, { notReady: ['stopping'] });
  const alive = await fetch(`${running.url}/healthz`);
  assert.equal(alive.status, 200);
  assert.equal(alive.headers.get('connection'), 'close', 'the client connects anew, elsewhere');
  await stopped;
  await assert.rejects(fetch(`${running.url}/healthz`));
});
