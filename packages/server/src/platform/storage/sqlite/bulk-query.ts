import { CompiledQuery } from 'kysely';
import { checkParameter } from '../sql-value.ts';
import type { BulkColumn, SqlValue } from '../storage.ts';

/**
 * An insert that the worker runs once for each row. It goes through Kysely like every statement, so it stands in the
 * transaction that executes it.
 */
export class BulkQuery implements CompiledQuery {
  readonly query: CompiledQuery['query'];
  readonly queryId: CompiledQuery['queryId'];
  readonly sql: string;
  readonly parameters: readonly unknown[] = [];
  /** Values in a row. */
  readonly width: number;
  /** All rows, one after the other: one flat array crosses to the thread quicker than many. */
  readonly values: readonly SqlValue[];

  constructor(table: string, columns: readonly BulkColumn[], rows: readonly (readonly SqlValue[])[]) {
    const names = columns.map((column) => quoted(column.name)).join(', ');
    const places = columns.map(() => '?').join(', ');
    this.sql = `insert into ${quoted(table)} (${names}) values (${places})`;
    const { query, queryId } = CompiledQuery.raw(this.sql);
    this.query = query;
    this.queryId = queryId;
    this.width = columns.length;
    this.values = flatten(columns, rows);
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function flatten(columns: readonly BulkColumn[], rows: readonly (readonly SqlValue[])[]): SqlValue[] {
  const values: SqlValue[] = [];
  for (const row of rows) {
    if (row.length !== columns.length)
      throw new TypeError(`A row has ${row.length} values for ${columns.length} columns`);
    for (const value of row) values.push(checkParameter(value, values.length + 1));
  }
  return values;
}
