import type { Entry, Position } from '../exchange/index.ts';
import type { OutgoingEvent } from './outgoing-event.ts';
import { outgoingEvent } from './outgoing-event.ts';

/** Events that go out together: one write to the stream, one buffer for every stream that stands at the same position. */
export interface Chunk {
  readonly events: readonly OutgoingEvent[];
  /** Where a stream stands that has sent it. */
  readonly end: Position;
  readonly bytes: () => Buffer;
}

/** Bytes of one chunk, unless a single event is larger: what a reader that takes nothing holds in memory. */
export const chunkBytes = 65_536;
/** Positions for which the chunk is remembered; streams that are level need one. */
const keptChunks = 16;

/** Enough of an entry to say that it was withdrawn, without its text. */
type Kept = Pick<Entry, 'position' | 'added' | 'objectId' | 'version' | 'publisher'> & {
  event: OutgoingEvent;
};

/** Entries of one log that follow on each other, ready to be sent. */
export class EntryRun {
  readonly #collectionId: string;
  readonly #chunks = new Map<Position, Chunk>();
  #kept: Kept[] = [];
  #bytes = 0;

  constructor(collectionId: string, entries: readonly Entry[] = []) {
    this.#collectionId = collectionId;
    for (const entry of entries) this.append(entry);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The last position; undefined when it is empty. */
  get end(): Position | undefined {
    return this.#kept.at(-1)?.position;
  }

  /** The entry has to follow on the last one. */
  append(entry: Entry): void {
    const { end } = this;
    if (end !== undefined && entry.position !== end + 1) throw new Error('A run of entries has no holes');
    const event = outgoingEvent(this.#collectionId, entry);
    const { position, added, objectId, version, publisher } = entry;
    this.#kept.push({ position, added, objectId, version, publisher, event });
    this.#bytes += event.bytes.byteLength;
    this.#chunks.clear();
  }

  /** Drops the oldest entries until no more than so many entries and bytes are left. */
  trim({ entries, bytes }: { readonly entries: number; readonly bytes: number }): void {
    let drop = 0;
    while (this.#kept.length - drop > entries || (this.#bytes > bytes && drop < this.#kept.length)) {
      this.#bytes -= this.#kept[drop]?.event.bytes.byteLength ?? 0;
      drop += 1;
    }
    if (drop > 0) this.#kept = this.#kept.slice(drop);
  }

  /** What was withdrawn is not sent from memory either (rule L6): where the object stood, the withdrawal is told. */
  forget({ objectId, version, position: until }: Entry): void {
    for (const kept of this.#kept) {
      if (kept.position >= until) break;
      if (kept.objectId !== objectId || kept.version !== version) continue;
      const { position, added, publisher } = kept;
      this.#bytes -= kept.event.bytes.byteLength;
      kept.event = outgoingEvent(this.#collectionId, {
        kind: 'withdrawal',
        position,
        added,
        objectId,
        version,
        publisher,
      });
      this.#bytes += kept.event.bytes.byteLength;
      this.#chunks.clear();
    }
  }

  /** What comes right after a position, as much as goes out at once; undefined where this run does not have it. */
  after(at: Position): Chunk | undefined {
    const known = this.#chunks.get(at);
    if (known !== undefined) return known;
    const first = this.#kept[0]?.position;
    const { end } = this;
    if (first === undefined || end === undefined || at < first - 1 || at >= end) return undefined;
    const chunk = this.#chunkFrom(at + 1 - first);
    const [oldest] = this.#chunks.keys();
    if (this.#chunks.size >= keptChunks && oldest !== undefined) this.#chunks.delete(oldest);
    this.#chunks.set(at, chunk);
    return chunk;
  }

  #chunkFrom(index: number): Chunk {
    const events: OutgoingEvent[] = [];
    let bytes = 0;
    for (let next = index; next < this.#kept.length; next += 1) {
      const event = this.#kept[next]?.event;
      if (event === undefined) break;
      bytes += event.bytes.byteLength;
      if (events.length > 0 && bytes > chunkBytes) break;
      events.push(event);
    }
    const [only] = events;
    const last = events.at(-1);
    if (only === undefined || last === undefined) throw new Error('A chunk has at least one event');
    let whole = events.length === 1 ? only.bytes : undefined;
    return {
      events,
      end: last.position,
      bytes() {
        whole ??= Buffer.concat(events.map((event) => event.bytes));
        return whole;
      },
    };
  }
}
