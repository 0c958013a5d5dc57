import { CompiledQuery } from 'kysely';
import { pieces } from '../pieces.ts';
import { checkParameter } from '../sql-value.ts';
import { keepPrepared } from '../statement.ts';
import type { Bulk, BulkColumn, SqlValue } from '../storage.ts';
import { quoteIdentifier } from './postgres-pool.ts';

/** Rows in one statement. */
const rowsAtOnce = 250;

interface BulkInsert {
  readonly table: string;
  readonly columns: readonly BulkColumn[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/**
 * A piece of the full size has a statement that stays prepared, with a parameter for each value: PostgreSQL then has nothing to parse. What is
 * left over comes in any size, and travels as JSON in one parameter.
 */
export const postgresBulk: Bulk = {
  async insert(transaction, table, columns, rows) {
    for (const piece of pieces(rows, rowsAtOnce)) {
      const insert = { table, columns, rows: piece };
      const query = piece.length === rowsAtOnce ? fullPiece(insert) : anyPiece(insert);
      await transaction.executeQuery(query);
    }
  },
};

const fullTexts = new Map<string, string>();

function fullPiece({ table, columns, rows }: BulkInsert): CompiledQuery {
  const key = beginning(table, columns);
  const text = fullTexts.get(key) ?? `${key} values ${places(columns.length)}`;
  fullTexts.set(key, text);
  keepPrepared(text);
  return CompiledQuery.raw(
    text,
    rows.flatMap((row, at) => checked(columns, row, at)),
  );
}

function places(width: number): string {
  const row = (at: number) =>
    Array.from({ length: width }, (_, index) => `$${at * width + index + 1}`).join();
  return Array.from({ length: rowsAtOnce }, (_, at) => `(${row(at)})`).join();
}

/** PostgreSQL reads this three times as fast as arrays for `unnest`, whose text form needs an escape before each quote. */
function anyPiece({ table, columns, rows }: BulkInsert): CompiledQuery {
  const types = columns.map((column, index) => `"${index}" ${column.type}`).join(', ');
  const text = `${beginning(table, columns)} select * from json_to_recordset($1::json) as r (${types})`;
  // Each row as an object whose keys are the places of its columns.
  const records = rows.map((row, at) => ({ ...checked(columns, row, at) }));
  return CompiledQuery.raw(text, [JSON.stringify(records)]);
}

function beginning(table: string, columns: readonly BulkColumn[]): string {
  const names = columns.map((column) => quoteIdentifier(column.name)).join(', ');
  return `insert into ${quoteIdentifier(table)} (${names})`;
}

function checked(columns: readonly BulkColumn[], row: readonly SqlValue[], at: number): readonly SqlValue[] {
  if (row.length !== columns.length)
    throw new TypeError(`A row has ${row.length} values for ${columns.length} columns`);
  return row.map((value, index) => checkParameter(value, at * columns.length + index + 1));
}
