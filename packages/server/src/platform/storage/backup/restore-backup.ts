import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { sql, type Transaction } from 'kysely';
import { createMigrationTable, tableNames } from '../migration-table.ts';
import { applyMigration, lockMigrations, type Migration } from '../migrations.ts';
import { connectStorage } from '../open-storage.ts';
import { lockFiles } from '../sqlite/directory-lock.ts';
import { databaseFile } from '../sqlite/sqlite-storage.ts';
import type { BulkColumn, Storage } from '../storage.ts';
import type { StorageLocation } from '../storage-location.ts';
import { ArchiveError, type ArchiveHeader, type ArchiveTable, type ArchiveType } from './archive-format.ts';
import { type CollectionDigest, type ContentDigests, differingCollections } from './content-digest.ts';
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
  /** How to tell what the collections hold. */
  readonly contents: ContentDigests;
  readonly signal?: AbortSignal | undefined;
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
  /** Computed from what now stands in the database. */
  readonly digests: readonly CollectionDigest[];
  /** False: an older program made the backup, which has no digests to compare them with. */
  readonly compared: boolean;
}

/** The backup and the program, or the backup and the database, do not belong together; the message says what to do. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

/**
 * Loads a backup into an empty database, of either engine, in one transaction, and compares the digest of each collection with the
 * backup's: one that is cut off or altered throws `ArchiveError`, and nothing of it is kept. What a restore leaves that failed or was
 * killed is an empty place for the next one.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreSummary> {
  const { location, file } = options;
  await access(file, constants.R_OK);
  const made = location.kind === 'sqlite' && !existsSync(location.directory);
  const state = { ownsPlace: false };
  const tidy = () => {
    if (location.kind === 'sqlite' && state.ownsPlace) leaveNothing(location.directory, { made });
  };
  await using storage = await connectStorage(location, () => undefined, tidy);
  const summary = await storage.write((transaction) => load(storage, transaction, { ...options, state }));
  state.ownsPlace = false;
  return summary;
}

/** Removes what an attempt has made. It runs under the directory's lock, so that it is nobody else's. */
function leaveNothing(directory: string, { made }: { readonly made: boolean }): void {
  const database = databaseFile(directory);
  const files = [
    ...['', '-wal', '-shm'].map((end) => `${database}${end}`),
    ...lockFiles.map((name) => join(directory, name)),
  ];
  for (const file of files) rmSync(file, { force: true });
  if (made && readdirSync(directory).length === 0) rmdirSync(directory);
}

async function load(
  storage: Storage,
  transaction: Transaction<object>,
  {
    file,
    migrations,
    contents,
    signal,
    afterLoad,
    state,
  }: RestoreOptions & { state: { ownsPlace: boolean } },
): Promise<RestoreSummary> {
  const { engine } = storage;
  await lockMigrations(transaction, engine);
  if ((await tableNames(transaction, engine)).length > 0) throw new RestoreError(notEmpty[engine]);
  state.ownsPlace = true;
  let prepared:
    | { readonly header: ArchiveHeader; readonly restoreForeignKeys: RestoreForeignKeys }
    | undefined;
  let rows = 0;
  let expected: readonly CollectionDigest[] | undefined;
  for await (const piece of readArchive(file, contents)) {
    signal?.throwIfAborted();
    if (piece.kind === 'header') {
      const { header } = piece;
      await buildSchema(transaction, engine, { header, migrations });
      const restoreForeignKeys = await suspendForeignKeys(transaction, engine);
      for (const { name } of header.tables) await sql`delete from ${sql.table(name)}`.execute(transaction);
      prepared = { header, restoreForeignKeys };
    } else if (piece.kind === 'digests') {
      expected = piece.digests;
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
  const digests = await contents.read(transaction);
  const [differing] = expected === undefined ? [] : differingCollections(expected, digests);
  if (differing !== undefined) {
    throw new RestoreError(
      `The collection "${differing}" would not be what it was when the backup was made, so nothing was restored.`,
    );
  }
  return { header: prepared.header, rows, digests, compared: expected !== undefined };
}

const notEmpty = {
  sqlite:
    'There is data in this directory already. Restore into a directory that is empty or does not exist.',
  postgres:
    'There is data in this database already. Restore into an empty database, or an empty schema of it.',
} as const;

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
      `The backup comes from a database that was changed by hand, which no version of the program can restore. ${difference(built.tables, header.tables)}`,
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
