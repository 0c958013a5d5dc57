import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { TestNode } from '../../testing.ts';
import { startTestNode } from '../../testing.ts';
import { readLive } from '../live/testing.ts';

/** A statement that takes a while: on PostgreSQL it waits, on SQLite it counts. */
function slowly({ platform: { storage } }: TestNode) {
  return storage.engine === 'postgres'
    ? sql`select pg_sleep(1.5)`
    : sql`with recursive many (n) as (select 1 union all select n + 1 from many where n < 1000000)
        select count(*) as counted from many`;
}

test('R3 a right ends within a second although every connection that reads is taken', async (t) => {
  const node = await startTestNode(t);
  const { token } = await node.member('Alpha Telecom');
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  const connected = Promise.withResolvers<void>();
  const stream = readLive(`${node.url}/live/collections/fraud`, {
    token,
    enough: () => {
      connected.resolve();
      return false;
    },
  }).then(() => performance.now());
  await connected.promise;
  let busy = true;
  const load = Promise.allSettled(
    Array.from({ length: node.platform.storage.engine === 'postgres' ? 20 : 8 }, () =>
      slowly(node).execute(node.platform.storage.read),
    ),
  ).finally(() => {
    busy = false;
  });
  // Until all connections are taken.
  await setTimeout(200);
  const revoking = performance.now();
  assert.equal((await node.api('DELETE', `/tokens/${token.slice(3, 19)}`)).status, 200);
  assert.equal((await node.api('GET', '/me', { token })).status, 401);
  const ended = await stream;
  assert.ok(busy, 'the load went on meanwhile');
  assert.ok(ended - revoking < 1_000, `it took ${Math.round(ended - revoking)} ms`);
  await load;
});
