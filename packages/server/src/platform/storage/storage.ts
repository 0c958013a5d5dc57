import type { Kysely, Transaction } from 'kysely';

/** What a column can hold in the SQL that both engines share. Booleans are the integers 0 and 1. */
export type SqlValue = string | number | null;

/** A column of a bulk statement; PostgreSQL needs its type to read the rows from one parameter. */
export interface BulkColumn {
  readonly name: string;
  readonly type: 'text' | 'bigint' | 'integer' | 'double precision';
}

/** Statements whose fastest form differs from engine to engine. They run inside the transaction that is given. */
export interface Bulk {
  /**
   * Inserts all rows; each row has one value for each column, in the order of `columns`. Rows are taken a few hundred at a
   * time, so that any number of them neither keeps others waiting nor stands in memory twice.
   */
  insert(
    transaction: Transaction<object>,
    table: string,
    columns: readonly BulkColumn[],
    rows: Iterable<readonly SqlValue[]>,
  ): Promise<void>;
}

/** What an operator watches of a database: bytes of SQLite's files, connections of PostgreSQL's pools. */
export type StorageFigures =
  | { readonly engine: 'sqlite'; readonly files: { readonly database: number; readonly log: number } }
  | {
      readonly engine: 'postgres';
      readonly pools: { readonly read: PoolFigures; readonly write: PoolFigures };
    };

/** Connections that are open, those of them that do nothing, and requests that wait for one. */
export interface PoolFigures {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/**
 * The node's database. A store names its own tables with Kysely's `withTables`; nothing here knows any table, so a
 * store can reach only what it declares itself.
 */
export interface Storage extends AsyncDisposable {
  readonly engine: 'sqlite' | 'postgres';

  /** Reads what is committed; on SQLite the connection is read-only, so that a stray write throws. */
  readonly read: Kysely<object>;

  /**
   * As `read`, for the few short statements that find out who may do what, and for nothing else: it has connections of its own, so
   * that a right ends in time however busy the others are (rule R3).
   */
  readonly readRights: Kysely<object>;

  /**
   * Runs `work` in one transaction and resolves when it is durable. On SQLite there is one writer at a time; on
   * PostgreSQL transactions run side by side at READ COMMITTED, so a store locks the rows that it decides on with
   * Kysely's `forUpdate()`, which the SQLite dialect leaves out. When `work` throws, nothing is kept. A `write` inside
   * a `write` throws. `work` may run again when another transaction was in its way (a deadlock), so that what it does outside of
   * its transaction has to be right however often it happens. A statement that failed ends the transaction on PostgreSQL, so `work` must not go on after it.
   */
  write<Result>(work: (transaction: Transaction<object>) => Promise<Result>): Promise<Result>;

  readonly bulk: Bulk;

  figures(): Promise<StorageFigures>;
}
