import { Kysely, PostgresDialect, type QueryCompiler, sql, type Transaction } from 'kysely';
import type { Storage, StorageFigures } from '../storage.ts';
import { WriteScope } from '../write-scope.ts';
import { type BoundedPool, boundedPool } from './bounded-client.ts';
import { explainConnection } from './explain-connection.ts';
import { postgresBulk } from './postgres-bulk.ts';
import { createPool, type PostgresSettings, patience } from './postgres-pool.ts';
import { retryTransaction } from './retry-transaction.ts';
import { StrictPostgresCompiler } from './strict-postgres-compiler.ts';

/** The database cannot be reached or used, or is set up so that the node's promises would not hold. */
export class PostgresSetupError extends Error {
  override readonly name = 'PostgresSetupError';
  /** What to do. */
  readonly advice: string | undefined;

  constructor(
    message: string,
    { advice, cause }: { readonly advice?: string; readonly cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.advice = advice;
  }
}

/** Connects to PostgreSQL and checks its set-up; throws PostgresSetupError, or the connection's own error when that is none of the set-up. */
export async function connectPostgres(settings: PostgresSettings): Promise<Storage> {
  const storage = new PostgresStorage(settings);
  try {
    await checkSetup(storage.read, settings.schema);
    return storage;
  } catch (error) {
    await storage[Symbol.asyncDispose]();
    const explained = explainConnection(error, settings.url);
    if (explained === undefined) throw error;
    throw new PostgresSetupError(explained.says, { advice: explained.advice, cause: error });
  }
}

/** Connections that read rights: their statements are short and few. */
const rightsConnections = 2;

class PostgresStorage implements Storage {
  readonly engine = 'postgres';
  readonly bulk = postgresBulk;
  readonly read: Kysely<object>;
  readonly readRights: Kysely<object>;
  readonly #writer: Kysely<object>;
  readonly #scope = new WriteScope();
  readonly #pools: readonly [read: BoundedPool, write: BoundedPool, rights: BoundedPool];

  constructor(settings: PostgresSettings) {
    const open = (access: 'read' | 'write', poolSize = settings.poolSize) =>
      boundedPool(
        createPool({ ...settings, ...(poolSize === undefined ? {} : { poolSize }) }, access),
        patience,
      );
    const [reading, writing, rights] = [open('read'), open('write'), open('read', rightsConnections)];
    this.#pools = [reading, writing, rights];
    this.read = new Kysely({ dialect: new StrictPostgresDialect({ pool: reading }) });
    this.readRights = new Kysely({ dialect: new StrictPostgresDialect({ pool: rights }) });
    this.#writer = new Kysely({ dialect: new StrictPostgresDialect({ pool: writing }) });
  }

  write<Result>(work: (transaction: Transaction<object>) => Promise<Result>): Promise<Result> {
    const begin = () => this.#writer.transaction().setIsolationLevel('read committed');
    return retryTransaction(() => this.#scope.run(begin, work));
  }

  async figures(): Promise<StorageFigures> {
    const [read, write] = this.#pools;
    return { engine: 'postgres', pools: { read: read.figures(), write: write.figures() } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scope.close();
    // Kysely leaves a pool open that it has not used.
    await Promise.all(this.#pools.map((pool) => (pool.ended ? undefined : pool.end())));
  }
}

class StrictPostgresDialect extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new StrictPostgresCompiler();
  }
}

async function checkSetup(db: Kysely<object>, schema: string | undefined): Promise<void> {
  const { rows } = await sql<{ schema: string | null; encoding: string; commit: string }>`
    select current_schema() as schema, current_setting('server_encoding') as encoding,
      current_setting('synchronous_commit') as commit`.execute(db);
  const [found] = rows;
  if (found?.schema === null || (schema !== undefined && found?.schema !== schema)) {
    throw new PostgresSetupError(
      `The database has no schema "${schema ?? 'public'}" for the tables, or it may not be used`,
    );
  }
  if (found?.encoding !== 'UTF8') {
    throw new PostgresSetupError(
      `The database is encoded in ${found?.encoding}; Belltower needs one with encoding UTF8`,
    );
  }
  if (found.commit === 'off') {
    throw new PostgresSetupError(
      'PostgreSQL is set to synchronous_commit = off: it would confirm entries that a power failure takes away. Set it to on',
    );
  }
}
