import { existsSync } from 'node:fs';
import { access, constants, rm } from 'node:fs/promises';
import { sql, type Transaction } from 'kysely';
import { createMigrationTable, tableNames } from '../migration-table.ts';
import { applyMigration, lockMigrations, type Migration } from '../migrations.ts';
import { connectStorage, type StorageLocation } from '../open-storage.ts';
import { databaseFile } from '../sqlite/sqlite-storage.ts';
import type { BulkColumn, Storage } from '../storage.ts';
import { ArchiveError, type ArchiveHeader, type ArchiveTable, type ArchiveType } from './archive-format.ts';
import { discoverTables } from './discover-tables.ts';
import { type RestoreForeignKeys, suspendForeignKeys } from './foreign-keys.ts';
import { readArchive } from './read-archive.ts';

/** What `restoreBackup` needs. */
export interface RestoreOptions {
  /** Must hold no table yet. */
  readonly location: StorageLocation;
  readonly file: string;
  /** The program's; those of the backup are applied, and the node's next start applies the rest. */
  readonly migrations: readonly Migration[];
  /**
   * Runs at the end of the load, in its transaction: the place to set readers back whose projection a backup does not carry (full-text
   * indexes), so that they build it anew from the log.
   */
  readonly afterLoad?: (transaction: Transaction<object>, engine: Storage['engine']) => Promise<void>;
}

/** What was restored. */
export interface RestoreSummary {
  readonly header: ArchiveHeader;
  readonly rows: number;
}

/** The backup and the program, or the backup and the database, do not belong together; the message says what to do. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

/**
 * Loads a backup into an empty database, of either engine, in one transaction: a backup that is cut off or altered throws
 * `ArchiveError`, and nothing of it is kept.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreSummary> {
  const { location, file } = options;
  await access(file, constants.R_OK);
  const database = location.kind === 'sqlite' ? databaseFile(location.directory) : undefined;
  const made = database !== undefined && !existsSync(database);
  try {
    await using storage = await connectStorage(location, () => undefined);
    return await storage.write((transaction) => load(storage, transaction, options));
  } catch (error) {
    if (made) await Promise.all(['', '-wal', '-shm'].map((end) => rm(`${database}${end}`, { force: true })));
    throw error;
  }
}

async function load(
  storage: Storage,
  transaction: Transaction<object>,
  { file, migrations, afterLoad }: RestoreOptions,
): Promise<RestoreSummary> {
  const { engine } = storage;
  await lockMigrations(transaction, engine);
  const present = await tableNames(transaction, engine);
  if (present.length > 0) throw new RestoreError(`The database is not empty: it has the table ${present[0]}`);
  let prepared:
    | { readonly header: ArchiveHeader; readonly restoreForeignKeys: RestoreForeignKeys }
    | undefined;
  let rows = 0;
  for await (const piece of readArchive(file)) {
    if (piece.kind === 'header') {
      const { header } = piece;
      await buildSchema(transaction, engine, { header, migrations });
      const restoreForeignKeys = await suspendForeignKeys(transaction, engine);
      for (const { name } of header.tables) await sql`delete from ${sql.table(name)}`.execute(transaction);
      prepared = { header, restoreForeignKeys };
    } else {
      rows += piece.rows.length;
      await storage.bulk.insert(
        transaction,
        piece.table.name,
        piece.table.columns.map(bulkColumn),
        piece.rows,
      );
    }
  }
  if (prepared === undefined) throw new ArchiveError('The backup is empty');
  await prepared.restoreForeignKeys();
  await afterLoad?.(transaction, engine);
  return { header: prepared.header, rows };
}

/** Brings the empty database to exactly the migrations of the backup, and compares what came of it with the backup's tables. */
async function buildSchema(
  transaction: Transaction<object>,
  engine: Storage['engine'],
  { header, migrations }: { readonly header: ArchiveHeader; readonly migrations: readonly Migration[] },
): Promise<void> {
  const appliedAt = new Map<Migration, number>();
  for (const entry of header.migrations) {
    const known = migrations.find(({ slice, number }) => slice === entry.slice && number === entry.number);
    if (known === undefined || known.name !== entry.name) {
      throw new RestoreError(
        `The backup was made by version ${header.program} with the migration ${entry.slice} ${entry.number} (${entry.name}), ` +
          'which this version of the program does not know. Restore it with that version or a newer one.',
      );
    }
    appliedAt.set(known, entry.appliedAt);
  }
  await createMigrationTable(transaction, engine);
  for (const migration of migrations) {
    const at = appliedAt.get(migration);
    if (at !== undefined) await applyMigration(transaction, engine, { migration, appliedAt: at });
  }
  const built = await discoverTables(transaction, engine);
  if (shape(built.tables) !== shape(header.tables)) {
    throw new RestoreError(
      'The tables of the backup are not those that its migrations make: somebody has changed the database by hand. ' +
        difference(built.tables, header.tables),
    );
  }
}

/** Order is left out: a column added later stands elsewhere on a database that was built at once. */
function shape(tables: readonly ArchiveTable[]): string {
  return JSON.stringify(tables.map(describeTable).sort());
}

function describeTable({ name, columns }: ArchiveTable): string {
  return `${name} (${columns
    .map((column) => `${column.name} ${column.type}`)
    .sort()
    .join(', ')})`;
}

function difference(built: readonly ArchiveTable[], archived: readonly ArchiveTable[]): string {
  const [here, there] = [new Set(built.map(describeTable)), new Set(archived.map(describeTable))];
  const only = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...one.difference(other)].join('; ') || 'none';
  return `Only in the backup: ${only(there, here)}. Only in the program: ${only(here, there)}.`;
}

const bulkTypes = { text: 'text', integer: 'bigint', real: 'double precision' } as const satisfies Record<
  ArchiveType,
  BulkColumn['type']
>;

function bulkColumn({ name, type }: ArchiveTable['columns'][number]): BulkColumn {
  return { name, type: bulkTypes[type] };
}
