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
