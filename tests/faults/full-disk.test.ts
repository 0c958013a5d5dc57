import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StorageLocation } from '../../packages/server/src/platform/storage/storage-location.ts';
import { follow } from '../support/follower.ts';
import { checkLedger, keepPublishing, publishOnce, type Sent } from '../support/ledger.ts';
import { privatePostgres } from '../support/private-postgres.ts';
import { readLog } from '../support/read-log.ts';
import { type SmallDisk, smallDisk } from '../support/small-disk.ts';
import { startCommunity } from '../support/start-community.ts';

// A disk becomes full under a node that publishes: it says so, goes on reading, and publishes again when there is room.
// The tests mount a file system in memory, which takes root; where root is not to be had, say so with
// BELLTOWER_TEST_WITHOUT_MOUNT=1 and they are left out.

const skip = process.env['BELLTOWER_TEST_WITHOUT_MOUNT'] === '1' && 'BELLTOWER_TEST_WITHOUT_MOUNT is set';

interface FullDisk {
  readonly disk: SmallDisk;
  readonly location: StorageLocation;
  /** What publishers may be told while the disk is full. */
  readonly told: readonly (number | undefined)[];
  /** Brings the database back, where a full disk ends it. */
  readonly revive: () => void;
}

async function fillWhilePublishing(
  t: TestContext,
  { disk, location, told, revive }: FullDisk,
): Promise<void> {
  await using community = await startCommunity(location);
  const { target } = community;
  await using follower = follow('stream', target);
  const all: Sent[] = [];
  const early = await publishOnce(target, { count: 20 });
  assert.ok(early.positions !== undefined);
  for (let round = 0; round < 2; round += 1) {
    await using publishing = keepPublishing(target, { padding: 20_000, patience: 90_000 });
    disk.fill(round === 0 ? 1_500_000 : 0);
    const failed = () =>
      publishing.sent.filter(({ positions, status }) => positions === undefined && status !== undefined);
    const deadline = performance.now() + 60_000;
    while (failed().length < 8) {
      assert.ok(performance.now() < deadline, 'the disk became full within a minute');
      await sleep(20);
    }
    await publishing.stop();
    for (const { positions, status } of publishing.sent) {
      if (positions === undefined) assert.ok(told.includes(status), `on a full disk: ${status}`);
    }
    const read = await fetch(`${target.url()}/taxii2/community/collections/log/objects/?limit=20`, {
      headers: { authorization: `Bearer ${target.token}`, accept: 'application/taxii+json;version=2.1' },
    });
    const page = (await read.json()) as { objects?: readonly unknown[] };
    // PostgreSQL may have gone down for want of room.
    if (location.kind === 'sqlite') assert.equal(page.objects?.length, 20, `reading goes on: ${read.status}`);
    disk.free();
    revive();
    const started = performance.now();
    while ((await publishOnce(target)).positions === undefined) {
      assert.ok(
        performance.now() - started < 60_000,
        'it publishes again within a minute, without a restart',
      );
      await sleep(50);
    }
    const again = performance.now() - started;
    all.push(...publishing.sent);
    const answers = Map.groupBy(publishing.sent, ({ status }) => status ?? 'no answer');
    const counts = [...answers].map(([status, group]) => `${group.length} times ${status}`).join(', ');
    t.diagnostic(`full: ${counts}; published again ${again.toFixed(0)} ms after there was room`);
  }
  const log = await readLog(target);
  checkLedger(log, [early, ...all]);
  await follower.until([...log.keys()].at(-1) ?? '');
  assert.deepEqual(follower.seen, [...log.keys()], 'the stream missed nothing');
  // And what is there survives an end by force.
  await community.restart('SIGKILL');
  checkLedger(await readLog(target), [early, ...all]);
}

test('L4 SQLite on a disk that becomes full: 507, reading goes on, nothing is half done, and there is no restart', {
  skip,
}, async (t) => {
  using disk = smallDisk(24);
  const directory = join(disk.path, 'data');
  const location = { kind: 'sqlite', directory } as const;
  await fillWhilePublishing(t, { disk, location, told: [507, 503], revive: () => undefined });
});

test('L4 PostgreSQL on a disk that becomes full: 507 or 503, nothing is lost, and the node needs no restart', {
  skip,
}, async (t) => {
  using disk = smallDisk(160);
  const home = join(disk.path, 'postgres');
  mkdirSync(home);
  using postgres = await privatePostgres(home);
  const revive = () => {
    // A server that could not write its log has stopped; its operator starts it again.
    try {
      postgres.query('select 1');
    } catch {
      postgres.stop('immediate');
      postgres.start();
    }
  };
  const location = { kind: 'postgres', url: postgres.url } as const;
  await fillWhilePublishing(t, { disk, location, told: [507, 503, undefined], revive });
});
