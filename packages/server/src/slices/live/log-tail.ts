import type { Entry, Exchange, Position, ReadGrant } from '../exchange/index.ts';
import { position } from '../exchange/index.ts';
import { entryData, eventText } from './event-text.ts';

/** An entry ready to be sent: made once, shared by every stream that is up to date. */
export interface Outgoing {
  readonly position: Position;
  /** The whole event of a stream of one collection, its id being the position. */
  readonly single: Buffer;
  /** The data alone, for streams of several collections, whose ids differ. */
  readonly data: string;
}

interface Kept {
  readonly entry: Entry;
  outgoing: Outgoing;
  bytes: number;
}

/** What is kept in memory of the end of one log. */
const keptEntries = 2_000;
const keptBytes = 16_777_216;
const pageEntries = 500;
/** A wake-up may be lost; this is how long that can go unnoticed. Milliseconds. */
const lookEvery = 1_000;

/**
 * The end of one collection's log, shared by all streams that read it (rule R4). A stream asks for what comes after its
 * own position and gets it from memory when it is up to date, from the log when it is not: there is no seam between the
 * two, and a slow stream costs nobody else anything.
 */
export class LogTail implements Disposable {
  readonly #exchange: Exchange;
  readonly #grant: ReadGrant;
  readonly #stopListening: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #waiting = new Set<() => void>();
  #kept: Kept[] = [];
  #bytes = 0;
  /** Everything up to here has been seen; `#kept` ends with it. */
  #end: Position;
  #looking = false;
  #lookAgain = false;

  constructor({ exchange, grant, end }: { exchange: Exchange; grant: ReadGrant; end: Position }) {
    this.#exchange = exchange;
    this.#grant = grant;
    this.#end = end;
    this.#stopListening = exchange.onGrowth(grant.collectionId, () => this.#look());
    this.#timer = setInterval(() => this.#look(), lookEvery);
    this.#timer.unref();
  }

  /** The entries after a position, some of them at least; none when there are none yet. */
  async after(cursor: Position): Promise<readonly Outgoing[]> {
    if (cursor >= this.#end) return [];
    const first = this.#kept[0]?.entry.position;
    if (first !== undefined && cursor >= first - 1) return this.#keptAfter(cursor);
    const entries = await this.#exchange.readLog(this.#grant, { after: cursor, limit: pageEntries });
    return entries.map((entry) => this.#outgoing(entry));
  }

  /** Resolves when there may be something after `cursor`, or when the signal aborts. */
  grown(cursor: Position, signal: AbortSignal): Promise<void> {
    if (cursor < this.#end || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  [Symbol.dispose](): void {
    this.#stopListening();
    clearInterval(this.#timer);
    this.#wake();
  }

  /** Counts back from the end: a stream that is up to date has few steps to go. */
  #keptAfter(cursor: Position): readonly Outgoing[] {
    let from = this.#kept.length;
    while (from > 0 && (this.#kept[from - 1]?.entry.position ?? 0) > cursor) from -= 1;
    return this.#kept.slice(from).map((kept) => kept.outgoing);
  }

  #look(): void {
    this.#lookAgain = true;
    if (this.#looking) return;
    this.#looking = true;
    // The database being out of reach is told of elsewhere; the timer looks again.
    this.#readOn()
      .catch(() => {})
      .finally(() => {
        this.#looking = false;
      });
  }

  async #readOn(): Promise<void> {
    while (this.#lookAgain) {
      this.#lookAgain = false;
      const entries = await this.#exchange.readLog(this.#grant, { after: this.#end, limit: pageEntries });
      if (entries.length === 0) continue;
      for (const entry of entries) this.#keep(entry);
      // A page may end early, as large entries fill it.
      this.#lookAgain = true;
      this.#wake();
    }
  }

  #keep(entry: Entry): void {
    if (entry.kind === 'withdrawal') this.#forget(entry);
    const outgoing = this.#outgoing(entry);
    const bytes = outgoing.single.byteLength;
    this.#kept.push({ entry, outgoing, bytes });
    this.#bytes += bytes;
    this.#end = entry.position;
    let drop = 0;
    while (this.#kept.length - drop > keptEntries || this.#bytes > keptBytes) {
      this.#bytes -= this.#kept[drop]?.bytes ?? 0;
      drop += 1;
    }
    if (drop > 0) this.#kept = this.#kept.slice(drop);
  }

  /** What was withdrawn is not sent from memory either (rule L6). */
  #forget(withdrawal: Entry): void {
    for (const kept of this.#kept) {
      const { entry } = kept;
      if (entry.objectId !== withdrawal.objectId || entry.version !== withdrawal.version) continue;
      const { position: at, added, publisher } = entry;
      kept.outgoing = this.#outgoing({ ...withdrawal, kind: 'withdrawal', position: at, added, publisher });
      this.#bytes += kept.outgoing.single.byteLength - kept.bytes;
      kept.bytes = kept.outgoing.single.byteLength;
    }
  }

  #outgoing(entry: Entry): Outgoing {
    const data = entryData(this.#grant.collectionId, entry);
    return {
      position: entry.position,
      single: Buffer.from(eventText({ event: 'entry', id: String(entry.position), data })),
      data,
    };
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}

/** The tails of the logs that somebody follows now. */
export class LogTails {
  readonly #exchange: Exchange;
  readonly #tails = new Map<string, { readonly tail: Promise<LogTail>; followers: number }>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** The shared tail of a log; give it back with `leave`. */
  follow(grant: ReadGrant): Promise<LogTail> {
    const known = this.#tails.get(grant.collectionId);
    if (known !== undefined) {
      known.followers += 1;
      return known.tail;
    }
    const tail = this.#open(grant);
    this.#tails.set(grant.collectionId, { tail, followers: 1 });
    tail.catch(() => this.#tails.delete(grant.collectionId));
    return tail;
  }

  async leave(grant: ReadGrant): Promise<void> {
    const known = this.#tails.get(grant.collectionId);
    if (known === undefined) return;
    known.followers -= 1;
    if (known.followers > 0) return;
    this.#tails.delete(grant.collectionId);
    (await known.tail)[Symbol.dispose]();
  }

  async #open(grant: ReadGrant): Promise<LogTail> {
    const end = await this.#exchange.lastPosition(grant);
    return new LogTail({ exchange: this.#exchange, grant, end: position(end) });
  }
}
