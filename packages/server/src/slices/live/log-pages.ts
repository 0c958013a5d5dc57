import type { Entry, Exchange, Position, ReadGrant } from '../exchange/index.ts';
import { position } from '../exchange/index.ts';
import type { Chunk } from './entry-run.ts';
import { EntryRun } from './entry-run.ts';

/** Whoever waits for a page of the log. */
export interface PageReader {
  /** The page has come; ask again for what comes after your position. */
  pageRead(): void;
  /** It could not be read. */
  failed(error: unknown): void;
}

interface Page {
  readonly run: EntryRun;
  /** Milliseconds of `performance.now` at which it came. */
  readonly read: number;
}

/** A page that is being read. */
interface Reading {
  readonly grant: ReadGrant;
  readonly at: Position;
  /** Where it begins unless that turns out to be too far away. */
  readonly from: Position;
  readonly readers: Set<PageReader>;
  /** Withdrawals that became known meanwhile. */
  readonly withdrawals: Entry[];
}

const pageEntries = 500;
/** What was read so long ago is read again: another node may have withdrawn it without our knowing (rule L6). Milliseconds. */
const freshness = 500;
/** Pages that are read at once on this node, whoever comes back: publishers use the same database. */
const readsAtOnce = 2;
/** Bytes that all pages together hold; the oldest go first. */
const keptBytes = 33_554_432;

/**
 * Pages of the log for streams that are behind. When a node starts anew a thousand streams come back at once: those that stand near each
 * other share one read and its buffers, few reads are under way at a time, and what was read is kept for half a second only.
 */
export class LogPages {
  readonly #exchange: Pick<Exchange, 'readLog'>;
  readonly #listener: { paged(): void } | undefined;
  readonly #pages = new Map<string, Page[]>();
  readonly #readings = new Map<string, Reading>();
  readonly #queue: Reading[] = [];
  #reading = 0;
  #bytes = 0;

  constructor(exchange: Pick<Exchange, 'readLog'>, listener?: { paged(): void }) {
    this.#exchange = exchange;
    this.#listener = listener;
  }

  /** What comes after a position; undefined where it has to be read. */
  after(collectionId: string, at: Position): Chunk | undefined {
    const oldest = performance.now() - freshness;
    for (const { run, read } of this.#pages.get(collectionId) ?? []) {
      const chunk = read < oldest ? undefined : run.after(at);
      if (chunk !== undefined) return chunk;
    }
    return undefined;
  }

  /** Reads what comes after a position, and then tells the reader. */
  read(grant: ReadGrant, at: Position, reader: PageReader): void {
    const from = this.#beginning(grant.collectionId, at);
    const key = `${grant.collectionId} ${from}`;
    const known = this.#readings.get(key);
    if (known !== undefined) {
      known.readers.add(reader);
      return;
    }
    const reading: Reading = { grant, at, from, readers: new Set([reader]), withdrawals: [] };
    this.#readings.set(key, reading);
    this.#queue.push(reading);
    this.#next();
  }

  /** Takes back what may no longer be sent; `withdrawal` is an entry of this log. */
  forget(collectionId: string, withdrawal: Entry): void {
    for (const { run } of this.#pages.get(collectionId) ?? []) {
      this.#bytes -= run.bytes;
      run.forget(withdrawal);
      this.#bytes += run.bytes;
    }
    for (const reading of this.#readings.values()) {
      if (reading.grant.collectionId === collectionId) reading.withdrawals.push(withdrawal);
    }
  }

  /** Readers near each other have one beginning in common, unless one goes on where a page has ended. */
  #beginning(collectionId: string, at: Position): Position {
    const goesOn = this.#pages.get(collectionId)?.some(({ run }) => run.end === at);
    return goesOn ? at : position(at - (at % pageEntries));
  }

  #next(): void {
    while (this.#reading < readsAtOnce) {
      const reading = this.#queue.shift();
      if (reading === undefined) return;
      this.#reading += 1;
      void this.#load(reading).finally(() => {
        this.#reading -= 1;
        this.#next();
      });
    }
  }

  async #load(reading: Reading): Promise<void> {
    const { grant, at, from, readers, withdrawals } = reading;
    const { collectionId } = grant;
    this.#listener?.paged();
    try {
      let entries = await this.#exchange.readLog(grant, { after: from, limit: pageEntries });
      const end = entries.at(-1)?.position ?? from;
      // Large entries fill a page before it comes to where the reader stands.
      if (end <= at && from < at)
        entries = await this.#exchange.readLog(grant, { after: at, limit: pageEntries });
      const run = new EntryRun(collectionId, entries);
      for (const withdrawal of withdrawals) run.forget(withdrawal);
      this.#keep(collectionId, { run, read: performance.now() });
      this.#readings.delete(`${collectionId} ${from}`);
      for (const reader of readers) reader.pageRead();
    } catch (error) {
      this.#readings.delete(`${collectionId} ${from}`);
      for (const reader of readers) reader.failed(error);
    }
  }

  #keep(collectionId: string, page: Page): void {
    if (page.run.end === undefined) return;
    const pages = this.#pages.get(collectionId) ?? [];
    this.#pages.set(collectionId, pages);
    pages.push(page);
    this.#bytes += page.run.bytes;
    this.#drop(({ read }) => read < performance.now() - freshness);
    while (this.#bytes > keptBytes && this.#dropOldest(page));
    // Memory is given back also when nobody reads on.
    setTimeout(() => this.#drop(({ read }) => read <= page.read), freshness).unref();
  }

  #dropOldest(except: Page): boolean {
    const all = [...this.#pages.values()].flat().filter((page) => page !== except);
    const oldest = all.reduce<Page | undefined>(
      (least, page) => (least === undefined || page.read < least.read ? page : least),
      undefined,
    );
    if (oldest !== undefined) this.#drop((page) => page === oldest);
    return oldest !== undefined;
  }

  #drop(choose: (page: Page) => boolean): void {
    for (const [collectionId, pages] of this.#pages) {
      for (const page of pages) if (choose(page)) this.#bytes -= page.run.bytes;
      const left = pages.filter((page) => !choose(page));
      if (left.length === 0) this.#pages.delete(collectionId);
      else this.#pages.set(collectionId, left);
    }
  }
}
