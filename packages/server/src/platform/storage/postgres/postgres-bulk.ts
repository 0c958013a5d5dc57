import { CompiledQuery } from 'kysely';
import { pieces } from '../pieces.ts';
import { checkParameter } from '../sql-value.ts';
import type { Bulk, BulkColumn, SqlValue } from '../storage.ts';
import { quoteIdentifier } from './postgres-pool.ts';

/** Rows in one statement. */
const rowsAtOnce = 1_000;

/**
 * One statement with one parameter, however many rows. The rows travel as JSON: PostgreSQL reads them three times as fast as arrays
 * for `unnest`, whose text form needs an escape before each quote.
 */
export const postgresBulk: Bulk = {
  async insert(transaction, table, columns, rows) {
    const names = columns.map((column) => quoteIdentifier(column.name)).join(', ');
    const types = columns.map((column, index) => `"${index}" ${column.type}`).join(', ');
    const text = `insert into ${quoteIdentifier(table)} (${names}) select * from json_to_recordset($1::json) as r (${types})`;
    for (const piece of pieces(rows, rowsAtOnce))
      await transaction.executeQuery(CompiledQuery.raw(text, [JSON.stringify(records(columns, piece))]));
  },
};

/** Each row as an object whose keys are the places of its columns. */
function records(columns: readonly BulkColumn[], rows: readonly (readonly SqlValue[])[]): readonly object[] {
  return rows.map((row, at) => {
    if (row.length !== columns.length)
      throw new TypeError(`A row has ${row.length} values for ${columns.length} columns`);
    return { ...row.map((value, index) => checkParameter(value, at * columns.length + index + 1)) };
  });
}
