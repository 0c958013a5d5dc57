/** SQLite refused a statement. `resultCode` is its extended result code, where the error is SQLite's own. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';
  readonly resultCode: number | undefined;

  constructor(message: string, resultCode: number | undefined) {
    super(message);
    this.resultCode = resultCode;
  }
}

/**
 * The thread that holds SQLite has died, and with it every transaction that was open. Whether a commit that was under way
 * has happened is not known. The next statement starts a new thread.
 */
export class SqliteWorkerError extends Error {
  override readonly name = 'SqliteWorkerError';
}

/** The file of the database is not what SQLite wrote: it has been spoilt, cut off, or replaced. */
export class DamagedDatabaseError extends Error {
  override readonly name = 'DamagedDatabaseError';
  readonly advice =
    'Keep the directory as it is, and load your last backup into another one with "belltower restore FILE --data DIRECTORY".';

  constructor(directory: string, cause: unknown) {
    const what = cause instanceof Error ? cause.message.split(' in: ')[0] : String(cause);
    super(`The database belltower.db in ${directory} is damaged: ${what}. Nothing was changed in it.`, {
      cause,
    });
  }
}

/** Whether SQLite found its own file unreadable: SQLITE_CORRUPT or SQLITE_NOTADB. */
export function isDamage(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof SqliteError ? error.cause : error;
  return cause instanceof SqliteError && [11, 26].includes((cause.resultCode ?? 0) & 0xff);
}
