import type { Entry, Exchange, Growth, Position, ReadGrant } from '../exchange/index.ts';
import type { Chunk } from './entry-run.ts';
import { EntryRun } from './entry-run.ts';
import type { LogPages, PageReader } from './log-pages.ts';

/** Whoever follows a log to its end. */
export interface Follower extends PageReader {
  /** There is more of the log than before. */
  grown(): void;
}

/** What is kept in memory of the end of one log. */
const kept = { entries: 2_000, bytes: 8_388_608 };
const pageEntries = 500;
/**
 * More than this is not taken over from whoever appended it but read, page by page: to make so many events at once would hold up
 * everybody else.
 */
const handOver = { entries: 200, characters: 1_048_576 };
/** A wake-up may be lost; this is how long that can go unnoticed. Milliseconds. */
const lookEvery = 1_000;

interface Parts {
  readonly exchange: Pick<Exchange, 'readLog' | 'onGrowth'>;
  readonly pages: LogPages;
  readonly grant: ReadGrant;
  /** The last position of the log, or one before it. */
  readonly end: Position;
  readonly listener?: { grew(last: Entry): void } | undefined;
}

/**
 * The end of one collection's log, shared by all streams that read it (rule R4). It grows by what this node appends, handed over
 * directly, and by what it reads when it hears of anything else: whatever does not follow on its last entry is read. So it has no
 * holes and no order of its own (rule L5), however hand-overs, reads and wake-ups come between each other.
 */
export class LogTail implements Disposable {
  readonly #parts: Parts;
  readonly #run: EntryRun;
  readonly #followers = new Set<Follower>();
  readonly #stopListening: () => void;
  readonly #timer: NodeJS.Timeout;
  #end: Position;
  #looking = false;
  #lookAgain = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#end = parts.end;
    const { collectionId } = parts.grant;
    this.#run = new EntryRun(collectionId);
    this.#stopListening = parts.exchange.onGrowth(collectionId, (growth) => this.#heard(growth));
    this.#timer = setInterval(() => this.#look(), lookEvery);
    this.#timer.unref();
    // Between the reading of its end and now it may have grown.
    this.#look();
  }

  /** Everything up to here has been seen. */
  get end(): Position {
    return this.#end;
  }

  join(follower: Follower): void {
    this.#followers.add(follower);
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower);
  }

  /** What comes after a position before the end, if it is in memory; otherwise `read` it. */
  after(at: Position): Chunk | undefined {
    return this.#run.after(at) ?? this.#parts.pages.after(this.#parts.grant.collectionId, at);
  }

  read(at: Position, reader: PageReader): void {
    this.#parts.pages.read(this.#parts.grant, at, reader);
  }

  [Symbol.dispose](): void {
    this.#stopListening();
    clearInterval(this.#timer);
    this.#followers.clear();
  }

  #heard({ entries, end }: Growth): void {
    if (isSmall(entries)) this.#append(entries);
    if (end === undefined || end > this.#end) this.#look();
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
    const { exchange, grant } = this.#parts;
    while (this.#lookAgain) {
      this.#lookAgain = false;
      const entries = await exchange.readLog(grant, { after: this.#end, limit: pageEntries });
      // A page may end early, as large entries fill it.
      if (entries.length > 0) this.#lookAgain = true;
      this.#append(entries);
    }
  }

  /** Takes what follows on the end. The rest is here already, or comes when the log is read. */
  #append(entries: readonly Entry[]): void {
    let last: Entry | undefined;
    for (const entry of entries) {
      if (entry.position !== this.#end + 1) continue;
      this.#run.append(entry);
      this.#end = entry.position;
      last = entry;
      if (entry.kind === 'withdrawal') this.#forget(entry);
    }
    if (last === undefined) return;
    this.#parts.listener?.grew(last);
    this.#run.trim(kept);
    for (const follower of this.#followers) follower.grown();
  }

  #forget(withdrawal: Entry): void {
    this.#run.forget(withdrawal);
    this.#parts.pages.forget(this.#parts.grant.collectionId, withdrawal);
  }
}

function isSmall(entries: readonly Entry[]): boolean {
  if (entries.length > handOver.entries) return false;
  const characters = entries.reduce(
    (sum, entry) => sum + (entry.kind === 'object' ? entry.text.length : 0),
    0,
  );
  return characters <= handOver.characters;
}
