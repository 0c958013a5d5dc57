import type { Entry, Exchange, Position, ReadGrant } from '../exchange/index.ts';
import { LogPages } from './log-pages.ts';
import { LogTail } from './log-tail.ts';

interface Open {
  readonly opening: Promise<LogTail>;
  tail: LogTail | undefined;
  followers: number;
}

/** Hears what the figures of a node tell of its streams. */
export interface TailListener {
  /** A page was read from the log for streams that are behind. */
  paged(): void;
  /** The end of a log came nearer; its last entry. */
  grew(last: Entry): void;
}

/** The tails of the logs that somebody follows now. */
export class LogTails {
  readonly #exchange: Exchange;
  readonly #listener: TailListener | undefined;
  readonly #pages: LogPages;
  readonly #tails = new Map<string, Open>();

  constructor(exchange: Exchange, listener?: TailListener) {
    this.#exchange = exchange;
    this.#listener = listener;
    this.#pages = new LogPages(exchange, listener);
  }

  /** A position that the log has reached, where this node knows one without asking the database. */
  knownEnd({ collectionId }: ReadGrant): Position | undefined {
    return this.#tails.get(collectionId)?.tail?.end;
  }

  /** The shared tail of a log, until `leave` is called, which the last one to follow it has to do as well. */
  async follow(grant: ReadGrant): Promise<{ readonly tail: LogTail; readonly leave: () => void }> {
    const open = this.#tails.get(grant.collectionId) ?? this.#open(grant);
    open.followers += 1;
    try {
      const tail = await open.opening;
      return { tail, leave: () => this.#leave(grant, open) };
    } catch (error) {
      this.#leave(grant, open);
      throw error;
    }
  }

  #leave({ collectionId }: ReadGrant, open: Open): void {
    open.followers -= 1;
    if (open.followers > 0) return;
    if (this.#tails.get(collectionId) === open) this.#tails.delete(collectionId);
    open.tail?.[Symbol.dispose]();
  }

  #open(grant: ReadGrant): Open {
    const { collectionId } = grant;
    const parts = { exchange: this.#exchange, pages: this.#pages, grant, listener: this.#listener };
    const opening = this.#exchange.lastPosition(grant).then((end) => {
      open.tail = new LogTail({ ...parts, end });
      return open.tail;
    });
    const open: Open = { opening, tail: undefined, followers: 0 };
    this.#tails.set(collectionId, open);
    return open;
  }
}
