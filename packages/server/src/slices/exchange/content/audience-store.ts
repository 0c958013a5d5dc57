import type { TlpLevel } from '@belltower/stix';
import { tlpLevels } from '@belltower/stix';
import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { ContentTables } from './tables.ts';

/** Standing entries of a collection that the gate treats alike. */
export interface ContentGroup {
  readonly marking: TlpLevel | undefined;
  /** The effective marking at the time of publishing: what its publisher relied on. */
  readonly effective: TlpLevel;
  readonly submitterId: string;
  /** Whom readers see as the publisher. */
  readonly publisherId: string | undefined;
  readonly ownerId: string;
  readonly entries: number;
  /** The id of one of them. */
  readonly sample: string;
}

/** What a collection holds, as far as sharing policy is concerned. */
export async function contentGroups(
  transaction: Transaction<object>,
  collectionId: string,
): Promise<readonly ContentGroup[]> {
  const rows = await transaction
    .withTables<ContentTables>()
    .selectFrom('entry')
    .select([
      'marking',
      'effective',
      'submitter_id',
      'publisher_id',
      'owner_id',
      sql<number>`count(*)`.as('entries'),
      sql<string>`min(object_id)`.as('sample'),
    ])
    .where('collection_id', '=', collectionId)
    .where('withdrawn', '=', 0)
    .groupBy(['marking', 'effective', 'submitter_id', 'publisher_id', 'owner_id'])
    .execute();
  return rows.map((row) => ({
    marking: row.marking === null ? undefined : tlpLevels[row.marking],
    effective: tlpLevels[row.effective] ?? 'red',
    submitterId: row.submitter_id,
    publisherId: row.publisher_id ?? undefined,
    ownerId: row.owner_id,
    entries: row.entries,
    sample: row.sample,
  }));
}
