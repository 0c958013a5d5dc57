import type { PackedRows } from '../packed-rows.ts';
import type { SqlValue } from '../storage.ts';

/** What the worker is started with. */
export interface WorkerSettings {
  /** The database file. */
  readonly file: string;
  /** One connection writes; every other is read-only. */
  readonly mode: 'write' | 'read';
  /** How long a statement waits for a lock that another connection holds, in milliseconds. */
  readonly busyTimeout: number;
}

/**
 * A request to the worker. `connection` 0 is the worker's own connection; others are opened by `open`, each with a
 * snapshot of its own, and given back by `release`.
 */
export type WorkerRequest = { readonly id: number; readonly connection: number } & (
  | {
      readonly kind: 'execute';
      readonly sql: string;
      readonly parameters: readonly SqlValue[];
      /** Starts the transaction first, which saves a message to and fro. */
      readonly begin: boolean;
    }
  | {
      /** As `execute`, for rows of integers and a text, of which no more than so many bytes are wanted. */
      readonly kind: 'pack';
      readonly sql: string;
      readonly parameters: readonly SqlValue[];
      readonly mostBytes: number;
      readonly begin: boolean;
    }
  | {
      readonly kind: 'bulk';
      readonly sql: string;
      /** How many values make one row. */
      readonly width: number;
      /** All rows, one after the other. */
      readonly values: readonly SqlValue[];
      readonly begin: boolean;
    }
  | { readonly kind: 'open' }
  | { readonly kind: 'release' }
  | {
      readonly kind: 'stream';
      readonly sql: string;
      readonly parameters: readonly SqlValue[];
      readonly begin: boolean;
    }
  | { readonly kind: 'next'; readonly stream: number; readonly rows: number; readonly characters: number }
  | { readonly kind: 'end'; readonly stream: number }
  | { readonly kind: 'close' }
);

/** Rows as arrays beside one list of column names: half the size of rows as objects. */
export interface WorkerRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** How many rows an insert, update or delete changed. */
  readonly changes?: number;
  /** In place of `rows`, where it was asked for. */
  readonly packed?: PackedRows;
}

/** The answer to one request. */
export type WorkerReply = { readonly id: number } & (
  | { readonly result: WorkerRows }
  | { readonly failure: WorkerFailure }
);

/** An error as plain data. `resultCode` is SQLite's extended result code, where the error came from SQLite. */
export interface WorkerFailure {
  readonly message: string;
  readonly resultCode?: number;
}
