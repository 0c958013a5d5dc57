import { SqliteError, SqliteWorkerError } from './sqlite/sqlite-error.ts';

/** What keeps a database from its work, by no fault of the statement: a full disk, or anything that passes. */
export type StorageTrouble = 'full' | 'unavailable';

/** The connection to PostgreSQL failed, or the server could not do what was asked of it; `cause` is its own error. */
export class StorageTroubleError extends Error {
  override readonly name = 'StorageTroubleError';
  readonly trouble: StorageTrouble;

  constructor(trouble: StorageTrouble, message: string, cause: unknown) {
    super(message, { cause });
    this.trouble = trouble;
  }
}

/**
 * Tells trouble of the database from a defect of the program; undefined for the latter. Whether a transaction that was being
 * committed has happened is not known after `unavailable`.
 */
export function storageTrouble(error: unknown): StorageTrouble | undefined {
  if (error instanceof StorageTroubleError) return error.trouble;
  if (error instanceof SqliteWorkerError) return 'unavailable';
  if (error instanceof SqliteError && error.resultCode !== undefined) {
    return sqliteTrouble.get(error.resultCode) ?? sqliteTrouble.get(error.resultCode & 0xff);
  }
  return undefined;
}

/** By SQLite's result code; the extended one counts first. */
const sqliteTrouble: ReadonlyMap<number, StorageTrouble> = new Map([
  [5, 'unavailable'], // SQLITE_BUSY
  [6, 'unavailable'], // SQLITE_LOCKED
  [7, 'unavailable'], // SQLITE_NOMEM
  [10, 'unavailable'], // SQLITE_IOERR
  [13, 'full'], // SQLITE_FULL
  [14, 'unavailable'], // SQLITE_CANTOPEN
  [15, 'unavailable'], // SQLITE_PROTOCOL
  [778, 'full'], // SQLITE_IOERR_WRITE: a file may not grow any further
  [4874, 'full'], // SQLITE_IOERR_SHMSIZE
]);
