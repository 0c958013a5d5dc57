import type { Kysely } from 'kysely';
import type { PackedRows } from '../../../platform/storage/packed-rows.ts';
import type { PackingStatement, Statement, StatementParameter } from '../../../platform/storage/statement.ts';
import {
  definePackingStatement,
  defineStatement,
  packStatement,
  runStatement,
} from '../../../platform/storage/statement.ts';
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

const end = defineStatement('select position from log_head where collection_id = $1');

/** The last position given in a log; 0 when nothing was ever published. */
export async function lastPosition(db: Kysely<object>, grant: ReadGrant): Promise<Position> {
  const [row] = await runStatement<PositionRow>(db, end, [grant.collectionId]);
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
  readonly after: number;
  /** Microseconds; only what was added later. */
  readonly addedAfter: number;
  readonly limit: number;
}

/**
 * Texts in the order of their positions: at most `limit` and one more, which tells that there is more, and at most so many bytes.
 * The numbers are positions and times (microseconds).
 */
export function readTexts(
  db: Kysely<object>,
  grant: ReadGrant,
  query: PageQuery & { readonly bytes: number },
): Promise<PackedRows> {
  const { text, parameters } = standingText(grant, query, 'position, added, text');
  const statement = packing.get(text) ?? definePackingStatement(['position', 'added'], text);
  packing.set(text, statement);
  return packStatement(db, statement, parameters, query.bytes);
}

/** As `readTexts`, without the texts. */
export async function readRecords(
  db: Kysely<object>,
  grant: ReadGrant,
  query: PageQuery,
): Promise<readonly ObjectRecord[]> {
  const { text, parameters } = standingText(grant, query, 'position, added, object_id, version');
  const statement = plain.get(text) ?? defineStatement(text);
  plain.set(text, statement);
  return (await runStatement<RecordRow>(db, statement, parameters)).map(recordOf);
}

const before = defineStatement(
  'select position from entry where collection_id = $1 and added <= $2 order by added desc limit 1',
);

/** The position of the last entry added at this time or before it: what comes after it was added later. */
export async function positionAt(db: Kysely<object>, grant: ReadGrant, added: number): Promise<Position> {
  const [row] = await runStatement<PositionRow>(db, before, [grant.collectionId, added]);
  return position(row?.position ?? 0);
}

/** By their text, of which there are as many as ways to filter: a few hundred at the most. */
const packing = new Map<string, PackingStatement>();
const plain = new Map<string, Statement>();

/** The statement for a page. Its text depends on which filters there are, and not on their values. */
function standingText(grant: ReadGrant, query: PageQuery, columns: string) {
  const { ids, types, specVersions, after, addedAfter, limit } = query;
  const parameters: StatementParameter[] = [grant.collectionId, after, limit + 1];
  const parameter = (value: StatementParameter) => `$${parameters.push(value)}`;
  // Where ids are asked for, everything else is an expression that no index serves. Otherwise SQLite walks through the whole log in the
  // order of positions to find a few objects, which `entry_object` names at once.
  const unindexed = ids === undefined ? '' : '+';
  const place = `${unindexed}position`;
  const conditions = ['collection_id = $1', `${unindexed}withdrawn = 0`];
  // One bound: of two, SQLite would walk from the lower one.
  const begin =
    addedAfter === Number.NEGATIVE_INFINITY
      ? '$2'
      : `coalesce((select case when earlier.position > $2 then earlier.position else $2 end from (select position from entry
          where collection_id = $1 and added <= ${parameter(addedAfter)} order by added desc limit 1) as earlier), $2)`;
  conditions.push(`${place} > ${begin}`);
  const among = (column: string, values: readonly string[] | undefined) => {
    const [only] = values ?? [];
    // One type alone can be read along `entry_type`, in the order of positions.
    if (values?.length === 1 && only !== undefined) conditions.push(`${column} = ${parameter(only)}`);
    else if (values !== undefined) conditions.push(`${column} = any(${parameter(values)})`);
  };
  among('object_id', ids);
  among('object_type', types);
  among('spec_version', specVersions);
  const versions = versionCondition(query.versions, unindexed, parameter);
  if (versions !== undefined) conditions.push(versions);
  const text = `select ${columns} from entry where ${conditions.join(' and ')} order by ${place} limit $3`;
  return { text, parameters };
}

function versionCondition(
  { all, first, last, exact }: VersionChoice,
  unindexed: string,
  parameter: (value: StatementParameter) => string,
): string | undefined {
  if (all) return undefined;
  const any = [
    ...(first ? [`${unindexed}is_first = 1`] : []),
    ...(last ? [`${unindexed}is_last = 1`] : []),
    ...(exact.length > 0 ? [`version = any(${parameter(exact)})`] : []),
  ];
  return any.length === 0 ? 'false' : `(${any.join(' or ')})`;
}

interface PositionRow {
  readonly position: number;
}

interface RecordRow extends PositionRow {
  readonly added: number;
  readonly object_id: string;
  readonly version: string;
}

function recordOf({ position: at, added, object_id, version }: RecordRow): ObjectRecord {
  return { position: position(at), added: micros(added), id: object_id, version };
}
