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
import type { WorkerClient } from './worker-client.ts';

/** Kysely on `node:sqlite` in a worker thread. */
export class SqliteWorkerDialect implements Dialect {
  readonly #client: WorkerClient;

  constructor(client: WorkerClient) {
    this.#client = client;
  }

  createAdapter(): DialectAdapter {
    return this.#client.mode === 'write' ? new SqliteAdapter() : new SqliteReadAdapter();
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

/** With several connections Kysely does not queue; with one, as for the writer, it lets one transaction in at a time. */
class SqliteReadAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class SqliteWorkerDriver implements Driver {
  readonly #client: WorkerClient;

  constructor(client: WorkerClient) {
    this.#client = client;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
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
    await own(connection).release();
  }

  async destroy(): Promise<void> {}
}

function own(connection: DatabaseConnection): SqliteConnection {
  if (connection instanceof SqliteConnection) return connection;
  throw new TypeError('Not a connection of this driver');
}
