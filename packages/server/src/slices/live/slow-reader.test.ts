import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestNode } from '../../testing.ts';
import { bundle, indicator } from '../../testing-objects.ts';

test('L6, R4 a slow reader is not sent what was withdrawn while it waited', {
  timeout: 20_000,
}, async (t) => {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  await node.collection({ title: 'Community', alias: 'community', audience: 'community' });
  // More than the buffers between the node and a reader hold, in one page of the log.
  const objects = Array.from({ length: 40 }, () => indicator({ description: 'x'.repeat(190_000) }));
  const path = '/collections/community/objects';
  await node.api('POST', path, { token: alpha.token, body: bundle(...objects) });

  const request = get(`${node.url}/live/collections/community`, {
    headers: { authorization: `Bearer ${alpha.token}` },
  });
  t.after(() => request.destroy());
  const [response]: IncomingMessage[] = await once(request, 'response');
  assert.ok(response !== undefined);
  await sleep(700);
  const last = objects.slice(-5).map(({ id }) => id);
  for (const id of last) await node.api('DELETE', `${path}/${id}`, { token: alpha.token });

  let text = '';
  let withdrawals = 0;
  for await (const chunk of response) {
    text += String(chunk);
    withdrawals = text.split('"kind":"withdrawal"').length - 1;
    if (withdrawals >= 2 * last.length) break;
  }
  for (const id of last) assert.ok(!text.includes(`"id":"${id}","created"`), `${id} was sent`);
});

test('HEAD of a stream answers with its headers and holds no place', async (t) => {
  const node = await startTestNode(t, { BELLTOWER_MAX_STREAMS_PER_TOKEN: '1' });
  await node.collection({ title: 'Community', alias: 'community', audience: 'community' });
  const headers = { authorization: `Bearer ${node.operator}` };
  const address = `${node.url}/live/collections/community`;
  for (let asked = 0; asked < 3; asked += 1) {
    const answer = await fetch(address, { method: 'HEAD', headers, signal: AbortSignal.timeout(5_000) });
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'text/event-stream']);
  }
  const stream = await fetch(address, { headers });
  assert.equal(stream.status, 200);
  await stream.body?.cancel();
});
