import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestPlace } from '../packages/server/src/platform/storage/testing.ts';
import { describeEngines } from '../packages/server/src/platform/storage/testing.ts';
import { type Follower, follow, followerKinds } from './support/follower.ts';
import { checkLedger, keepPublishing, publishOnce, type Sent, type Target } from './support/ledger.ts';
import { positionsOf, readLog } from './support/read-log.ts';
import { type ServingNode, startServing } from './support/serving-node.ts';

// A node in a process of its own is ended in the middle of its work, by force and in order, and has to come back with
// everything that it said yes to. Readers of every kind go on across each end and have to miss nothing.

const rounds = Number(process.env['BELLTOWER_TEST_CRASHES'] ?? 5);

/** A node on the same data again and again, with one collection. */
async function firstStart(place: TestPlace): Promise<{ node: ServingNode; token: string }> {
  const node = await startServing(place.location);
  const token = node.operator;
  const made = await fetch(`${node.url}/api/collections`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Log', alias: 'log', audience: 'community' }),
  });
  assert.equal(made.status, 201, await made.text());
  return { node, token };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, 'it did not come so far in 20 seconds');
    await sleep(5);
  }
}

/** Publishes once more, waits until every reader has that, and compares what they saw. */
async function caughtUp(
  target: Target,
  followers: readonly Follower[],
): Promise<ReadonlyMap<string, number>> {
  const marker = await publishOnce(target);
  const [id = ''] = marker.ids;
  assert.ok(marker.positions !== undefined, `the node takes objects again: ${marker.status}`);
  for (const follower of followers) await follower.until(id);
  const [stream, ...others] = followers;
  const log = stream?.seen ?? [];
  for (const { kind, seen } of others)
    assert.deepEqual(seen, log, `the reader by ${kind} saw what the stream saw`);
  return positionsOf(log);
}

describeEngines('a node that is ended in the middle of its work', (place) => {
  test('L4, R2 everything acknowledged survives kill -9, no reader misses it, and the node starts by itself', async (t) => {
    const here = await place();
    t.after(() => here.remove());
    let { node, token } = await firstStart(here);
    t.after(() => node[Symbol.asyncDispose]());
    const target: Target = { url: () => node.url, token, collection: 'log' };
    await using stack = new AsyncDisposableStack();
    const followers = followerKinds.map((kind) => stack.use(follow(kind, target)));
    const sent: Sent[] = [];
    let slowest = 0;
    for (let round = 1; round <= rounds; round += 1) {
      await using publishing = keepPublishing(target, { endAtFailure: true });
      await until(() => publishing.acknowledged() > 0);
      await sleep(Math.random() * 700);
      assert.equal(await node.stop('SIGKILL'), null);
      await publishing.stop();
      sent.push(...publishing.sent);
      const started = performance.now();
      node = await startServing(here.location);
      slowest = Math.max(slowest, performance.now() - started);
      checkLedger(await caughtUp(target, followers), sent);
    }
    for (const follower of followers) await follower.stop();
    const log = await readLog(target);
    const { there, absent } = checkLedger(log, sent);
    const acknowledged = sent.filter(({ positions }) => positions !== undefined).length;
    assert.ok(acknowledged >= rounds);
    t.diagnostic(
      `${rounds} kills: ${log.size} entries, ${acknowledged} bundles acknowledged and all there; without an answer ${there} there, ` +
        `${absent} not; slowest start ${(slowest / 1_000).toFixed(1)} s; ` +
        followers.map((one) => `${one.kind} broke ${one.breaks()} times`).join(', '),
    );
  });

  test('L4 at SIGTERM every request is answered and durable, or refused and not there, and the exit code is 0', async (t) => {
    const here = await place();
    t.after(() => here.remove());
    let { node, token } = await firstStart(here);
    t.after(() => node[Symbol.asyncDispose]());
    const target: Target = { url: () => node.url, token, collection: 'log' };
    const sent: Sent[] = [];
    for (let round = 1; round <= Math.min(rounds, 10); round += 1) {
      await using publishing = keepPublishing(target, { endAtFailure: true });
      await until(() => publishing.acknowledged() > 5);
      await sleep(Math.random() * 300);
      assert.equal(await node.stop('SIGTERM'), 0, 'it ends in order');
      await publishing.stop();
      sent.push(...publishing.sent);
      node = await startServing(here.location);
      const { there } = checkLedger(await readLog(target), sent);
      assert.equal(there, 0, 'nothing was published that was not answered');
    }
  });
});
