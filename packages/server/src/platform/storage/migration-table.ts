import { type Kysely, sql } from 'kysely';
import { integerType, textType } from './column-types.ts';
import type { Storage } from './storage.ts';

/** The one table that storage has for itself: what has been applied to this database. */
export type MigrationTable = {
  migration: { slice: string; number: number; name: string; applied_at: number };
};

/** A migration as the database remembers it; `appliedAt` in microseconds. */
export interface AppliedMigration {
  readonly slice: string;
  readonly number: number;
  readonly name: string;
  readonly appliedAt: number;
}

/** Makes the table where it does not exist. */
export async function createMigrationTable(db: Kysely<object>, engine: Storage['engine']): Promise<void> {
  await db.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('slice', textType(engine), (column) => column.notNull())
    .addColumn('number', integerType(engine), (column) => column.notNull())
    .addColumn('name', textType(engine), (column) => column.notNull())
    .addColumn('applied_at', integerType(engine), (column) => column.notNull())
    .addPrimaryKeyConstraint('migration_key', ['slice', 'number'])
    .execute();
}

/** The names of the tables in this database (on PostgreSQL: in this schema), in order. */
export async function tableNames(db: Kysely<object>, engine: Storage['engine']): Promise<readonly string[]> {
  const found =
    engine === 'sqlite'
      ? sql<{
          name: string;
        }>`select name from sqlite_master where type = 'table' and substr(name, 1, 7) <> 'sqlite_' order by name`
      : sql<{ name: string }>`
          select relname as name from pg_class
          where relkind in ('r', 'p') and relnamespace = (select oid from pg_namespace where nspname = current_schema()) order by relname collate "C"`;
  const { rows } = await found.execute(db);
  return rows.map((row) => row.name);
}

/** What has been applied, in the order in which it was; nothing when the database is empty. */
export async function appliedMigrations(
  db: Kysely<object>,
  engine: Storage['engine'],
): Promise<readonly AppliedMigration[]> {
  const names = await tableNames(db, engine);
  if (!names.includes('migration')) return [];
  return db
    .withTables<MigrationTable>()
    .selectFrom('migration')
    .select(['slice', 'number', 'name', 'applied_at as appliedAt'])
    .orderBy('applied_at')
    .orderBy('slice')
    .orderBy('number')
    .execute();
}

/** Remembers that a migration has been applied. */
export async function recordMigration(db: Kysely<object>, applied: AppliedMigration): Promise<void> {
  const { slice, number, name, appliedAt } = applied;
  await db
    .withTables<MigrationTable>()
    .insertInto('migration')
    .values({ slice, number, name, applied_at: appliedAt })
    .execute();
}
