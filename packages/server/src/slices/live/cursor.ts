import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Position } from '../exchange/index.ts';
import { position } from '../exchange/index.ts';

/** Where a stream stands in each collection that it reads. */
export type Cursor = ReadonlyMap<string, Position>;

const number = /^\d{1,15}$/;

/**
 * Reads the cursor of a stream: a position for one collection, `id:position,id:position` for several, `end` for whatever
 * comes from now on, undefined for everything. `ends` has the last position of each collection of the stream: a cursor
 * that lies beyond it was made up, or is of another log.
 */
export function parseCursor(text: string | undefined, ends: Cursor): Outcome<Cursor> {
  if (text === 'end') return accept(ends);
  const places = new Map<string, Position>([...ends.keys()].map((id) => [id, position(0)]));
  if (text === undefined || text === '') return accept(places);
  const [only] = ends.keys();
  const parts =
    ends.size === 1 && only !== undefined && number.test(text) ? [`${only}:${text}`] : text.split(',');
  for (const part of parts) {
    const [id = '', at = ''] = part.split(':');
    const end = ends.get(id);
    if (end === undefined || !number.test(at) || parts.length > ends.size) return refuseCursor();
    if (Number(at) > end) return refuseCursor(`The log of ${id} ends at ${end}; this cursor says ${at}.`);
    places.set(id, position(Number(at)));
  }
  return accept(places);
}

/** The form that `parseCursor` reads. */
export function formatCursor(cursor: Cursor): string {
  return [...cursor].map(([id, at]) => `${id}:${at}`).join(',');
}

function refuseCursor(why = 'It is neither a position nor a cursor that this stream gave as an event id.') {
  return refuse('bad-cursor', `This cursor cannot be resumed. ${why}`, { at: 'Last-Event-ID or ?after' });
}
