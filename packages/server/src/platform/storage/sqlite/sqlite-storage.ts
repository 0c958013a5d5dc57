import { closeSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, type Transaction } from 'kysely';
import { pieces } from '../pieces.ts';
import type { Bulk, Storage, StorageFigures } from '../storage.ts';
import { WriteScope } from '../write-scope.ts';
import { BulkQuery } from './bulk-query.ts';
import { lockDirectory } from './directory-lock.ts';
import { SqliteWorkerDialect } from './sqlite-dialect.ts';
import { WorkerClient } from './worker-client.ts';

/** Where the database stands in a data directory. */
export function databaseFile(directory: string): string {
  return join(directory, 'belltower.db');
}

/** Readers do not wait for writers in WAL mode; what is left is a moment of recovery or of a checkpoint. */
export const busyTimeout = 5_000;

/** What opening SQLite needs. `onError` hears of a thread that died and was started anew. */
export interface SqliteSettings {
  readonly directory: string;
  readonly onError: (error: Error) => void;
  /** Runs when everything is closed and the directory is still locked. */
  readonly beforeUnlock?: (() => void) | undefined;
}

/** Rows in one message to the thread, and messages under way: the next ones are packed while it works, and no more. */
const rowsAtOnce = 250;
const messagesAtOnce = 3;

const bulk: Bulk = {
  async insert(transaction, table, columns, rows) {
    const sent: Promise<unknown>[] = [];
    for (const piece of pieces(rows, rowsAtOnce)) {
      if (sent.length >= messagesAtOnce) await sent.shift();
      const insert = transaction.executeQuery(new BulkQuery(table, columns, piece));
      // It is waited for below; until then a failure is not unheard.
      insert.catch(() => undefined);
      sent.push(insert);
    }
    await Promise.all(sent);
  },
};

/** SQLite in the process: one thread writes, one reads, and one reads rights. The directory is locked against every other process. */
export class SqliteStorage implements Storage {
  readonly engine = 'sqlite';
  readonly bulk = bulk;
  readonly read: Kysely<object>;
  readonly readRights: Kysely<object>;
  /** The threads, for tests that end one. */
  readonly threads: {
    readonly writer: WorkerClient;
    readonly reader: WorkerClient;
    readonly rightsReader: WorkerClient;
  };
  readonly #writer: Kysely<object>;
  readonly #scope = new WriteScope();
  readonly #lock: Disposable;
  readonly #file: string;
  readonly #beforeUnlock: (() => void) | undefined;

  constructor({ directory, onError, beforeUnlock }: SqliteSettings) {
    this.#beforeUnlock = beforeUnlock;
    this.#lock = lockDirectory(directory);
    const file = databaseFile(directory);
    this.#file = file;
    // Whoever made the directory may have let others into it. The files beside the database get the rights that it has.
    closeSync(openSync(file, 'a', 0o600));
    this.threads = {
      writer: new WorkerClient({ file, busyTimeout, mode: 'write' }, onError),
      reader: new WorkerClient({ file, busyTimeout, mode: 'read' }, onError),
      rightsReader: new WorkerClient({ file, busyTimeout, mode: 'read' }, onError),
    };
    for (const client of Object.values(this.threads)) client.session();
    this.#writer = new Kysely({ dialect: new SqliteWorkerDialect(this.threads.writer) });
    this.read = new Kysely({ dialect: new SqliteWorkerDialect(this.threads.reader) });
    this.readRights = new Kysely({ dialect: new SqliteWorkerDialect(this.threads.rightsReader) });
  }

  write<Result>(work: (transaction: Transaction<object>) => Promise<Result>): Promise<Result> {
    return this.#scope.run(() => this.#writer.transaction(), work);
  }

  async figures(): Promise<StorageFigures> {
    const sizeOf = (file: string) =>
      stat(file).then(
        ({ size }) => size,
        // Without a log there is no file for it.
        () => 0,
      );
    const [database, log] = await Promise.all([sizeOf(this.#file), sizeOf(`${this.#file}-wal`)]);
    return { engine: 'sqlite', files: { database, log } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scope.close();
    await this.threads.rightsReader[Symbol.asyncDispose]();
    await this.threads.reader[Symbol.asyncDispose]();
    await this.threads.writer[Symbol.asyncDispose]();
    this.#beforeUnlock?.();
    this.#lock[Symbol.dispose]();
  }
}
