import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { follow } from '../support/follower.ts';
import { keepPublishing, publishOnce } from '../support/ledger.ts';
import { privateNats } from '../support/private-nats.ts';
import { privatePostgres } from '../support/private-postgres.ts';
import { startServing } from '../support/serving-node.ts';
import { startCommunity } from '../support/start-community.ts';

// NATS only wakes: without it entries come later, and none is missed.

/** How long an entry takes from one node's publisher to a stream on the other, in milliseconds. */
const late = 15_000;

test('R2, R5 streams on another node miss nothing while NATS is away, stands still, and comes back', async (t) => {
  using postgres = await privatePostgres();
  await using nats = await privateNats();
  const location = { kind: 'postgres', url: postgres.url } as const;
  const settings = { BELLTOWER_NATS_URL: nats.url };
  await using first = await startCommunity(location, settings);
  await using second = await startServing(location, settings);
  const other = { ...first.target, url: () => second.url };
  await using one = follow('stream', other);
  await using another = follow('stream', other);
  const streams = [one, another];
  const arrival = async () => {
    const sent = await publishOnce(first.target);
    assert.ok(sent.positions !== undefined, `publishing needs no NATS: ${sent.status}`);
    const started = performance.now();
    for (const stream of streams) await stream.until(sent.ids[0] ?? '', late);
    return performance.now() - started;
  };
  const told: string[] = [];
  const measure = async (what: string) => {
    let slowest = 0;
    for (let time = 0; time < 3; time += 1) slowest = Math.max(slowest, await arrival());
    told.push(`${what} ${slowest.toFixed(0)} ms`);
  };
  await using publishing = keepPublishing(first.target, { publishers: 2, pause: 30 });
  await measure('with NATS');
  await nats.signal('SIGKILL');
  await measure('gone');
  await nats.start();
  await sleep(6_000);
  await measure('back');
  await nats.signal('SIGSTOP');
  await measure('standing still');
  await nats.signal('SIGCONT');
  await sleep(1_000);
  await measure('going on');
  await publishing.stop();
  // The last entry of all is the one that no later wake-up makes up for.
  await nats.signal('SIGKILL');
  await arrival();
  assert.deepEqual(one.seen, another.seen);
  for (const stream of streams) await stream.stop();
  t.diagnostic(`slowest of three entries, node to node: ${told.join(', ')}`);
});
