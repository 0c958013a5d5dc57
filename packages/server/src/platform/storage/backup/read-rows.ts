import { type Kysely, sql } from 'kysely';
import type { Storage } from '../storage.ts';
import type { ArchiveTable } from './archive-format.ts';

/** Rows are fetched about this much text at a time. */
const pieceCharacters = 1_048_576;

type Row = Readonly<Record<string, unknown>>;

/** All rows of a table as the transaction sees them, in pieces that fit into memory whatever the size of the table. */
export async function* readRows(
  transaction: Kysely<object>,
  engine: Storage['engine'],
  { table, order }: { readonly table: ArchiveTable; readonly order: readonly string[] },
): AsyncIterable<readonly Row[]> {
  let query = transaction
    .withTables<Record<string, Record<string, unknown>>>()
    .selectFrom(table.name)
    .select(table.columns.map((column) => column.name));
  for (const column of order) query = query.orderBy(column);
  if (engine === 'postgres') yield* readCursor(transaction, query.compile().sql);
  else for await (const row of query.stream(500)) yield [row];
}

async function* readCursor(transaction: Kysely<object>, query: string): AsyncIterable<readonly Row[]> {
  await sql`declare backup_rows no scroll cursor for ${sql.raw(query)}`.execute(transaction);
  let wanted = 50;
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.raw(String(wanted))} from backup_rows`.execute(transaction);
    if (rows.length === 0) break;
    yield rows;
    const average = characters(rows) / rows.length;
    wanted = Math.min(2_000, Math.max(1, Math.floor(pieceCharacters / Math.max(average, 1))));
  }
  await sql`close backup_rows`.execute(transaction);
}

function characters(rows: readonly Row[]): number {
  let sum = 0;
  for (const row of rows) {
    for (const value of Object.values(row)) sum += typeof value === 'string' ? value.length : 8;
  }
  return sum;
}
