import { DamagedDatabaseError, isDamage } from './sqlite/sqlite-error.ts';
import type { StorageLocation } from './storage-location.ts';

/** Does the work. What SQLite says of a file that it cannot read becomes `DamagedDatabaseError`, which names the directory and what to do. */
export async function namingDamage<Result>(
  location: StorageLocation,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw location.kind === 'sqlite' && isDamage(error)
      ? new DamagedDatabaseError(location.directory, error)
      : error;
  }
}
