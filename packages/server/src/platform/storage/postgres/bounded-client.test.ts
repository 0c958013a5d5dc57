import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { storageTrouble } from '../storage-trouble.ts';
import { testDatabaseUrl } from '../testing.ts';
import { boundedPool } from './bounded-client.ts';
import { createPool } from './postgres-pool.ts';

const skip = testDatabaseUrl === undefined ? 'BELLTOWER_TEST_DATABASE_URL is not set' : false;

describe('statements of PostgreSQL', { skip }, () => {
  function open(t: TestContext, { patience = 300, access = 'write' as const } = {}): Kysely<object> {
    const settings = { url: testDatabaseUrl ?? '', poolSize: 1, onError: () => undefined };
    const pool = boundedPool(createPool(settings, access), patience);
    t.after(() => pool.end());
    return new Kysely({ dialect: new PostgresDialect({ pool }) });
  }

  const trouble = (error: unknown) => {
    assert.equal(storageTrouble(error), 'unavailable', String(error));
    return true;
  };

  test('one that gets no answer fails when patience ends, and the next has a connection of its own', async (t) => {
    const db = open(t);
    const started = performance.now();
    await assert.rejects(sql`select pg_sleep(5)`.execute(db), trouble);
    assert.ok(performance.now() - started < 3_000);
    assert.deepEqual((await sql`select 1 as one`.execute(db)).rows, [{ one: 1 }]);
  });

  test('a transaction that gets no answer fails, and nothing of it is kept', async (t) => {
    const db = open(t);
    const name = `bounded_${process.pid}`;
    const broken = db.transaction().execute(async (transaction) => {
      await sql`create table ${sql.table(name)} (n bigint)`.execute(transaction);
      await sql`select pg_sleep(5)`.execute(transaction);
    });
    await assert.rejects(broken, trouble);
    const { rows } = await sql`select to_regclass(${name})::text as found`.execute(db);
    assert.deepEqual(rows, [{ found: null }]);
  });

  test('a transaction that lifts the bound of the server may take its time', async (t) => {
    const db = open(t);
    await db.transaction().execute(async (transaction) => {
      await sql`set local statement_timeout = 0`.execute(transaction);
      await sql`select pg_sleep(0.6)`.execute(transaction);
    });
    await assert.rejects(sql`select pg_sleep(5)`.execute(db), trouble);
  });

  test('a lock that is not given in time is trouble, and so is a server that shuts a connection', async (t) => {
    const [one, other] = [open(t, { patience: 20_000 }), open(t, { patience: 20_000 })];
    await one.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(7301)`.execute(transaction);
      const waiting = other.transaction().execute(async (second) => {
        await sql`set local lock_timeout = '50ms'`.execute(second);
        await sql`select pg_advisory_xact_lock(7301)`.execute(second);
      });
      await assert.rejects(waiting, trouble);
    });
    await assert.rejects(sql`select pg_terminate_backend(pg_backend_pid())`.execute(one), trouble);
    await assert.rejects(sql`select nonsense`.execute(other), (error) => storageTrouble(error) === undefined);
  });
});

test('a server that is not there is trouble', async () => {
  const settings = { url: 'postgres://root@127.0.0.1:1/none', onError: () => undefined };
  const pool = boundedPool(createPool(settings, 'read'), 300);
  await assert.rejects(pool.connect(), (error) => storageTrouble(error) === 'unavailable');
});
