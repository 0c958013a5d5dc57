import type { Entry, Position } from '../exchange/index.ts';
import { entryData, eventText } from './event-text.ts';

/** An entry as the event of a stream of one collection, whose id is the position: made once for all of them. */
export interface OutgoingEvent {
  readonly position: Position;
  readonly bytes: Buffer;
  /** Where in `bytes` the data begins: what a stream of several collections sends under an id of its own. */
  readonly dataAt: number;
}

export function outgoingEvent(collectionId: string, entry: Entry): OutgoingEvent {
  const text = eventText({
    event: 'entry',
    id: String(entry.position),
    data: entryData(collectionId, entry),
  });
  return { position: entry.position, bytes: Buffer.from(text), dataAt: text.indexOf('data: ') };
}

/** The same events for a stream of several collections; `id` gives the event id that belongs to a position. */
export function eventsWithIds(events: readonly OutgoingEvent[], id: (at: Position) => string): Buffer {
  const parts = events.flatMap(({ position, bytes, dataAt }) => [
    Buffer.from(`event: entry\nid: ${id(position)}\n`),
    bytes.subarray(dataAt),
  ]);
  return Buffer.concat(parts);
}
