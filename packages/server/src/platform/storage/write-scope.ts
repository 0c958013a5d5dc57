import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, Transaction } from 'kysely';

/** How long a close waits for transactions, in milliseconds. */
const closePatience = 10_000;

/**
 * Runs the transactions of one storage. A `write` inside a `write` would wait for itself on SQLite, and for a free connection
 * on PostgreSQL, so it is refused on both.
 */
export class WriteScope {
  readonly #scopes = new AsyncLocalStorage<{ open: boolean }>();
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  async run<Result>(
    begin: () => ReturnType<Kysely<object>['transaction']>,
    work: (transaction: Transaction<object>) => Promise<Result>,
  ): Promise<Result> {
    if (this.#closed) throw new Error('The storage has been closed');
    if (this.#scopes.getStore()?.open === true) {
      throw new Error('write() was called inside write(): pass the transaction on instead');
    }
    const scope = { open: true };
    const running = this.#scopes.run(scope, () => execute(begin, work));
    this.#running.add(running);
    try {
      return await running;
    } finally {
      scope.open = false;
      this.#running.delete(running);
    }
  }

  /** Takes no more transactions and waits for those that run, but not for ever: what hangs is rolled back. */
  async close(): Promise<void> {
    this.#closed = true;
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, closePatience);
    await Promise.race([Promise.allSettled(this.#running), patience.promise]);
    clearTimeout(timer);
  }
}

/** When the rollback fails as well, what `work` threw is the error that explains it. */
async function execute<Result>(
  begin: () => ReturnType<Kysely<object>['transaction']>,
  work: (transaction: Transaction<object>) => Promise<Result>,
): Promise<Result> {
  let first: { readonly error: unknown } | undefined;
  try {
    return await begin().execute(async (transaction) => {
      try {
        return await work(transaction);
      } catch (error) {
        first = { error };
        throw error;
      }
    });
  } catch (error) {
    throw first === undefined ? error : first.error;
  }
}
