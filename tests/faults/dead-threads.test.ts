import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAudit } from '../../packages/server/src/platform/audit/audit.ts';
import { openBus } from '../../packages/server/src/platform/bus/open-bus.ts';
import { readConfig } from '../../packages/server/src/platform/config/config.ts';
import { migrate } from '../../packages/server/src/platform/storage/migrations.ts';
import { SqliteStorage } from '../../packages/server/src/platform/storage/sqlite/sqlite-storage.ts';
import { sqlitePlace } from '../../packages/server/src/platform/storage/testing.ts';
import { createLog } from '../../packages/server/src/platform/telemetry/log.ts';
import { createMetrics } from '../../packages/server/src/platform/telemetry/metrics.ts';
import { systemClock } from '../../packages/server/src/platform/time.ts';
import { serve } from '../../packages/server/src/serve.ts';
import { migrations } from '../../packages/server/src/slices.ts';
import { follow, followerKinds } from '../support/follower.ts';
import { checkLedger, keepPublishing, publishOnce, type Target } from '../support/ledger.ts';
import { positionsOf, readLog } from '../support/read-log.ts';
import { startServing } from '../support/serving-node.ts';
import { startCommunity } from '../support/start-community.ts';

// The threads in which SQLite works die, and the file that it works on is spoilt.

const rounds = Number(process.env['BELLTOWER_TEST_KILLS'] ?? 8);

/** A node in this process, whose threads the test can reach. */
async function startHere(stack: AsyncDisposableStack): Promise<{ storage: SqliteStorage; target: Target }> {
  const place = await sqlitePlace();
  stack.defer(() => place.remove());
  const storage = stack.use(new SqliteStorage({ directory: place.directory, onError: () => undefined }));
  await migrate(storage, migrations, systemClock);
  const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)), uuid: () => randomUUID() };
  const settings = {
    BELLTOWER_PORT: '0',
    BELLTOWER_MAX_REQUESTS_PER_TOKEN: '1000000000',
    BELLTOWER_LOG_LEVEL: 'silent',
  };
  const config = readConfig(settings);
  const bus = stack.use(await openBus({ kind: 'local' }));
  const audit = createAudit(random.uuid);
  const log = createLog('silent');
  const metrics = createMetrics();
  const node = stack.use(
    await serve({ config, storage, bus, clock: systemClock, random, audit, log, metrics }),
  );
  const token = node.firstStartToken ?? '';
  const made = await fetch(`${node.url}/api/collections`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Log', alias: 'log', audience: 'community' }),
  });
  assert.equal(made.status, 201, await made.text());
  return { storage, target: { url: () => node.url, token, collection: 'log' } };
}

test('L4, R2 threads of SQLite that die again and again: requests fail cleanly, the next ones work, and nothing is lost', async (t) => {
  await using stack = new AsyncDisposableStack();
  const { storage, target } = await startHere(stack);
  const followers = followerKinds.map((kind) => stack.use(follow(kind, target)));
  await using publishing = keepPublishing(target, { pause: 10 });
  for (let round = 0; round < rounds; round += 1) {
    for (const which of ['writer', 'reader'] as const) {
      await sleep(100 + Math.random() * 100);
      await storage.threads[which].session().terminate();
    }
  }
  await sleep(200);
  await publishing.stop();
  const marker = await publishOnce(target);
  assert.ok(marker.positions !== undefined, `the next one works: ${marker.status}`);
  for (const follower of followers) {
    await follower.until(marker.ids[0] ?? '');
    assert.deepEqual(follower.seen, followers[0]?.seen, follower.kind);
  }
  const { there, absent } = checkLedger(positionsOf(followers[0]?.seen ?? []), publishing.sent);
  for (const { status, positions } of publishing.sent)
    assert.ok(positions !== undefined || status === 503, `told ${status}`);
  t.diagnostic(
    `${2 * rounds} threads; ${publishing.acknowledged()} bundles acknowledged and there; 503: ${there} there, ${absent} not`,
  );
});

test('a node does not start on a database file that is spoilt, and says which and what to do', async (t) => {
  const place = await sqlitePlace();
  t.after(() => place.remove());
  {
    await using community = await startCommunity(place.location);
    await publishOnce(community.target, { count: 200, padding: 2_000 });
    await readLog(community.target);
    assert.equal(await community.node().stop('SIGTERM'), 0);
  }
  const file = join(
    place.directory,
    readdirSync(place.directory).find((name) => name === 'belltower.db') ?? '',
  );
  const spoil = openSync(file, 'r+');
  const { size } = statSync(file);
  writeSync(spoil, Buffer.alloc(100, 0xff), 0, 100, 0);
  writeSync(spoil, Buffer.alloc(4_096, 0xff), 0, 4_096, Math.floor(size / 2));
  closeSync(spoil);
  await assert.rejects(startServing(place.location), (error) => {
    assert.ok(error instanceof Error);
    t.diagnostic(error.message);
    assert.match(error.message, /ended with 2/);
    assert.match(error.message, /belltower\.db/);
    assert.match(error.message, /restore/i);
    return true;
  });
});
