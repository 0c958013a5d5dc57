import type { Kysely, Transaction } from 'kysely';
import type { TaxiiTables } from './tables.ts';

export type StatusRow = Readonly<TaxiiTables['taxii_status']>;

const tables = (db: Kysely<object>) => db.withTables<TaxiiTables>();

/** Statuses of one organisation that are kept; the oldest go first. */
export const mostStatuses = 200;

export async function insertStatus(transaction: Transaction<object>, row: StatusRow): Promise<void> {
  const db = tables(transaction);
  await db.insertInto('taxii_status').values(row).execute();
  await db
    .deleteFrom('taxii_status')
    .where('organisation_id', '=', row.organisation_id)
    .where('finished', '<=', (query) =>
      query
        .selectFrom('taxii_status as kept')
        .select('kept.finished')
        .where('kept.organisation_id', '=', row.organisation_id)
        .orderBy('kept.finished', 'desc')
        .limit(1)
        .offset(mostStatuses),
    )
    .execute();
}

export async function findStatus(db: Kysely<object>, id: string): Promise<StatusRow | undefined> {
  return tables(db).selectFrom('taxii_status').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Removes what was finished before that time. */
export async function deleteStatuses(transaction: Transaction<object>, before: number): Promise<void> {
  await tables(transaction).deleteFrom('taxii_status').where('finished', '<', before).execute();
}
