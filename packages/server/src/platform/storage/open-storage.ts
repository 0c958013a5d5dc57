import { type Clock, systemClock } from '../time.ts';
import { type Migration, migrate } from './migrations.ts';
import { namingDamage } from './naming-damage.ts';
import { connectPostgres } from './postgres/postgres-storage.ts';
import { SqliteStorage } from './sqlite/sqlite-storage.ts';
import type { Storage } from './storage.ts';
import type { StorageLocation } from './storage-location.ts';

/** What `openStorage` needs. */
export type StorageOptions = StorageLocation & {
  readonly migrations: readonly Migration[];
  readonly clock?: Clock;
  /** Hears of broken connections and threads that mended themselves; no statement's own error comes here. */
  readonly onError?: (error: Error) => void;
};

/**
 * Opens the database and applies the migrations that are pending. Throws `DirectoryInUseError` when another process holds the
 * data directory, `MigrationError` when database and program do not belong together, and `DamagedDatabaseError` for a file that SQLite
 * cannot read.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const storage = await connectStorage(options, options.onError ?? ignore);
  try {
    await namingDamage(options, () => migrate(storage, options.migrations, options.clock ?? systemClock));
    return storage;
  } catch (error) {
    await storage[Symbol.asyncDispose]();
    throw error;
  }
}

/** Opens the database as it stands. `beforeUnlock` runs at the end, while no other process can have the data directory. */
export async function connectStorage(
  location: StorageLocation,
  onError: (error: Error) => void,
  beforeUnlock?: () => void,
): Promise<Storage> {
  switch (location.kind) {
    case 'sqlite':
      return new SqliteStorage({ directory: location.directory, onError, beforeUnlock });
    case 'postgres':
      return connectPostgres({ ...location, onError });
  }
}

function ignore(): void {}
