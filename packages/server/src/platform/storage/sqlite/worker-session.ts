import { Worker } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest, WorkerRows, WorkerSettings } from './messages.ts';
import { SqliteError, SqliteWorkerError } from './sqlite-error.ts';

/** Takes a member away from each member of a union. */
type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

/**
 * Memory for what a thread has just made. Rows come and go, and hardly anything stays: more than this makes the thread larger and
 * nothing quicker.
 */
const youngMegabytes = 12;

/** A request before it has its number. */
export type SqliteRequest = Without<WorkerRequest, 'id'>;

interface Waiting {
  resolve(rows: WorkerRows): void;
  reject(error: Error): void;
}

/**
 * One life of the worker thread. When the thread dies, everything that waits for it is rejected, and so is every later
 * request: a transaction that began in one life can never go on in another.
 */
export class WorkerSession {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended = Promise.withResolvers<void>();
  #outbox: WorkerRequest[] = [];
  #lastId = 0;
  #cause: unknown;
  #death: SqliteWorkerError | undefined;

  constructor(settings: WorkerSettings) {
    // The flags of the process (`--eval`, `--inspect`, `--test`) are not for this thread.
    const options = {
      workerData: settings,
      execArgv: [],
      name: `sqlite ${settings.mode}`,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    };
    this.#worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), options);
    this.#worker.on('message', (replies: readonly WorkerReply[]) => {
      for (const reply of replies) this.#settle(reply);
    });
    this.#worker.on('error', (error) => {
      this.#cause = error;
    });
    this.#worker.on('messageerror', (error) => {
      this.#cause = error;
      void this.#worker.terminate();
    });
    this.#worker.on('exit', (code) => this.#die(code));
  }

  /** Why the thread ended; undefined while it lives. */
  get death(): SqliteWorkerError | undefined {
    return this.#death;
  }

  /** Sends a request; requests of the same moment travel in one message. The id of a stream is the id of its request. */
  request(request: SqliteRequest): { readonly id: number; readonly rows: Promise<WorkerRows> } {
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<WorkerRows>();
    if (this.#death !== undefined) {
      reject(this.#death);
      return { id, rows: promise };
    }
    this.#waiting.set(id, { resolve, reject });
    if (this.#outbox.length === 0) queueMicrotask(() => this.#flush());
    this.#outbox.push({ ...request, id });
    return { id, rows: promise };
  }

  /** Closes the connections and ends the thread; resolves when it has ended, however that came about. */
  async close(): Promise<void> {
    const closing = this.request({ kind: 'close', connection: 0 });
    await closing.rows.catch(() => this.#worker.terminate());
    await this.#ended.promise;
  }

  /** Ends the thread at once, as a crash would. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
    await this.#ended.promise;
  }

  #flush(): void {
    const requests = this.#outbox;
    this.#outbox = [];
    this.#worker.postMessage(requests);
  }

  #settle(reply: WorkerReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('result' in reply) waiting?.resolve(reply.result);
    else waiting?.reject(new SqliteError(reply.failure.message, reply.failure.resultCode));
  }

  #die(code: number): void {
    const detail = this.#cause instanceof Error ? this.#cause.message : `exit code ${code}`;
    this.#death = new SqliteWorkerError(`The SQLite thread has ended: ${detail}`, { cause: this.#cause });
    for (const waiting of this.#waiting.values()) waiting.reject(this.#death);
    this.#waiting.clear();
    this.#ended.resolve();
  }
}
