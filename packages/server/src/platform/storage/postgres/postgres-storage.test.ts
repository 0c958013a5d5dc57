import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { textType } from '../column-types.ts';
import { appliedMigrations } from '../migration-table.ts';
import type { Migration } from '../migrations.ts';
import { openStorage } from '../open-storage.ts';
import type { StorageLocation } from '../storage-location.ts';
import { postgresPlace, testDatabaseUrl } from '../testing.ts';
import { PostgresSetupError } from './postgres-storage.ts';

const skip = testDatabaseUrl === undefined ? 'BELLTOWER_TEST_DATABASE_URL is not set' : false;

describe('PostgreSQL', { skip }, () => {
  async function locate(t: TestContext): Promise<StorageLocation & { readonly kind: 'postgres' }> {
    const place = await postgresPlace(testDatabaseUrl ?? '');
    t.after(() => place.remove());
    assert(place.location.kind === 'postgres');
    return place.location;
  }

  const pid = sql<{ pid: number }>`select pg_backend_pid() as pid`;

  test('several nodes that start at once apply each migration once', async (t) => {
    const location = await locate(t);
    let runs = 0;
    const migrations = [1, 2, 3].map(
      (number): Migration => ({
        slice: 'a',
        number,
        name: `a_${number}`,
        async up(schema, engine) {
          runs += 1;
          await sql`select pg_sleep(0.02)`.execute(schema);
          await schema.schema.createTable(`a_${number}`).addColumn('id', textType(engine)).execute();
        },
      }),
    );
    const nodes = await Promise.all([1, 2, 3, 4].map(() => openStorage({ ...location, migrations })));
    assert.equal(runs, 3);
    for (const node of nodes) {
      assert.equal((await appliedMigrations(node.read, 'postgres')).length, 3);
      await node[Symbol.asyncDispose]();
    }
  });

  test('a connection that breaks inside a transaction fails it, is reported, and is replaced', async (t) => {
    const errors: Error[] = [];
    const location = await locate(t);
    await using storage = await openStorage({
      ...location,
      migrations: [],
      onError: (error) => errors.push(error),
    });
    await storage.write((transaction) => sql`create table t (n bigint)`.execute(transaction));
    const broken = storage.write(async (transaction) => {
      await sql`insert into t values (1)`.execute(transaction);
      const victim = (await pid.execute(transaction)).rows[0]?.pid;
      await sql`select pg_terminate_backend(${victim ?? 0})`.execute(storage.read);
      // Time for the end of the connection to arrive while no statement waits for it.
      await new Promise((resolve) => setTimeout(resolve, 50));
      await sql`insert into t values (2)`.execute(transaction);
    });
    await assert.rejects(broken);
    assert(errors.length > 0);
    await storage.write((transaction) => sql`insert into t values (3)`.execute(transaction));
    assert.deepEqual((await sql`select n from t`.execute(storage.read)).rows, [{ n: 3 }]);
  });

  test('an idle connection that breaks is reported and replaced', async (t) => {
    const errors: Error[] = [];
    const location = await locate(t);
    await using storage = await openStorage({
      ...location,
      migrations: [],
      onError: (error) => errors.push(error),
    });
    const victim = (await pid.execute(storage.read)).rows[0]?.pid ?? 0;
    await storage.write((transaction) => sql`select pg_terminate_backend(${victim})`.execute(transaction));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert(errors.length > 0);
    assert.notEqual((await pid.execute(storage.read)).rows[0]?.pid, victim);
  });

  test('a transaction that goes on after a failed statement is refused, not half kept', async (t) => {
    await using storage = await openStorage({ ...(await locate(t)), migrations: [] });
    await storage.write((transaction) => sql`create table t (n bigint primary key)`.execute(transaction));
    const attempt = storage.write(async (transaction) => {
      await sql`insert into t values (1)`.execute(transaction);
      await assert.rejects(sql`insert into t values (1)`.execute(transaction), /duplicate key/);
    });
    await assert.rejects(attempt);
    assert.deepEqual((await sql`select n from t`.execute(storage.read)).rows, []);
  });

  test('a schema that does not exist is refused by its name, whatever characters it has', async (t) => {
    const location = await locate(t);
    const opening = openStorage({ ...location, schema: 'no such "schema\\', migrations: [] });
    await assert.rejects(opening, (error) => {
      assert(error instanceof PostgresSetupError);
      assert.match(error.message, /no such "schema\\/);
      return true;
    });
  });

  test('a schema with spaces, quotes and backslashes in its name is used', async (t) => {
    const location = await locate(t);
    const schema = `${location.schema} "odd\\ name`;
    await using outer = await openStorage({ ...location, migrations: [] });
    await outer.write((transaction) => sql`create schema ${sql.id(schema)}`.execute(transaction));
    t.after(async () => {
      await using database = await openStorage({ kind: 'postgres', url: location.url, migrations: [] });
      await database.write((transaction) => sql`drop schema ${sql.id(schema)}`.execute(transaction));
    });
    await using inner = await openStorage({ ...location, schema, migrations: [] });
    assert.deepEqual((await sql`select current_schema() as name`.execute(inner.read)).rows, [
      { name: schema },
    ]);
  });

  test('a database that confirms before it is durable is refused', async (t) => {
    const location = await locate(t);
    const url = new URL(location.url);
    url.searchParams.set('options', '-c synchronous_commit=off');
    await assert.rejects(openStorage({ ...location, url: url.href, migrations: [] }), /synchronous_commit/);
  });

  test('options in the URL and the schema that is asked for both hold', async (t) => {
    const location = await locate(t);
    const url = new URL(location.url);
    url.searchParams.set('options', '-c work_mem=5MB');
    await using storage = await openStorage({ ...location, url: url.href, migrations: [] });
    const query = sql`select current_schema() as schema, current_setting('work_mem') as memory,
      current_setting('default_transaction_read_only') as readonly`;
    const { rows } = await query.execute(storage.read);
    assert.deepEqual(rows, [{ schema: location.schema, memory: '5MB', readonly: 'on' }]);
  });

  test('a server that cannot be reached is an error at once', async () => {
    const opening = openStorage({
      kind: 'postgres',
      url: 'postgres://root@127.0.0.1:1/none',
      migrations: [],
    });
    await assert.rejects(opening, /ECONNREFUSED/);
  });
});
