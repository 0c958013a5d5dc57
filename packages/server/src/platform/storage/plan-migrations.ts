import { appliedMigrations } from './migration-table.ts';
import { comparePlan, type Migration, type MigrationPlan } from './migrations.ts';
import { namingDamage } from './naming-damage.ts';
import { openReadOnly } from './open-read-only.ts';
import type { StorageLocation } from './storage-location.ts';

/**
 * What a start with these migrations would do, without doing it: `belltower migrate --dry-run`. It may be asked while a node
 * works on the database. Throws MigrationError where the start would, and DamagedDatabaseError.
 */
export async function planMigrations(
  location: StorageLocation,
  migrations: readonly Migration[],
): Promise<MigrationPlan> {
  return namingDamage(location, async () => {
    await using database = await openReadOnly(location);
    if (database === undefined) return comparePlan(migrations, []);
    return comparePlan(migrations, await appliedMigrations(database.read, database.engine));
  });
}
