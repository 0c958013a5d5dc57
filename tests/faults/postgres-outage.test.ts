import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Follower, follow, followerKinds } from '../support/follower.ts';
import { checkLedger, keepPublishing, publishOnce, type Sent, type Target } from '../support/ledger.ts';
import { privatePostgres } from '../support/private-postgres.ts';
import { positionsOf } from '../support/read-log.ts';
import { startServing } from '../support/serving-node.ts';
import { startCommunity } from '../support/start-community.ts';

// PostgreSQL goes away under two nodes that are at work: restarted in order, crashed, its connections ended, its processes
// stopped. The nodes stay up, say 503 meanwhile, and go on by themselves.

const rounds = Number(process.env['BELLTOWER_TEST_OUTAGES'] ?? 2);

/** What was told while the database was away: an answer, no connection, or that it is away. */
function checkAnswers(sent: readonly Sent[]): string {
  const refused = sent.filter(({ positions }) => positions === undefined);
  for (const { status } of refused) {
    assert.ok(status === undefined || status === 503, `503 while the database is away, not ${status}`);
  }
  return `${sent.length - refused.length} answered, ${refused.length} told 503`;
}

async function allSaw(target: Target, followers: readonly Follower[]): Promise<ReadonlyMap<string, number>> {
  const marker = await publishOnce(target);
  assert.ok(marker.positions !== undefined, `it takes objects again: ${marker.status}`);
  for (const follower of followers) {
    await follower.until(marker.ids[0] ?? '', 60_000);
    assert.deepEqual(follower.seen, followers[0]?.seen, follower.kind);
  }
  return positionsOf(followers[0]?.seen ?? []);
}

/** Resolves when the node publishes again, with the milliseconds that it took. */
async function recovered(target: Target): Promise<number> {
  const started = performance.now();
  while ((await publishOnce(target)).positions === undefined) {
    assert.ok(performance.now() - started < 60_000, 'it did not publish again within a minute');
    await sleep(20);
  }
  return performance.now() - started;
}

test('L4, L5, R2 two nodes outlive restarts and crashes of PostgreSQL and the end of their connections', async (t) => {
  using postgres = await privatePostgres();
  const location = { kind: 'postgres', url: postgres.url } as const;
  await using first = await startCommunity(location);
  await using second = await startServing(location);
  const other: Target = { ...first.target, url: () => second.url };
  await using stack = new AsyncDisposableStack();
  const followers = followerKinds.map((kind, index) =>
    stack.use(follow(kind, index % 2 === 0 ? other : first.target)),
  );
  await using one = keepPublishing(first.target, { pause: 5 });
  await using another = keepPublishing(other, { pause: 5 });
  const ledgers = [one, another];
  const slowest: Record<string, number> = {};
  const faults: Readonly<Record<string, () => Promise<void> | void>> = {
    'restart in order': () => {
      postgres.stop('fast');
      postgres.start();
    },
    crash: () => {
      postgres.stop('immediate');
      postgres.start();
    },
    'connections ended': async () => {
      for (let time = 0; time < 5; time += 1) {
        postgres.query(
          `select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'belltower%'`,
        );
        await sleep(100);
      }
    },
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, happen] of Object.entries(faults)) {
      await sleep(400);
      await happen();
      const took = Math.max(await recovered(first.target), await recovered(other));
      slowest[name] = Math.max(slowest[name] ?? 0, took);
    }
  }
  for (const ledger of ledgers) await ledger.stop();
  const log = await allSaw(first.target, followers);
  for (const follower of followers) await follower.stop();
  const sent = ledgers.flatMap((ledger) => ledger.sent);
  const { there, absent } = checkLedger(log, sent);
  t.diagnostic(
    `${log.size} entries; ${checkAnswers(sent)} (${there} there all the same, ${absent} not); slowest to publish again: ` +
      Object.entries(slowest)
        .map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(0)} ms`)
        .join(', '),
  );
});

test('L4 a process of PostgreSQL that stands still while it holds the lock of a log leads to 503 within a minute, and to nothing else', async (t) => {
  using postgres = await privatePostgres();
  await using community = await startCommunity({ kind: 'postgres', url: postgres.url });
  const { target } = community;
  assert.ok((await publishOnce(target)).positions !== undefined);
  // Somebody keeps the table of entries for a moment; whoever appends has the lock of the log by then, and is stopped there.
  const holding = postgres.run('begin; lock table entry in share mode; select pg_sleep(4); commit');
  await sleep(300);
  await using publishing = keepPublishing(target, { publishers: 6, patience: 120_000 });
  const waiter = `select coalesce(max(pid), 0) from pg_stat_activity
    where application_name = 'belltower write' and wait_event_type = 'Lock'`;
  let victim = 0;
  for (let attempt = 0; attempt < 80 && victim === 0; attempt += 1) {
    await sleep(25);
    victim = Number(postgres.query(waiter));
  }
  assert.notEqual(victim, 0, 'a process waits for the table');
  process.kill(victim, 'SIGSTOP');
  await holding;
  const started = performance.now();
  try {
    const read = await fetch(`${target.url()}/taxii2/community/collections/log/objects/?limit=1`, {
      headers: { authorization: `Bearer ${target.token}`, accept: 'application/taxii+json;version=2.1' },
    });
    assert.equal(read.status, 200, 'reading goes on');
    const waiting = await publishOnce(target, { patience: 120_000 });
    const waited = (performance.now() - started) / 1_000;
    assert.equal(waiting.status, 503, 'whoever publishes is told');
    assert.ok(waited < 75, `after ${waited} s`);
    t.diagnostic(`told 503 after ${waited.toFixed(1)} s`);
  } finally {
    process.kill(victim, 'SIGCONT');
  }
  t.diagnostic(`published again ${(await recovered(target)).toFixed(0)} ms after it went on`);
  await publishing.stop();
  await using stream = follow('stream', target);
  const log = await allSaw(target, [stream]);
  await stream.stop();
  checkAnswers(publishing.sent);
  checkLedger(log, publishing.sent);
});
