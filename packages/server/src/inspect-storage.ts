import { sql } from 'kysely';
import { namingDamage } from './platform/storage/naming-damage.ts';
import { openReadOnly } from './platform/storage/open-read-only.ts';
import type { StorageLocation } from './platform/storage/storage-location.ts';
import { systemClock } from './platform/time.ts';
import { findLogGaps, type LogGap } from './slices/exchange/index.ts';
import { operatorAccess } from './slices/identity/index.ts';

/** What is wrong with the data themselves. */
export interface StorageFindings {
  /** What SQLite's own check says; empty: all is well, or PostgreSQL, which has no such check. */
  readonly damage: readonly string[];
  readonly gaps: readonly LogGap[];
  /** Who can run the node: a lasting token, only that of the first start, or nobody. */
  readonly operators: 'lasting' | 'first-start' | 'nobody';
}

/**
 * Reads through a node's data, also while it runs; undefined where there is no database. The tables have to be there. Throws
 * DamagedDatabaseError where SQLite cannot read so far.
 */
export function inspectStorage(location: StorageLocation): Promise<StorageFindings | undefined> {
  return namingDamage(location, () => inspect(location));
}

async function inspect(location: StorageLocation): Promise<StorageFindings | undefined> {
  await using database = await openReadOnly(location);
  if (database === undefined) return undefined;
  const { engine, read } = database;
  const check = sql<{ quick_check: string }>`pragma quick_check(20)`;
  const { rows } = engine === 'sqlite' ? await check.execute(read) : { rows: [] };
  return {
    damage: rows.map((row) => row.quick_check).filter((line) => line !== 'ok'),
    gaps: await findLogGaps(read),
    operators: await operatorAccess(read, systemClock.now()),
  };
}
