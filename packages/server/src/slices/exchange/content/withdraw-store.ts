import type { Kysely, Transaction } from 'kysely';
import type { Storage } from '../../../platform/storage/storage.ts';
import type { Position } from '../entry.ts';
import { position } from '../entry.ts';
import type { EntryRow } from './insert-entries.ts';
import { insertEntries } from './insert-entries.ts';
import type { ContentTables } from './tables.ts';

const content = (db: Kysely<object>) => db.withTables<ContentTables>();

/** One version of an object in a collection that has not been withdrawn. */
export interface StandingVersion {
  readonly position: Position;
  readonly version: string;
  readonly objectType: string;
  readonly specVersion: string;
  readonly publisherId: string | null;
  readonly submitterId: string;
  readonly ownerId: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The versions of an object that stand in a collection, oldest first. */
export async function standingVersions(
  db: Kysely<object>,
  collectionId: string,
  objectId: string,
): Promise<readonly StandingVersion[]> {
  const rows = await content(db)
    .selectFrom('entry')
    .select([
      'position',
      'version',
      'object_type',
      'spec_version',
      'publisher_id',
      'submitter_id',
      'owner_id',
      'is_first',
      'is_last',
    ])
    .where('object_id', '=', objectId)
    .where('collection_id', '=', collectionId)
    .where('withdrawn', '=', 0)
    .orderBy('version')
    .execute();
  return rows.map((row) => ({
    position: position(row.position),
    version: row.version,
    objectType: row.object_type,
    specVersion: row.spec_version,
    publisherId: row.publisher_id,
    submitterId: row.submitter_id,
    ownerId: row.owner_id,
    isFirst: row.is_first === 1,
    isLast: row.is_last === 1,
  }));
}

/** A withdrawal entry and the version that it takes away. */
export interface Withdrawal {
  readonly version: StandingVersion;
  readonly position: Position;
  readonly added: number;
  readonly submitterId: string;
}

/** Takes the content of these versions away and appends the withdrawals; positions and the fact remain (rule L6). */
export async function writeWithdrawals(
  {
    storage,
    transaction,
    collectionId,
  }: { storage: Storage; transaction: Transaction<object>; collectionId: string },
  objectId: string,
  withdrawals: readonly Withdrawal[],
): Promise<void> {
  for (const { version, position: at } of withdrawals) {
    await content(transaction)
      .updateTable('entry')
      .set({ text: null, size: 0, digest: '', withdrawn: at, is_first: 0, is_last: 0 })
      .where('collection_id', '=', collectionId)
      .where('position', '=', version.position)
      .execute();
  }
  const rows = withdrawals.map(
    ({ version, position: at, added, submitterId }): EntryRow => ({
      collection_id: collectionId,
      position: at,
      added,
      kind: 'withdrawal',
      object_id: objectId,
      object_type: version.objectType,
      spec_version: version.specVersion,
      version: version.version,
      publisher_id: version.publisherId,
      submitter_id: submitterId,
      owner_id: version.ownerId,
      marking: null,
      effective: 0,
      revoked: 0,
      is_first: 0,
      is_last: 0,
      withdrawn: at,
      digest: '',
      size: 0,
      text: null,
    }),
  );
  await insertEntries(storage, transaction, rows);
}

/** Marks what is now the first and the last version. */
export async function markFirstAndLast(
  transaction: Transaction<object>,
  collectionId: string,
  { first, last }: { readonly first: Position; readonly last: Position },
): Promise<void> {
  for (const [column, at] of [
    ['is_first', first],
    ['is_last', last],
  ] as const) {
    await content(transaction)
      .updateTable('entry')
      .set({ [column]: 1 })
      .where('collection_id', '=', collectionId)
      .where('position', '=', at)
      .execute();
  }
}
