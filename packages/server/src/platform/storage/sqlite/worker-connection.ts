import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Packer } from '../packed-rows.ts';
import type { SqlValue } from '../storage.ts';
import type { WorkerRows, WorkerSettings } from './messages.ts';

/** Statements kept prepared; the program has some hundreds, all with constant text. */
const statementLimit = 500;

interface Prepared {
  readonly statement: StatementSync;
  columns: readonly string[];
}

/** A query whose rows are fetched in pieces. */
export interface OpenStream {
  readonly columns: readonly string[];
  readonly rows: Iterator<unknown>;
}

/** One SQLite connection with its prepared statements. It lives in the worker and blocks while a statement runs. */
export class WorkerConnection {
  readonly #database: DatabaseSync;
  readonly #writes: boolean;
  readonly #statements = new Map<string, Prepared>();

  constructor(settings: WorkerSettings) {
    this.#writes = settings.mode === 'write';
    this.#database = new DatabaseSync(settings.file, {
      readOnly: !this.#writes,
      timeout: settings.busyTimeout,
      enableForeignKeyConstraints: true,
    });
    for (const pragma of this.#writes ? [...sharedPragmas, ...writerPragmas] : sharedPragmas) {
      this.#database.exec(`pragma ${pragma}`);
    }
  }

  /** A transaction that writes takes the write lock at once, so that it cannot fail half-way for want of it. */
  begin(): void {
    this.#database.exec(this.#writes ? 'begin immediate' : 'begin');
  }

  execute(sql: string, parameters: readonly SqlValue[]): WorkerRows {
    if (sql === 'rollback' && !this.#database.isTransaction) return { columns: [], rows: [] };
    this.#expectTransaction();
    const prepared = this.#prepare(sql);
    if (prepared.columns.length === 0) {
      const { changes } = prepared.statement.run(...bindable(parameters));
      return { columns: [], rows: [], changes: Number(changes) };
    }
    const rows: unknown = prepared.statement.all(...bindable(parameters));
    if (!isRows(rows)) throw new TypeError('node:sqlite did not return rows as arrays');
    // A `select *` that was prepared before the table changed is prepared anew by SQLite, with other columns.
    if (rows[0] !== undefined && rows[0].length !== prepared.columns.length) {
      prepared.columns = columnNames(prepared.statement);
    }
    return { columns: prepared.columns, rows };
  }

  /** Rows until their texts would be more than so many bytes, and always the first. */
  pack(sql: string, parameters: readonly SqlValue[], mostBytes: number): WorkerRows {
    const { statement, columns } = this.#prepare(sql);
    const packer = new Packer(columns.length - 1);
    let bytes = 0;
    let whole = true;
    for (const row of statement.iterate(...bindable(parameters))) {
      if (!isRow(row)) throw new TypeError('node:sqlite did not return a row as an array');
      const text = row[columns.length - 1];
      if (typeof text !== 'string') throw new TypeError('A row that is packed ends with a text');
      const own = Buffer.byteLength(text);
      whole = bytes === 0 || bytes + own <= mostBytes;
      if (!whole) break;
      bytes += own;
      packer.add(row.slice(0, -1).map(Number), text);
    }
    return { columns: [], rows: [], packed: packer.finish(whole) };
  }

  bulk(sql: string, width: number, values: readonly SqlValue[]): WorkerRows {
    this.#expectTransaction();
    const { statement } = this.#prepare(sql);
    for (let at = 0; at < values.length; at += width)
      statement.run(...bindable(values.slice(at, at + width)));
    return { columns: [], rows: [], changes: values.length / width };
  }

  stream(sql: string, parameters: readonly SqlValue[]): OpenStream {
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    return { columns: columnNames(statement), rows: statement.iterate(...bindable(parameters)) };
  }

  rollback(): void {
    if (this.#database.isTransaction) this.#database.exec('rollback');
  }

  /** Moves what was written from the log of SQLite into the database, without waiting for anybody. */
  checkpoint(): void {
    if (!this.#database.isTransaction) this.#database.exec('pragma wal_checkpoint(passive)');
  }

  close(): void {
    this.#database.close();
  }

  /** Some errors (a full disk) end SQLite's transaction by themselves; what follows must not be committed alone. */
  #expectTransaction(): void {
    if (this.#writes && !this.#database.isTransaction) {
      throw new Error('No transaction is open: an earlier error has ended it');
    }
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    const prepared = { statement, columns: columnNames(statement) };
    const [oldest] = this.#statements.keys();
    if (this.#statements.size >= statementLimit && oldest !== undefined) this.#statements.delete(oldest);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

const sharedPragmas = ['cache_size = -65536', 'temp_store = memory', 'trusted_schema = off'];

const writerPragmas = [
  'journal_mode = wal',
  'synchronous = full',
  // On macOS a plain fsync does not reach the disk.
  'fullfsync = on',
  // 64 MB: what is written meanwhile goes into the database once, however often it has changed. The file gets no longer than that
  // and the largest transaction, and is emptied whenever there is time.
  'wal_autocheckpoint = 16000',
  'journal_size_limit = 67108864',
  // Content that was withdrawn must not stay in free pages.
  'secure_delete = on',
];

/** `node:sqlite` binds numbers as floating point; as bigint an integer stays one, so `?/2` is what it is on PostgreSQL. */
function bindable(parameters: readonly SqlValue[]): (string | number | bigint | null)[] {
  return parameters.map((value) => (Number.isInteger(value) && value !== null ? BigInt(value) : value));
}

function columnNames(statement: StatementSync): readonly string[] {
  return statement.columns().map((column) => column.name);
}

function isRows(rows: unknown): rows is readonly (readonly SqlValue[])[] {
  return Array.isArray(rows) && (rows.length === 0 || Array.isArray(rows[0]));
}

/** Fetches rows until `rows` of them or about `characters` of text have come together; none when the stream is at its end. */
export function readStream(stream: OpenStream, rows: number, characters: number): WorkerRows {
  const found: (readonly SqlValue[])[] = [];
  let size = 0;
  while (found.length < rows && size < characters) {
    const next = stream.rows.next();
    if (next.done === true) break;
    const row: unknown = next.value;
    if (!isRow(row)) throw new TypeError('node:sqlite did not return a row as an array');
    for (const value of row) size += typeof value === 'string' ? value.length : 8;
    found.push(row);
  }
  return { columns: stream.columns, rows: found };
}

function isRow(row: unknown): row is readonly SqlValue[] {
  return Array.isArray(row);
}
