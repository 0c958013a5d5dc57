import type { WorkerSettings } from './messages.ts';
import { WorkerSession } from './worker-session.ts';

/** Keeps one worker thread running: the first request after its death starts it anew. */
export class WorkerClient implements AsyncDisposable {
  readonly #settings: WorkerSettings;
  readonly #onDeath: (error: Error) => void;
  #session: WorkerSession | undefined;
  #lastConnection = 0;
  #closed = false;

  constructor(settings: WorkerSettings, onDeath: (error: Error) => void) {
    this.#settings = settings;
    this.#onDeath = onDeath;
  }

  get mode(): WorkerSettings['mode'] {
    return this.#settings.mode;
  }

  /** The living session. Throws when the storage has been closed. */
  session(): WorkerSession {
    if (this.#closed) throw new Error('The storage has been closed');
    const death = this.#session?.death;
    if (death !== undefined) this.#onDeath(death);
    if (this.#session === undefined || death !== undefined) this.#session = new WorkerSession(this.#settings);
    return this.#session;
  }

  /** A number that no connection has had. */
  nextConnection(): number {
    this.#lastConnection += 1;
    return this.#lastConnection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#session?.close();
  }
}
