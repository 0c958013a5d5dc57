import { existsSync } from 'node:fs';
import { Kysely } from 'kysely';
import { connectStorage } from './open-storage.ts';
import { SqliteWorkerDialect } from './sqlite/sqlite-dialect.ts';
import { busyTimeout, databaseFile } from './sqlite/sqlite-storage.ts';
import { WorkerClient } from './sqlite/worker-client.ts';
import type { Storage } from './storage.ts';
import type { StorageLocation } from './storage-location.ts';

/** A database that is looked at only, also while a node works on it. */
export type ReadOnlyStorage = Pick<Storage, 'engine' | 'read'> & AsyncDisposable;

/**
 * Opens the database without its lock and without a migration. Undefined when the directory holds no database: reading must not make
 * one.
 */
export async function openReadOnly(location: StorageLocation): Promise<ReadOnlyStorage | undefined> {
  if (location.kind === 'postgres') return connectStorage(location, () => undefined);
  const file = databaseFile(location.directory);
  if (!existsSync(file)) return undefined;
  const client = new WorkerClient({ file, busyTimeout, mode: 'read' }, () => undefined);
  return {
    engine: 'sqlite',
    read: new Kysely({ dialect: new SqliteWorkerDialect(client) }),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}
