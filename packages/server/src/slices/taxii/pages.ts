import { orRefuse } from '../../platform/http/refusal.ts';
import type { Micros } from '../../platform/time.ts';
import { micros } from '../../platform/time.ts';
import type {
  Exchange,
  ObjectQuery,
  ObjectRecord,
  ReadGrant,
  TextPage,
  VersionChoice,
} from '../exchange/index.ts';
import { position } from '../exchange/index.ts';
import type { CursorScope, PageEnd } from './cursor.ts';
import { formatCursor, parseCursor } from './cursor.ts';

/** A part of what was asked for, in the order in which it was added (TAXII 2.1 §3.3). */
export interface Page {
  /** Where the following page begins; undefined on the last one. */
  readonly next: string | undefined;
  /**
   * When the first and the last item were added. Of a page without items, the time after which it looked: polling on
   * from there misses nothing.
   */
  readonly first: Micros;
  readonly last: Micros;
}

/** A page of objects with their texts. */
export interface ObjectPage extends Page {
  readonly texts: TextPage;
}

/** A page without texts. */
export interface RecordPage extends Page {
  readonly records: readonly ObjectRecord[];
}

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

export const lastVersion: VersionChoice = { all: false, first: false, last: true, exact: [] };
export const allVersions: VersionChoice = { all: true, first: false, last: false, exact: [] };

/** Bytes of texts after which a page is full: objects can be megabytes long. */
const pageBytes = 16_777_216;

export async function readObjectPage(request: PageRequest): Promise<ObjectPage> {
  const { exchange, grant } = request;
  const start = startOf(request.scope);
  const texts = await exchange.readPage(grant, { ...rangeOf(request, start), bytes: pageBytes });
  return { texts, ...pageOf(request, start, { ...texts }) };
}

export async function readRecordPage(request: PageRequest): Promise<RecordPage> {
  const { exchange, grant } = request;
  const start = startOf(request.scope);
  const range = rangeOf(request, start);
  const rows = await exchange.readRecords(grant, range);
  const records = rows.slice(0, range.limit);
  const more = rows.length > range.limit;
  return { records, ...pageOf(request, start, { first: records[0], last: records.at(-1), more }) };
}

/** What a request asks for, wherever in the log it stands. */
export function objectQuery({ ids, versions, scope: { query } }: PageRequest): ObjectQuery {
  return { ids, types: query.types, specVersions: query.specVersions, versions };
}

/**
 * Where a page begins. `next` and `added_after` are both conditions: it begins behind the later of the two. So a client that moves
 * `added_after` along while it follows `next` gets what it would get with either alone.
 */
interface Start {
  readonly after: number;
  readonly addedAfter: number;
}

function startOf(scope: CursorScope): Start & { readonly added: Micros } {
  const { next, addedAfter } = scope.query;
  const cursor = next === undefined ? undefined : orRefuse(parseCursor(next, scope));
  return {
    after: cursor?.position ?? 0,
    addedAfter: addedAfter ?? Number.NEGATIVE_INFINITY,
    added: micros(Math.max(cursor?.added ?? 0, addedAfter ?? 0)),
  };
}

function rangeOf(request: PageRequest, { after, addedAfter }: Start) {
  const { scope, most } = request;
  const limit = Math.min(scope.query.limit ?? most, most);
  return { ...objectQuery(request), after, addedAfter, limit };
}

function pageOf(
  { scope }: PageRequest,
  start: { readonly added: Micros },
  found: { readonly first: Place | undefined; readonly last: Place | undefined; readonly more: boolean },
): Page {
  const { first, last, more } = found;
  return {
    next: more && last !== undefined ? formatCursor(endOf(last), scope) : undefined,
    first: first === undefined ? start.added : micros(first.added),
    last: last === undefined ? start.added : micros(last.added),
  };
}

interface Place {
  readonly position: number;
  readonly added: number;
}

function endOf(place: Place): PageEnd {
  return { position: position(place.position), added: micros(place.added) };
}
