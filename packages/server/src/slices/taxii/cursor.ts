import { createHash } from 'node:crypto';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Micros } from '../../platform/time.ts';
import { micros } from '../../platform/time.ts';
import type { Position } from '../exchange/index.ts';
import { position } from '../exchange/index.ts';
import type { TaxiiQuery } from './query.ts';

/** Where a page ended: the place in the log, and when that entry was added. */
export interface PageEnd {
  readonly position: Position;
  readonly added: Micros;
}

/** What a cursor is good for. `added_after` and `limit` may differ from page to page. */
export interface CursorScope {
  readonly endpoint: 'objects' | 'manifest' | 'object' | 'versions';
  readonly root: string;
  readonly collectionId: string;
  /** Of the object endpoints. */
  readonly objectId?: string;
  readonly query: TaxiiQuery;
}

/** Numbers without leading zeros: a place has one spelling. */
const form = /^(0|[1-9a-z][0-9a-z]{0,10})-(0|[1-9a-z][0-9a-z]{0,10})-([\w-]{16})$/;

/**
 * The value of `next` (TAXII 2.1 §3.5): a position in the log, bound to what was asked by a digest. There is no key in it,
 * so that any node of a cluster takes the cursors of the others (rule R5); whoever makes one up gains nothing, as every
 * page is read with the reader's own right and the request's own filters.
 */
export function formatCursor(end: PageEnd, scope: CursorScope): string {
  return `${end.position.toString(36)}-${end.added.toString(36)}-${digest(end, scope)}`;
}

/** Refuses `bad-cursor` for one that no page gave, or that belongs to another collection, endpoint or filter. */
export function parseCursor(text: string, scope: CursorScope): Outcome<PageEnd> {
  const [, at = '', added = '', check] = form.exec(text) ?? [];
  const place = Number.parseInt(at, 36);
  const time = Number.parseInt(added, 36);
  if (Number.isSafeInteger(place) && Number.isSafeInteger(time)) {
    const end = { position: position(place), added: micros(time) };
    if (check === digest(end, scope)) return accept(end);
  }
  return refuse(
    'bad-cursor',
    'next takes the value that the page before gave, with the same match parameters on the same endpoint; this one is not of that kind.',
    { at: '?next' },
  );
}

function digest(end: PageEnd, { endpoint, root, collectionId, objectId, query }: CursorScope): string {
  const { ids, types, specVersions, versions } = query;
  const choice =
    versions === undefined ? null : [versions.all, versions.first, versions.last, versions.exact.toSorted()];
  const bound = [
    'belltower next 1',
    [end.position, end.added],
    [endpoint, root, collectionId, objectId ?? null],
    [ids, types, specVersions].map((list) => list?.toSorted() ?? null),
    choice,
  ];
  return createHash('sha256').update(JSON.stringify(bound)).digest('base64url').slice(0, 16);
}
