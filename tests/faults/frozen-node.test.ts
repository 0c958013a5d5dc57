import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeEngines } from '../../packages/server/src/platform/storage/testing.ts';
import { follow, followerKinds } from '../support/follower.ts';
import { checkLedger, keepPublishing, publishOnce } from '../support/ledger.ts';
import { privatePostgres } from '../support/private-postgres.ts';
import { positionsOf, readLog } from '../support/read-log.ts';
import { startServing } from '../support/serving-node.ts';
import { startCommunity } from '../support/start-community.ts';

// A process that is stopped and goes on later, as a debugger, a hypervisor or a laptop's lid does it: nothing is lost or
// doubled, and no other node waits for it for longer than is said.

const seconds = Number(process.env['BELLTOWER_TEST_FREEZE_SECONDS'] ?? 3);

describeEngines('a node that stands still for a while', (place) => {
  test('L4, L5, R2 clients wait or give up, and nothing is lost, doubled, or missed', async (t) => {
    const here = await place();
    t.after(() => here.remove());
    await using community = await startCommunity(here.location);
    const { target } = community;
    await using stack = new AsyncDisposableStack();
    const followers = followerKinds.map((kind) => stack.use(follow(kind, target)));
    // Some publishers give up while the node stands still; some wait for it.
    await using impatient = keepPublishing(target, { publishers: 3, patience: seconds * 500 });
    await using patient = keepPublishing(target, { publishers: 3, patience: seconds * 1_000 + 60_000 });
    for (let round = 0; round < 2; round += 1) {
      await sleep(700 + Math.random() * 300);
      community.node().signal('SIGSTOP');
      await sleep(seconds * 1_000);
      community.node().signal('SIGCONT');
    }
    await sleep(700);
    await Promise.all([impatient.stop(), patient.stop()]);
    const marker = await publishOnce(target);
    for (const follower of followers) {
      await follower.until(marker.ids[0] ?? '', 60_000);
      await follower.stop();
      assert.deepEqual(follower.seen, followers[0]?.seen, follower.kind);
    }
    const log = positionsOf(followers[0]?.seen ?? []);
    for (const { positions, status } of patient.sent) {
      assert.ok(positions !== undefined || status === 503, `whoever waits is answered, not ${status}`);
    }
    const { there, absent } = checkLedger(log, [...impatient.sent, ...patient.sent]);
    const waited = patient.sent.filter(({ positions }) => positions !== undefined).length;
    t.diagnostic(
      `${log.size} entries; ${waited} waited; gave up: ${there} published all the same, ${absent} not`,
    );
  });
});

test('L5 a node that is stopped while it holds the lock of a log keeps the other nodes from it for ten seconds at the most', async (t) => {
  using postgres = await privatePostgres();
  const location = { kind: 'postgres', url: postgres.url } as const;
  await using first = await startCommunity(location);
  await using second = await startServing(location);
  const other = { ...first.target, url: () => second.url };
  await using publishing = keepPublishing(first.target, { publishers: 8, patience: 60_000 });
  // The transaction that appends is the one that has an xid: locking a row takes one.
  const held = `select count(*) from pg_stat_activity
    where application_name = 'belltower write' and state = 'idle in transaction' and backend_xid is not null`;
  let caught = false;
  for (let attempt = 0; attempt < 300 && !caught; attempt += 1) {
    first.node().signal('SIGSTOP');
    // What it had sent has been answered by then.
    await sleep(30);
    caught = postgres.query(held) === '1';
    if (!caught) first.node().signal('SIGCONT');
    await sleep(caught ? 0 : Math.random() * 20);
  }
  assert.ok(caught, 'the first node was stopped in the middle of a transaction');
  const started = performance.now();
  const waiting = await publishOnce(other);
  const waited = (performance.now() - started) / 1_000;
  assert.ok(waiting.positions !== undefined, `the second node publishes: ${waiting.status}`);
  assert.ok(waited < 18, `it waited ${waited} s`);
  const free = performance.now();
  assert.ok((await publishOnce(other)).positions !== undefined);
  const next = performance.now() - free;
  first.node().signal('SIGCONT');
  await sleep(500);
  await publishing.stop();
  const { there, absent } = checkLedger(await readLog(other), [...publishing.sent, waiting]);
  for (const { positions, status } of publishing.sent) {
    assert.ok(
      positions !== undefined || status === 503,
      `who published by the stopped node is told so, not ${status}`,
    );
  }
  t.diagnostic(
    `the second node waited ${waited.toFixed(1)} s, then ${next.toFixed(0)} ms; of what the first could not answer ${there} there, ${absent} not`,
  );
});
