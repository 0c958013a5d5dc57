import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { checkParameter } from '../sql-value.ts';
import { StatementQuery } from '../statement.ts';
import type { SqlValue } from '../storage.ts';
import { BulkQuery } from './bulk-query.ts';
import type { WorkerRows } from './messages.ts';
import { SqliteError } from './sqlite-error.ts';
import type { WorkerClient } from './worker-client.ts';
import type { SqliteRequest, WorkerSession } from './worker-session.ts';

/** A piece of a stream ends at about this much text, whatever its number of rows. */
const streamCharacters = 1_048_576;

/** What Kysely sees of the worker: one of these for each query that stands alone, and one for each transaction. */
export class SqliteConnection implements DatabaseConnection {
  readonly #client: WorkerClient;
  /** Set while a transaction runs, which must not outlive the thread that it began in. */
  #session: WorkerSession | undefined;
  #connection = 0;
  #begin = false;

  constructor(client: WorkerClient) {
    this.#client = client;
  }

  /**
   * Begins with the first statement, which saves a message to and fro. A transaction that reads has a connection of its own: its snapshot
   * must not make the queries beside it stale.
   */
  async begin(): Promise<void> {
    this.#session = this.#client.session();
    this.#begin = true;
    if (this.#client.mode === 'read') await this.#open(this.#session);
  }

  /** Ends the transaction. A rollback does not fail: a thread that died has rolled back already. */
  async end(how: 'commit' | 'rollback'): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    try {
      if (!this.#begin)
        await this.#send(session, { kind: 'execute', sql: how, parameters: [], ...this.#place() });
    } catch (error) {
      if (how === 'commit') throw error;
    }
  }

  /** Gives back what `begin` took. */
  async release(): Promise<void> {
    const [session, connection] = [this.#session, this.#connection];
    this.#session = undefined;
    this.#connection = 0;
    this.#begin = false;
    if (session?.death === undefined && connection !== 0) {
      await session?.request({ kind: 'release', connection }).rows;
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const session = this.#session ?? this.#client.session();
    if (query instanceof StatementQuery)
      return queryResult(await this.#send(session, { ...statementRequest(query), ...this.#place() }));
    const { sql } = query;
    const request: SqliteRequest =
      query instanceof BulkQuery
        ? { kind: 'bulk', sql, width: query.width, values: query.values, ...this.#place() }
        : { kind: 'execute', sql, parameters: bound(query), ...this.#place() };
    return queryResult(await this.#send(session, request));
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    const session = this.#session ?? this.#client.session();
    const own = this.#session === undefined && this.#client.mode === 'read';
    if (own) await this.#open(session);
    const connection = this.#connection;
    const parameters = bound(query);
    const stream = session.request({ kind: 'stream', sql: query.sql, parameters, ...this.#place() });
    const next = { kind: 'next', stream: stream.id, rows: chunkSize, characters: streamCharacters } as const;
    try {
      await stream.rows;
      for (;;) {
        const piece = queryResult<R>(await this.#send(session, { ...next, connection }));
        if (piece.rows.length === 0) return;
        yield piece;
      }
    } finally {
      if (session.death === undefined)
        await session.request({ kind: 'end', stream: stream.id, connection }).rows;
      if (own && session.death === undefined) await session.request({ kind: 'release', connection }).rows;
      if (own) this.#connection = 0;
    }
  }

  async #open(session: WorkerSession): Promise<void> {
    this.#connection = this.#client.nextConnection();
    await session.request({ kind: 'open', connection: this.#connection }).rows;
  }

  #place(): { readonly connection: number; readonly begin: boolean } {
    const begin = this.#begin;
    this.#begin = false;
    return { connection: this.#connection, begin };
  }

  /** Makes the error anew here, so that its stack shows who asked. */
  async #send(session: WorkerSession, request: SqliteRequest): Promise<WorkerRows> {
    try {
      return await session.request(request).rows;
    } catch (error) {
      if (!(error instanceof SqliteError)) throw error;
      const statement = 'sql' in request ? ` in: ${request.sql.slice(0, 500)}` : '';
      throw new SqliteError(`${error.message}${statement}`, error.resultCode);
    }
  }
}

function statementRequest({ statement, parameters: given, mostBytes }: StatementQuery) {
  const parameters = statement.order.map((place) => {
    const value = given[place];
    return Array.isArray(value) ? JSON.stringify(value) : checkParameter(value, place + 1);
  });
  const { sqlite: sql } = statement;
  return mostBytes === undefined
    ? ({ kind: 'execute', sql, parameters } as const)
    : ({ kind: 'pack', sql, parameters, mostBytes } as const);
}

function bound(query: CompiledQuery): readonly SqlValue[] {
  return query.parameters.map((value, index) => checkParameter(value, index + 1));
}

function queryResult<R>({ columns, rows, changes, packed }: WorkerRows): QueryResult<R> {
  if (packed !== undefined) return { rows: [packed] as R[] };
  const objects = rows.map((row) => {
    const object: Record<string, SqlValue> = {};
    for (const [index, column] of columns.entries()) object[column] = row[index] ?? null;
    return object;
  });
  // Kysely's row type is a promise of whoever wrote the query; no driver can check it.
  const result = { rows: objects as R[] };
  return changes === undefined ? result : { ...result, numAffectedRows: BigInt(changes) };
}
