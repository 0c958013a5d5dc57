import { CompiledQuery } from 'kysely';
import { checkParameter } from '../sql-value.ts';
import type { Bulk, BulkColumn, SqlValue } from '../storage.ts';
import { quoteIdentifier } from './postgres-pool.ts';

/** One statement with one array for each column, however many rows. */
export const postgresBulk: Bulk = {
  async insert(transaction, table, columns, rows) {
    if (rows.length === 0) return;
    const names = columns.map((column) => quoteIdentifier(column.name)).join(', ');
    const arrays = columns.map((column, index) => `$${index + 1}::${column.type}[]`).join(', ');
    const text = `insert into ${quoteIdentifier(table)} (${names}) select * from unnest(${arrays})`;
    await transaction.executeQuery(CompiledQuery.raw(text, transpose(columns, rows)));
  },
};

function transpose(columns: readonly BulkColumn[], rows: readonly (readonly SqlValue[])[]): SqlValue[][] {
  const arrays: SqlValue[][] = columns.map(() => []);
  for (const [at, row] of rows.entries()) {
    if (row.length !== columns.length)
      throw new TypeError(`A row has ${row.length} values for ${columns.length} columns`);
    for (const [index, array] of arrays.entries()) {
      array.push(checkParameter(row[index], at * columns.length + index + 1));
    }
  }
  return arrays;
}
