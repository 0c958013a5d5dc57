import type { Kysely, Transaction } from 'kysely';
import type { TaxiiTables } from './tables.ts';

export type StatusRow = Readonly<TaxiiTables['taxii_status']>;

const tables = (db: Kysely<object>) => db.withTables<TaxiiTables>();

export async function insertStatus(transaction: Transaction<object>, row: StatusRow): Promise<void> {
  await tables(transaction).insertInto('taxii_status').values(row).execute();
}

export async function findStatus(db: Kysely<object>, id: string): Promise<StatusRow | undefined> {
  return tables(db).selectFrom('taxii_status').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Removes what was finished before that time. */
export async function deleteStatuses(transaction: Transaction<object>, before: number): Promise<void> {
  await tables(transaction).deleteFrom('taxii_status').where('finished', '<', before).execute();
}
