import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { sql } from 'kysely';
import type { Migration } from './migrations.ts';
import { connectStorage, openStorage } from './open-storage.ts';
import type { Storage } from './storage.ts';
import type { StorageLocation } from './storage-location.ts';

/** A database for one test; it is gone when it is disposed of. */
export interface TestStorage extends Storage {
  /** To open the same database again, once this one is closed (on PostgreSQL also beside it). */
  readonly location: StorageLocation;
}

/** A place for a database that does not exist yet, and the way to remove it with everything in it. */
export interface TestPlace {
  readonly location: StorageLocation;
  remove(): Promise<void>;
}

/** PostgreSQL for the tests, when the environment names it in BELLTOWER_TEST_DATABASE_URL. */
export const testDatabaseUrl: string | undefined = process.env['BELLTOWER_TEST_DATABASE_URL'] || undefined;

/**
 * Opens an empty database with the migrations applied: SQLite in a temporary directory, or a fresh schema on the PostgreSQL
 * that BELLTOWER_TEST_DATABASE_URL names. With `t` it is closed and removed when that test ends.
 */
export async function openTestStorage(
  migrations: readonly Migration[],
  t?: TestContext,
): Promise<TestStorage> {
  const place = testDatabaseUrl === undefined ? await sqlitePlace() : await postgresPlace(testDatabaseUrl);
  return openTestStorageAt(place, migrations, t);
}

/**
 * Runs a suite on SQLite and on PostgreSQL. Without BELLTOWER_TEST_DATABASE_URL the report says that PostgreSQL was left
 * out.
 */
export function describeEngines(title: string, suite: (place: () => Promise<TestPlace>) => void): void {
  describe(`${title} on SQLite`, () => suite(sqlitePlace));
  const url = testDatabaseUrl;
  if (url !== undefined) describe(`${title} on PostgreSQL`, () => suite(() => postgresPlace(url)));
  else describe(`${title} on PostgreSQL`, { skip: 'BELLTOWER_TEST_DATABASE_URL is not set' });
}

/** Opens the database of a place, as `openTestStorage` does. */
export async function openTestStorageAt(
  place: TestPlace,
  migrations: readonly Migration[],
  t?: TestContext,
): Promise<TestStorage> {
  const storage = await openChecked(place, migrations).catch(async (error: unknown) => {
    await place.remove();
    throw error;
  });
  const close = once(async () => {
    await storage[Symbol.asyncDispose]();
    await place.remove();
  });
  t?.after(close);
  return {
    engine: storage.engine,
    read: storage.read,
    readRights: storage.readRights,
    bulk: storage.bulk,
    figures: () => storage.figures(),
    location: place.location,
    write: (work) => storage.write(work),
    [Symbol.asyncDispose]: close,
  };
}

/** A text column without `textType` would sort by the locale of the database, and otherwise than on SQLite. */
async function openChecked(place: TestPlace, migrations: readonly Migration[]): Promise<Storage> {
  const storage = await openStorage({ ...place.location, migrations });
  if (storage.engine === 'sqlite') return storage;
  const { rows } = await sql<{ column: string }>`
    select a.attrelid::regclass || '.' || a.attname as column
    from pg_attribute as a join pg_class as t on t.oid = a.attrelid join pg_collation as c on c.oid = a.attcollation
    where t.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.collname <> 'C'
      and t.relnamespace = (select oid from pg_namespace where nspname = current_schema())`.execute(
    storage.read,
  );
  if (rows.length === 0) return storage;
  await storage[Symbol.asyncDispose]();
  throw new Error(`Make these columns with textType(engine): ${rows.map(({ column }) => column).join(', ')}`);
}

/** A temporary directory. */
export async function sqlitePlace(): Promise<TestPlace & { readonly directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'belltower-test-'));
  return {
    directory,
    location: { kind: 'sqlite', directory },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A fresh schema. */
export async function postgresPlace(url: string): Promise<TestPlace> {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  const execute = async (statement: ReturnType<typeof sql>) => {
    await using database = await connectStorage({ kind: 'postgres', url, poolSize: 1 }, () => undefined);
    await database.write((transaction) => statement.execute(transaction));
  };
  await execute(sql`create schema ${sql.id(schema)}`);
  return {
    location: { kind: 'postgres', url, schema, poolSize: 4 },
    remove: () => execute(sql`drop schema ${sql.id(schema)} cascade`),
  };
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
}
