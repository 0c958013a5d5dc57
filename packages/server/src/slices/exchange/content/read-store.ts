import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { inList } from '../../../platform/storage/in-list.ts';
import { micros } from '../../../platform/time.ts';
import type { Entry, Position } from '../entry.ts';
import { position } from '../entry.ts';
import type { ReadGrant } from '../read-grant.ts';
import type { ContentTables } from './tables.ts';

const content = (db: Kysely<object>) => db.withTables<ContentTables>();

/** UTF-16 units of text that one page of entries may carry; its first entry may be larger. */
const pageSize = 8_388_608;

/**
 * Entries after a position, in order (rule R1): at least one where there is any, at most `limit`, and no more than memory
 * should hold at once. Where content was withdrawn, the entry says so.
 */
export async function readLog(
  db: Kysely<object>,
  grant: ReadGrant,
  { after, limit }: { readonly after: Position; readonly limit: number },
): Promise<readonly Entry[]> {
  const sizes = await content(db)
    .selectFrom('entry')
    .select(['position', 'size'])
    .where('collection_id', '=', grant.collectionId)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute();
  const until = lastWithin(sizes, pageSize);
  if (until === undefined) return [];
  const rows = await content(db)
    .selectFrom('entry')
    .select(['position', 'added', 'object_id', 'version', 'publisher_id', 'text'])
    .where('collection_id', '=', grant.collectionId)
    .where('position', '>', after)
    .where('position', '<=', until)
    .orderBy('position')
    .execute();
  return rows.map((row): Entry => {
    const entry = {
      position: position(row.position),
      added: micros(row.added),
      objectId: row.object_id,
      version: row.version,
      publisher: row.publisher_id ?? undefined,
    };
    return row.text === null
      ? { kind: 'withdrawal', ...entry }
      : { kind: 'object', ...entry, text: row.text };
  });
}

/** The position of the last of some rows that fit together into a page. */
function lastWithin(
  rows: readonly { readonly position: number; readonly size: number }[],
  most: number,
): number | undefined {
  let sum = 0;
  let last: number | undefined;
  for (const row of rows) {
    sum += row.size;
    if (last !== undefined && sum > most) break;
    last = row.position;
  }
  return last;
}

/** The last position given in a log; 0 when nothing was ever published. */
export async function lastPosition(db: Kysely<object>, grant: ReadGrant): Promise<Position> {
  const row = await content(db)
    .selectFrom('log_head')
    .select('position')
    .where('collection_id', '=', grant.collectionId)
    .executeTakeFirst();
  return position(row?.position ?? 0);
}

/** Which versions of an object are asked for (TAXII 2.1 §3.4, `match[version]`). */
export interface VersionChoice {
  readonly all: boolean;
  readonly first: boolean;
  readonly last: boolean;
  /** Version keys. */
  readonly exact: readonly string[];
}

/** Which objects of a collection are asked for. A list that is undefined asks for any. */
export interface ObjectQuery {
  readonly ids: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  readonly specVersions: readonly string[] | undefined;
  readonly versions: VersionChoice;
}

/** An object that stands in a collection, without its text. */
export interface ObjectRecord {
  readonly position: Position;
  readonly added: ReturnType<typeof micros>;
  readonly id: string;
  readonly version: string;
}

export interface PageQuery extends ObjectQuery {
  readonly after: Position;
  readonly limit: number;
}

/** Objects in the order of their positions; at most `limit` and one more, which tells that there is more. */
export async function readObjects(
  db: Kysely<object>,
  grant: ReadGrant,
  query: PageQuery,
): Promise<readonly (ObjectRecord & { readonly text: string })[]> {
  const rows = await selectStanding(db, grant, query)
    .select(['position', 'added', 'object_id', 'version', 'text'])
    .where(placeOf(query), '>', query.after)
    .orderBy(placeOf(query))
    .limit(query.limit + 1)
    .execute();
  return rows.map((row) => ({ ...recordOf(row), text: row.text ?? '' }));
}

/** As `readObjects`, without the texts. */
export async function readRecords(
  db: Kysely<object>,
  grant: ReadGrant,
  query: PageQuery,
): Promise<readonly ObjectRecord[]> {
  const rows = await selectStanding(db, grant, query)
    .select(['position', 'added', 'object_id', 'version'])
    .where(placeOf(query), '>', query.after)
    .orderBy(placeOf(query))
    .limit(query.limit + 1)
    .execute();
  return rows.map(recordOf);
}

/** The position of the last entry added at this time or before it: what comes after it was added later. */
export async function positionAt(db: Kysely<object>, grant: ReadGrant, added: number): Promise<Position> {
  const row = await content(db)
    .selectFrom('entry')
    .select('position')
    .where('collection_id', '=', grant.collectionId)
    .where('added', '<=', added)
    .orderBy('added', 'desc')
    .limit(1)
    .executeTakeFirst();
  return position(row?.position ?? 0);
}

/**
 * The position, as an expression that no index serves where ids are asked for: otherwise SQLite walks through the whole log
 * in order of position to find a few objects, which `entry_object` names at once.
 */
function placeOf({ ids }: ObjectQuery) {
  const column = sql.ref<number>('position');
  return ids === undefined ? column : sql<number>`+${column}`;
}

function selectStanding(
  db: Kysely<object>,
  grant: ReadGrant,
  { ids, types, specVersions, versions }: ObjectQuery,
) {
  let query = content(db)
    .selectFrom('entry')
    .where('collection_id', '=', grant.collectionId)
    .where('withdrawn', '=', 0);
  if (ids !== undefined) query = query.where((where) => inList(where.ref('object_id'), ids));
  if (types !== undefined) query = query.where((where) => inList(where.ref('object_type'), types));
  if (specVersions !== undefined)
    query = query.where((where) => inList(where.ref('spec_version'), specVersions));
  if (versions.all) return query;
  const { first, last, exact } = versions;
  if (last && !first && exact.length === 0) return query.where('is_last', '=', 1);
  return query.where((where) =>
    where.or([
      ...(first ? [where('is_first', '=', 1)] : []),
      ...(last ? [where('is_last', '=', 1)] : []),
      inList(where.ref('version'), exact),
    ]),
  );
}

function recordOf(row: {
  position: number;
  added: number;
  object_id: string;
  version: string;
}): ObjectRecord {
  return {
    position: position(row.position),
    added: micros(row.added),
    id: row.object_id,
    version: row.version,
  };
}
