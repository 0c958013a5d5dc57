import type { Kysely } from 'kysely';
import type { PackedRows } from '../../../platform/storage/packed-rows.ts';
import {
  definePackingStatement,
  defineStatement,
  packStatement,
  runStatement,
} from '../../../platform/storage/statement.ts';
import type { ReadGrant } from '../read-grant.ts';

// What stands in a collection in its last versions, for readers that keep it in memory. Which entries these are changes with
// the log alone: an append may take `is_last` from an older version of the same object, a withdrawal takes it and may give it back
// to one. So the log itself tells, by the objects that its newer entries are about, what of the older ones may have changed.

/** Where a log ends. */
export interface LogEnd {
  readonly position: number;
  /** Microseconds. */
  readonly added: number;
}

const ends = defineStatement(
  'select collection_id, position, added from log_head where collection_id = any($1)',
);

/** The ends of these logs; none for one that has never had an entry. */
export async function logEnds(
  db: Kysely<object>,
  collectionIds: readonly string[],
): Promise<ReadonlyMap<string, LogEnd>> {
  const rows = await runStatement<LogEnd & { readonly collection_id: string }>(db, ends, [collectionIds]);
  return new Map(rows.map(({ collection_id, position, added }) => [collection_id, { position, added }]));
}

/** Part of a log: behind `from`, up to and with `to`. */
export interface LogRange {
  readonly from: number;
  readonly to: number;
}

/** What stands in a range of a log, as one look into the database has it. */
export interface Standing {
  /** The end of the log at the moment of that look. */
  readonly head: number;
  /** Positions, times in microseconds, texts. */
  readonly rows: PackedRows;
}

const standing = definePackingStatement(
  ['head', 'position', 'added'],
  `select (select position from log_head where collection_id = $1) as head, position, added, text from entry
  where collection_id = $1 and is_last = 1 and position > $2 and position <= $3 order by position limit $4`,
);

/** At most so many rows and bytes, from the beginning of the range on. Undefined where nothing stands in it. */
export async function readStanding(
  db: Kysely<object>,
  grant: ReadGrant,
  { from, to }: LogRange,
  { rows, bytes }: { readonly rows: number; readonly bytes: number },
): Promise<Standing | undefined> {
  const found = await packStatement(db, standing, [grant.collectionId, from, to, rows], bytes);
  const [heads, ...numbers] = found.numbers;
  const head = heads?.[0];
  return head === undefined ? undefined : { head, rows: { ...found, numbers } };
}

const emptiness = defineStatement(
  `select (select position from log_head where collection_id = $1) as head,
    (select count(*) from (select 1 from entry
      where collection_id = $1 and is_last = 1 and position > $2 and position <= $3 limit 1) as one) as found`,
);

/** The end of the log at a moment when nothing stood in the range; undefined when something does. */
export async function emptyAt(
  db: Kysely<object>,
  grant: ReadGrant,
  { from, to }: LogRange,
): Promise<number | undefined> {
  const parameters = [grant.collectionId, from, to];
  const [row] = await runStatement<{ readonly head: number | null; readonly found: number }>(
    db,
    emptiness,
    parameters,
  );
  return row === undefined || row.found > 0 ? undefined : (row.head ?? 0);
}

// `cross join` and `+` say to SQLite what PostgreSQL knows: begin with the few entries that are new, and look for each object by its
// id and not through the whole log before it.
const newestOfEach = defineStatement(
  `select object_id, max(position) as newest from entry
  where collection_id = $1 and position > $2 and position <= $3 group by object_id`,
);

const earlierPositions = defineStatement(
  `select object_id, position from entry
  where object_id = any($2) and collection_id = $1 and +position <= $3 limit $4`,
);

/**
 * The positions whose standing may have changed with the entries of a range: every entry of the same objects that came before. At
 * most `most` of them, which then may not be all.
 *
 * Two statements, each with one index that can serve it. As a join, PostgreSQL read the whole log for a few entries, as long as it had not
 * learned how many objects there are.
 */
export async function touchedPositions(
  db: Kysely<object>,
  grant: ReadGrant,
  { from, to }: LogRange,
  most: number,
): Promise<readonly number[]> {
  const newer = await runStatement<{ readonly object_id: string; readonly newest: number }>(
    db,
    newestOfEach,
    [grant.collectionId, from, to],
  );
  if (newer.length === 0) return [];
  const newest = new Map(newer.map((row) => [row.object_id, row.newest]));
  // One row of each object is its newest, which nothing has touched yet.
  const rows = await runStatement<{ readonly object_id: string; readonly position: number }>(
    db,
    earlierPositions,
    [grant.collectionId, [...newest.keys()], to, most + newest.size],
  );
  return rows
    .filter((row) => row.position < (newest.get(row.object_id) ?? 0))
    .map((row) => row.position)
    .slice(0, most);
}

/** An object in its last version. */
export interface StandingObject extends LogEnd {
  /** Undefined for one that is too large to come along with others. */
  readonly text: string | undefined;
}

/** UTF-16 units of a text that comes along when many objects are looked up together. */
const longestTogether = 32_768;

const byIds = defineStatement(
  `select object_id, position, added, case when size <= ${longestTogether} then text end as text from entry
  where object_id = any($2) and collection_id = $1 and +is_last = 1`,
);

/** Objects by their ids, as far as they stand in the collection. */
export async function standingObjects(
  db: Kysely<object>,
  grant: ReadGrant,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StandingObject>> {
  const rows = await runStatement<LogEnd & { readonly object_id: string; readonly text: string | null }>(
    db,
    byIds,
    [grant.collectionId, ids],
  );
  return new Map(
    rows.map(({ object_id, position, added, text }) => [
      object_id,
      { position, added, text: text ?? undefined },
    ]),
  );
}
