import {
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
} from 'kysely';
import { SqliteCompiler } from './sqlite-compiler.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { Turnstile } from './turnstile.ts';
import type { WorkerClient } from './worker-client.ts';

/** Kysely on `node:sqlite` in a worker thread. */
export class SqliteWorkerDialect implements Dialect {
  readonly #client: WorkerClient;

  constructor(client: WorkerClient) {
    this.#client = client;
  }

  createAdapter(): DialectAdapter {
    return new SqliteWorkerAdapter();
  }

  createDriver(): Driver {
    return new SqliteWorkerDriver(this.#client);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteCompiler(this.#client.mode);
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** The driver queues by itself where there is one connection. */
class SqliteWorkerAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class SqliteWorkerDriver implements Driver {
  readonly #client: WorkerClient;
  readonly #turnstile = new Turnstile();

  constructor(client: WorkerClient) {
    this.#client = client;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#client.mode === 'write') await this.#turnstile.enter();
    return new SqliteConnection(this.#client);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).end('commit');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).end('rollback');
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    try {
      await own(connection).release();
    } finally {
      if (this.#client.mode === 'write') this.#turnstile.leave();
    }
  }

  async destroy(): Promise<void> {}
}

function own(connection: DatabaseConnection): SqliteConnection {
  if (connection instanceof SqliteConnection) return connection;
  throw new TypeError('Not a connection of this driver');
}
