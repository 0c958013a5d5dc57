import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { ContentTables } from './tables.ts';

/** A log whose entries are not those from 1 to its head. */
export interface LogGap {
  readonly collectionId: string;
  /** Where the head stands. */
  readonly position: number;
  readonly entries: number;
  readonly last: number;
}

/** The logs that have holes, or entries beyond their head (rule L1); none in a sound database. */
export async function findLogGaps(db: Kysely<object>): Promise<readonly LogGap[]> {
  const content = db.withTables<ContentTables>();
  const heads = await content.selectFrom('log_head').select(['collection_id', 'position']).execute();
  const logs = await content
    .selectFrom('entry')
    .select(['collection_id', sql<number>`count(*)`.as('entries'), sql<number>`max(position)`.as('last')])
    .groupBy('collection_id')
    .execute();
  const byId = new Map(logs.map((log) => [log.collection_id, log]));
  const headless = logs.filter(({ collection_id: id }) => !heads.some((head) => head.collection_id === id));
  return [...heads, ...headless.map(({ collection_id }) => ({ collection_id, position: 0 }))]
    .map(({ collection_id, position }) => ({
      collectionId: collection_id,
      position,
      entries: byId.get(collection_id)?.entries ?? 0,
      last: byId.get(collection_id)?.last ?? 0,
    }))
    .filter(({ position, entries, last }) => position !== entries || position !== last);
}
