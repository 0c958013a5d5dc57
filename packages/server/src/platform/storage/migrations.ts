import { type Kysely, sql } from 'kysely';
import type { Clock } from '../time.ts';
import {
  type AppliedMigration,
  appliedMigrations,
  createMigrationTable,
  recordMigration,
} from './migration-table.ts';
import type { Storage } from './storage.ts';

/** One numbered step of a slice's tables. Frozen once landed: a change of mind is the next step. */
export interface Migration {
  readonly slice: string;
  /** From 1, rising within the slice. */
  readonly number: number;
  /** A few words in kebab-case; the database remembers it. */
  readonly name: string;
  /** Runs in a transaction with nothing else; on both engines all of it is kept or nothing. */
  up(schema: Kysely<object>, engine: Storage['engine']): Promise<void>;
}

/** The database and the program do not belong together; the message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** What a start would do to the database. */
export interface MigrationPlan {
  readonly applied: readonly AppliedMigration[];
  readonly pending: readonly Migration[];
}

/**
 * Compares what the program knows with what the database has. Throws MigrationError when the database has a migration that the program does
 * not know or knows by another name, and when a new migration comes before one of its slice that was applied.
 */
export function comparePlan(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): MigrationPlan {
  const programs = byKey(known);
  for (const entry of applied) {
    const migration = programs.get(keyOf(entry));
    if (migration === undefined) throw new MigrationError(unknownMessage(entry));
    if (migration.name !== entry.name) throw new MigrationError(renamedMessage(entry, migration));
  }
  const done = new Set(applied.map(keyOf));
  const pending = known.filter((migration) => !done.has(keyOf(migration)));
  for (const migration of pending) {
    const later = applied.find((entry) => entry.slice === migration.slice && entry.number > migration.number);
    if (later !== undefined) throw new MigrationError(outOfOrderMessage(migration, later));
  }
  return { applied, pending };
}

/** Applies what is pending, each migration in a transaction of its own, and safely beside other nodes that start at the same time. */
export async function migrate(storage: Storage, known: readonly Migration[], clock: Clock): Promise<void> {
  const { engine } = storage;
  const plan = await storage.write(async (db) => comparePlan(known, await appliedMigrations(db, engine)));
  for (const migration of plan.pending) {
    await storage.write(async (db) => {
      await lockMigrations(db, engine);
      await createMigrationTable(db, engine);
      // Another node may have applied it while this one waited for the lock.
      const now = comparePlan(known, await appliedMigrations(db, engine));
      if (now.pending.includes(migration))
        await applyMigration(db, engine, { migration, appliedAt: clock.now() });
    });
  }
}

/** Applies one migration and remembers it, in the transaction that is given. */
export async function applyMigration(
  db: Kysely<object>,
  engine: Storage['engine'],
  { migration, appliedAt }: { readonly migration: Migration; readonly appliedAt: number },
): Promise<void> {
  const { slice, number, name } = migration;
  try {
    await migration.up(db, engine);
  } catch (cause) {
    throw new MigrationError(`The migration ${titleOf(migration)} failed; nothing of it was kept`, { cause });
  }
  await recordMigration(db, { slice, number, name, appliedAt });
}

/** Holds other nodes' migrations back until the transaction ends; on SQLite the directory's lock has done so. */
export async function lockMigrations(db: Kysely<object>, engine: Storage['engine']): Promise<void> {
  if (engine === 'sqlite') return;
  // A migration may take its time.
  await sql`set local statement_timeout = 0`.execute(db);
  await sql`set local idle_in_transaction_session_timeout = '5min'`.execute(db);
  await sql`select pg_advisory_xact_lock(hashtextextended('belltower migration ' || current_schema(), 0))`.execute(
    db,
  );
}

function byKey(known: readonly Migration[]): ReadonlyMap<string, Migration> {
  const migrations = new Map<string, Migration>();
  const last = new Map<string, number>();
  for (const migration of known) {
    if (migration.number <= (last.get(migration.slice) ?? 0)) {
      throw new MigrationError(
        `The migration ${titleOf(migration)} is not numbered after the one before it in its slice`,
      );
    }
    last.set(migration.slice, migration.number);
    migrations.set(keyOf(migration), migration);
  }
  return migrations;
}

function keyOf({ slice, number }: { readonly slice: string; readonly number: number }): string {
  return `${slice} ${number}`;
}

function titleOf({ slice, number, name }: Pick<AppliedMigration, 'slice' | 'number' | 'name'>): string {
  return `${slice} ${number} (${name})`;
}

function unknownMessage(entry: AppliedMigration): string {
  return (
    `The database has the migration ${titleOf(entry)}, which this version of the program does not know. ` +
    'Start the newer version that made it, or restore the backup taken before that version ran.'
  );
}

function renamedMessage(entry: AppliedMigration, migration: Migration): string {
  return (
    `The database has the migration ${titleOf(entry)}, which this version of the program knows as ${titleOf(migration)}. ` +
    'Program and database come from different lines of development: start the version that made the database.'
  );
}

function outOfOrderMessage(migration: Migration, later: AppliedMigration): string {
  return (
    `The migration ${titleOf(migration)} is new to the database, but ${titleOf(later)} after it has been applied. ` +
    'Program and database come from different lines of development: start the version that made the database.'
  );
}
