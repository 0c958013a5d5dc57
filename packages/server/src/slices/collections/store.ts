import { tlpLevels } from '@belltower/stix';
import type { Kysely, Transaction } from 'kysely';
import { inList } from '../../platform/storage/in-list.ts';
import { micros } from '../../platform/time.ts';
import type { Collection } from './collection.ts';
import type { CollectionTables } from './tables.ts';

type CollectionRow = Readonly<CollectionTables['collection']>;
type MemberRow = Readonly<CollectionTables['collection_member']>;

const tables = (db: Kysely<object>) => db.withTables<CollectionTables>();

export async function loadCollections(db: Kysely<object>): Promise<readonly Collection[]> {
  const rows = await tables(db)
    .selectFrom('collection')
    .selectAll()
    .orderBy('created')
    .orderBy('id')
    .execute();
  const members = await tables(db)
    .selectFrom('collection_member')
    .selectAll()
    .orderBy('subject_id')
    .execute();
  const byCollection = Map.groupBy(members, (member) => member.collection_id);
  return rows.map((row) => collectionOf(row, byCollection.get(row.id) ?? []));
}

/** Some collections, by id. */
export async function loadCollectionsOf(
  db: Kysely<object>,
  ids: readonly string[],
): Promise<readonly Collection[]> {
  if (ids.length === 0) return [];
  const rows = await tables(db)
    .selectFrom('collection')
    .selectAll()
    .where((where) => inList(where.ref('id'), ids))
    .execute();
  const members = await tables(db)
    .selectFrom('collection_member')
    .selectAll()
    .where((where) => inList(where.ref('collection_id'), ids))
    .execute();
  const byCollection = Map.groupBy(members, (member) => member.collection_id);
  return rows.map((row) => collectionOf(row, byCollection.get(row.id) ?? []));
}

export async function loadCollection(db: Kysely<object>, id: string): Promise<Collection | undefined> {
  const row = await tables(db).selectFrom('collection').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const members = await tables(db)
    .selectFrom('collection_member')
    .selectAll()
    .where('collection_id', '=', id)
    .orderBy('subject_id')
    .execute();
  return collectionOf(row, members);
}

export async function aliasTaken(db: Kysely<object>, alias: string, exceptId: string): Promise<boolean> {
  const row = await tables(db)
    .selectFrom('collection')
    .select('id')
    .where('alias', '=', alias)
    .where('id', '!=', exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertCollection(
  transaction: Transaction<object>,
  collection: Collection,
): Promise<void> {
  await tables(transaction).insertInto('collection').values(rowOf(collection)).execute();
  await insertMembers(transaction, collection);
}

/** Writes the collection as it is now, members included. */
export async function replaceCollection(
  transaction: Transaction<object>,
  collection: Collection,
): Promise<void> {
  const { id, ...row } = rowOf(collection);
  await tables(transaction).updateTable('collection').set(row).where('id', '=', id).execute();
  await tables(transaction).deleteFrom('collection_member').where('collection_id', '=', id).execute();
  await insertMembers(transaction, collection);
}

async function insertMembers(transaction: Transaction<object>, collection: Collection): Promise<void> {
  const rows = collection.members.map(
    (member): MemberRow => ({
      collection_id: collection.id,
      kind: member.kind,
      subject_id: member.id,
      organisation_id: member.organisationId,
      can_read: Number(member.read),
      can_write: Number(member.write),
    }),
  );
  if (rows.length > 0) await tables(transaction).insertInto('collection_member').values(rows).execute();
}

function rowOf(collection: Collection): CollectionRow {
  return {
    id: collection.id,
    alias: collection.alias ?? null,
    title: collection.title,
    description: collection.description ?? null,
    owner_id: collection.ownerId,
    audience: collection.audience,
    default_marking: tlpLevels.indexOf(collection.defaultMarking),
    audience_writes: Number(collection.audienceWrites),
    allows_on_behalf: Number(collection.allowsOnBehalf),
    allows_anonymous: Number(collection.allowsAnonymous),
    personal_data: collection.personalData,
    created: collection.created,
  };
}

function collectionOf(row: CollectionRow, members: readonly MemberRow[]): Collection {
  const defaultMarking = tlpLevels[row.default_marking];
  if (defaultMarking === undefined)
    throw new Error(`Collection ${row.id} has no such marking: ${row.default_marking}`);
  return {
    id: row.id,
    alias: row.alias ?? undefined,
    title: row.title,
    description: row.description ?? undefined,
    ownerId: row.owner_id,
    audience: row.audience,
    defaultMarking,
    audienceWrites: row.audience_writes === 1,
    allowsOnBehalf: row.allows_on_behalf === 1,
    allowsAnonymous: row.allows_anonymous === 1,
    personalData: row.personal_data,
    created: micros(row.created),
    members: members.map((member) => ({
      kind: member.kind,
      id: member.subject_id,
      organisationId: member.organisation_id,
      read: member.can_read === 1,
      write: member.can_write === 1,
    })),
  };
}
