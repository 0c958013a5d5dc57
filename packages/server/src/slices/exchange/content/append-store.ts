import { tlpLevels } from '@belltower/stix';
import type { Kysely, Transaction } from 'kysely';
import { inList } from '../../../platform/storage/in-list.ts';
import { micros } from '../../../platform/time.ts';
import type { Head, NewEntry } from '../deciding/decide.ts';
import type { KnownEntry } from '../deciding/known-object.ts';
import { position } from '../entry.ts';
import type { EntryRow } from './insert-entries.ts';
import type { ContentTables } from './tables.ts';

const content = (db: Kysely<object>) => db.withTables<ContentTables>();

/**
 * The end of a log, locked until the transaction ends: whoever appends waits here, so that positions become visible in
 * their order and without holes (rule L5).
 */
export async function lockHead(transaction: Transaction<object>, collectionId: string): Promise<Head> {
  const query = content(transaction)
    .selectFrom('log_head')
    .selectAll()
    .where('collection_id', '=', collectionId)
    .forUpdate();
  let row = await query.executeTakeFirst();
  if (row === undefined) {
    await content(transaction)
      .insertInto('log_head')
      .values({ collection_id: collectionId, position: 0, added: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    row = await query.executeTakeFirstOrThrow();
  }
  return { position: position(row.position), added: micros(row.added) };
}

export async function moveHead(
  transaction: Transaction<object>,
  collectionId: string,
  head: Head,
): Promise<void> {
  await content(transaction)
    .updateTable('log_head')
    .set({ position: head.position, added: head.added })
    .where('collection_id', '=', collectionId)
    .execute();
}

/** What the node holds of these objects, by object id, in the order in which it came, and who withdrew what was withdrawn. */
export async function knownEntries(
  transaction: Transaction<object>,
  objectIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownEntry[]>> {
  const rows = await content(transaction)
    .selectFrom('entry')
    .select([
      'collection_id',
      'position',
      'kind',
      'object_id',
      'version',
      'submitter_id',
      'publisher_id',
      'owner_id',
      'marking',
      'effective',
      'digest',
      'withdrawn',
      'added',
    ])
    .where((where) => inList(where.ref('object_id'), objectIds))
    .execute();
  const placeOf = (row: { readonly collection_id: string }, at: number) => `${row.collection_id} ${at}`;
  const withdrawers = new Map(
    rows
      .filter((row) => row.kind === 'withdrawal')
      .map((row) => [placeOf(row, row.position), row.submitter_id]),
  );
  rows.sort((one, other) => one.added - other.added);
  const known = new Map<string, KnownEntry[]>();
  for (const row of rows) {
    if (row.kind === 'withdrawal') continue;
    const entry: KnownEntry = {
      collectionId: row.collection_id,
      position: position(row.position),
      added: micros(row.added),
      version: row.version,
      submitterId: row.submitter_id,
      publisherId: row.publisher_id ?? undefined,
      ownerId: row.owner_id,
      marking: row.marking === null ? undefined : tlpLevels[row.marking],
      effective: tlpLevels[row.effective] ?? 'red',
      digest: row.digest,
      withdrawnBy: row.withdrawn === 0 ? undefined : withdrawers.get(placeOf(row, row.withdrawn)),
    };
    const list = known.get(row.object_id);
    if (list === undefined) known.set(row.object_id, [entry]);
    else list.push(entry);
  }
  return known;
}

/** The text that an object has at a position, for telling how another one differs. */
export async function textAt(
  transaction: Transaction<object>,
  collectionId: string,
  at: number,
): Promise<string | undefined> {
  const row = await content(transaction)
    .selectFrom('entry')
    .select('text')
    .where('collection_id', '=', collectionId)
    .where('position', '=', at)
    .executeTakeFirst();
  return row?.text ?? undefined;
}

/** A new entry with its place among the versions of its object. */
export interface PlacedEntry {
  readonly entry: NewEntry;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The rows of new entries of one collection, each made when it is asked for. */
export function* entryRows(collectionId: string, entries: readonly PlacedEntry[]): Generator<EntryRow> {
  for (const entry of entries) yield entryRow(collectionId, entry);
}

function entryRow(collectionId: string, { entry, isFirst, isLast }: PlacedEntry): EntryRow {
  return {
    collection_id: collectionId,
    position: entry.position,
    added: entry.added,
    kind: 'object',
    object_id: entry.facts.id,
    object_type: entry.facts.type,
    spec_version: entry.facts.specVersion,
    version: entry.version,
    publisher_id: entry.publisher.anonymous ? null : entry.publisher.actingId,
    submitter_id: entry.publisher.submitterId,
    owner_id: entry.ownerId,
    marking: entry.marking === undefined ? null : tlpLevels.indexOf(entry.marking),
    effective: tlpLevels.indexOf(entry.effective),
    revoked: Number(entry.facts.revoked),
    is_first: Number(isFirst),
    is_last: Number(isLast),
    withdrawn: 0,
    digest: entry.facts.digest,
    size: entry.facts.text.length,
    text: entry.facts.text,
  };
}

/** Entries that are no longer the first or the last version of their object. */
export async function clearFlags(
  transaction: Transaction<object>,
  collectionId: string,
  superseded: { readonly first: readonly number[]; readonly last: readonly number[] },
): Promise<void> {
  for (const [column, positions] of [
    ['is_first', superseded.first],
    ['is_last', superseded.last],
  ] as const) {
    if (positions.length === 0) continue;
    await content(transaction)
      .updateTable('entry')
      .set({ [column]: 0 })
      .where('collection_id', '=', collectionId)
      .where((where) => inList(where.ref('position'), positions))
      .execute();
  }
}
