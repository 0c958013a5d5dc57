import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { preparedName } from '../statement.ts';
import type { PoolFigures } from '../storage.ts';
import { type StorageTrouble, StorageTroubleError } from '../storage-trouble.ts';

/** What a pool has that Kysely does not ask for. */
export interface BoundedPool extends PostgresPool {
  readonly ended: boolean;
  figures(): PoolFigures;
}

/**
 * A pool for Kysely whose statements end. PostgreSQL bounds them itself, but not while its process is stopped or its machine is gone: a
 * statement that has had no answer for `patience` milliseconds fails here, and its connection is given up. Trouble with the
 * database is thrown as StorageTroubleError. A transaction that lifts PostgreSQL's own bound (`set local statement_timeout = 0`) lifts
 * this one as well.
 */
export function boundedPool(pool: pg.Pool, patience: number): BoundedPool {
  return {
    options: pool.options,
    get ended() {
      return pool.ended;
    },
    figures: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async connect() {
      try {
        return new BoundedClient(await pool.connect(), patience);
      } catch (error) {
        throw asTrouble(error);
      }
    },
    end: () => pool.end(),
  };
}

class BoundedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  #patience: number;
  #released = false;

  constructor(client: pg.PoolClient, patience: number) {
    this.#client = client;
    this.#patience = patience;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    statement: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof statement === 'string') return this.#run<R>(statement, parameters);
    throw new TypeError('PostgreSQL is read without cursors');
  }

  release(destroy = false): void {
    if (this.#released) return;
    this.#released = true;
    this.#client.release(destroy);
  }

  async #run<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (text === unbounded) this.#patience = 0;
    // Giving the connection up ends the statement with an error of its own.
    let late = false;
    const giveUp = () => {
      late = true;
      this.release(true);
    };
    const timer = this.#patience > 0 ? setTimeout(giveUp, this.#patience) : undefined;
    try {
      const name = preparedName(text);
      const values = [...parameters];
      const result: unknown = await this.#client.query(
        name === undefined ? { text, values } : { name, text, values },
      );
      // Kysely's row type is a promise of whoever wrote the query; no driver can check it.
      return result as PostgresQueryResult<R>;
    } catch (error) {
      throw late ? noAnswer(error) : asTrouble(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The statement that tells that a transaction may take its time. */
const unbounded = 'set local statement_timeout = 0';

/** SQLSTATE classes and codes for what another attempt may not meet again. */
const passing = /^(08|57P|53|40001|40P01|55P03|57014|25P0[34]|58030)/; // connections, shutdown, resources, serialization, deadlock, lock and statement timeouts, idle transactions, input and output

function noAnswer(cause: unknown): StorageTroubleError {
  return new StorageTroubleError('unavailable', 'PostgreSQL gave no answer in time', cause);
}

function asTrouble(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) {
    const { code = '' } = error;
    if (!passing.test(code)) return error;
    const trouble: StorageTrouble = code === '53100' ? 'full' : 'unavailable';
    return new StorageTroubleError(trouble, `PostgreSQL: ${error.message} (${code})`, error);
  }
  // What comes from no server is the connection's: refused, broken, timed out.
  if (error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError)) {
    return new StorageTroubleError('unavailable', `PostgreSQL: ${error.message}`, error);
  }
  return error;
}
