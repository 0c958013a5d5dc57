import { orRefuse } from '../../platform/http/refusal.ts';
import type { Micros } from '../../platform/time.ts';
import { micros } from '../../platform/time.ts';
import type {
  Exchange,
  ObjectQuery,
  ObjectRecord,
  PageQuery,
  ReadGrant,
  VersionChoice,
} from '../exchange/index.ts';
import { position } from '../exchange/index.ts';
import type { CursorScope } from './cursor.ts';
import { formatCursor, parseCursor } from './cursor.ts';
import type { TaxiiQuery } from './query.ts';

/** A part of what was asked for, in the order in which it was added (TAXII 2.1 §3.3). */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the following page begins; undefined on the last one. */
  readonly next: string | undefined;
  /**
   * When the first and the last item were added. Of a page without items, the time after which it looked: polling on
   * from there misses nothing.
   */
  readonly first: Micros;
  readonly last: Micros;
}

export type ObjectText = ObjectRecord & { readonly text: string };

/** Where and what a page is read from. */
export interface PageRequest {
  readonly exchange: Exchange;
  readonly grant: ReadGrant;
  readonly scope: CursorScope;
  /** Which objects, `versions` aside: those are the query's. */
  readonly ids: readonly string[] | undefined;
  readonly versions: VersionChoice;
  /** Entries that a page may have at the most. */
  readonly most: number;
}

interface Rows<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
}

export const lastVersion: VersionChoice = { all: false, first: false, last: true, exact: [] };
export const allVersions: VersionChoice = { all: true, first: false, last: false, exact: [] };

/** Objects that are read at once, and characters after which a page is full: objects can be megabytes long. */
const chunkObjects = 100;
const pageCharacters = 16_777_216;

/** A page of objects with their texts. */
export function readObjectPage(request: PageRequest): Promise<Page<ObjectText>> {
  return readPage(request, (query) => objectRows(request, query));
}

/** A page without texts. */
export function readRecordPage(request: PageRequest): Promise<Page<ObjectRecord>> {
  return readPage(request, async (query) => {
    const rows = await request.exchange.readRecords(request.grant, query);
    return { items: rows.slice(0, query.limit), more: rows.length > query.limit };
  });
}

/** What a request asks for, wherever in the log it stands. */
export function objectQuery({ ids, versions, scope: { query } }: PageRequest): ObjectQuery {
  return { ids, types: query.types, specVersions: query.specVersions, versions };
}

async function readPage<Item extends ObjectRecord>(
  request: PageRequest,
  read: (query: PageQuery) => Promise<Rows<Item>>,
): Promise<Page<Item>> {
  const { scope, most } = request;
  const start = await startOf(request, scope.query);
  const limit = Math.min(scope.query.limit ?? most, most);
  const { items, more } = await read({ ...objectQuery(request), after: start.position, limit });
  const last = items.at(-1);
  return {
    items,
    next: more && last !== undefined ? formatCursor(last, scope) : undefined,
    first: items[0]?.added ?? start.added,
    last: last?.added ?? start.added,
  };
}

/**
 * `next` and `added_after` are both conditions: a page begins behind the later of the two. So a client that moves
 * `added_after` along while it follows `next` gets what it would get with either alone.
 */
async function startOf({ exchange, grant, scope }: PageRequest, { next, addedAfter }: TaxiiQuery) {
  const cursor = next === undefined ? undefined : orRefuse(parseCursor(next, scope));
  const after = addedAfter === undefined ? undefined : await exchange.positionAt(grant, addedAfter);
  return {
    position: position(Math.max(cursor?.position ?? 0, after ?? 0)),
    added: micros(Math.max(cursor?.added ?? 0, addedAfter ?? 0)),
  };
}

/**
 * Objects in portions, until the page has enough of them or of their characters. What is added meanwhile is left to the
 * next page: it could be a newer version of an object that this page has already.
 */
async function objectRows({ exchange, grant }: PageRequest, query: PageQuery): Promise<Rows<ObjectText>> {
  const items: ObjectText[] = [];
  let characters = 0;
  let after = query.after;
  const end = query.limit > chunkObjects ? await exchange.lastPosition(grant) : undefined;
  for (;;) {
    const isFirst = items.length === 0;
    const limit = Math.min(chunkObjects, query.limit - items.length);
    const rows = await exchange.readObjects(grant, { ...query, after, limit });
    for (const row of rows.slice(0, limit)) {
      const isLate = !isFirst && end !== undefined && row.position > end;
      const isFull = items.length > 0 && characters + row.text.length > pageCharacters;
      if (isLate || isFull) return { items, more: true };
      items.push(row);
      characters += row.text.length;
      after = row.position;
    }
    if (rows.length <= limit) return { items, more: false };
    if (items.length >= query.limit) return { items, more: true };
  }
}
