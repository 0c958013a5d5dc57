import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { openStorage } from '../open-storage.ts';
import { postgresPlace, testDatabaseUrl } from '../testing.ts';

const skip = testDatabaseUrl === undefined ? 'BELLTOWER_TEST_DATABASE_URL is not set' : false;

describe('PostgreSQL', { skip }, () => {
  test('transactions that stand in each other’s way are run again, and both are kept', async (t) => {
    const place = await postgresPlace(testDatabaseUrl ?? '');
    t.after(() => place.remove());
    await using storage = await openStorage({ ...place.location, migrations: [] });
    await storage.write((transaction) =>
      sql`create table t (id bigint primary key, n bigint not null)`.execute(transaction),
    );
    await storage.write((transaction) => sql`insert into t values (1, 0), (2, 0)`.execute(transaction));
    let runs = 0;
    const both = Promise.withResolvers<void>();
    let arrived = 0;
    const add = (first: number, second: number) =>
      storage.write(async (transaction) => {
        runs += 1;
        await sql`update t set n = n + 1 where id = ${first}`.execute(transaction);
        // Each has its first row before either asks for its second: a deadlock, once.
        arrived += 1;
        if (arrived === 2) both.resolve();
        await both.promise;
        await sql`update t set n = n + 1 where id = ${second}`.execute(transaction);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    assert.equal(runs, 3);
    assert.deepEqual((await sql`select id, n from t order by id`.execute(storage.read)).rows, [
      { id: 1, n: 2 },
      { id: 2, n: 2 },
    ]);
  });

  test('a transaction that never gets through fails after some attempts', async (t) => {
    const place = await postgresPlace(testDatabaseUrl ?? '');
    t.after(() => place.remove());
    await using storage = await openStorage({ ...place.location, migrations: [] });
    let runs = 0;
    const hopeless = storage.write(async (transaction) => {
      runs += 1;
      await sql`do $$ begin raise exception using errcode = '40001'; end $$`.execute(transaction);
    });
    await assert.rejects(hopeless);
    assert.equal(runs, 4);
  });

  test('what is no accident is not tried again', async (t) => {
    const place = await postgresPlace(testDatabaseUrl ?? '');
    t.after(() => place.remove());
    await using storage = await openStorage({ ...place.location, migrations: [] });
    let runs = 0;
    const wrong = storage.write(async (transaction) => {
      runs += 1;
      await sql`select 1 / 0`.execute(transaction);
    });
    await assert.rejects(wrong);
    assert.equal(runs, 1);
  });
});
