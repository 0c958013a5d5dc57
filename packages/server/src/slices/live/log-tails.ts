import type { Exchange, Position, ReadGrant } from '../exchange/index.ts';
import { LogPages } from './log-pages.ts';
import { LogTail } from './log-tail.ts';

interface Open {
  readonly opening: Promise<LogTail>;
  tail: LogTail | undefined;
  followers: number;
}

/** The tails of the logs that somebody follows now. */
export class LogTails {
  readonly #exchange: Exchange;
  readonly #pages: LogPages;
  readonly #tails = new Map<string, Open>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    this.#pages = new LogPages(exchange);
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
    const parts = { exchange: this.#exchange, pages: this.#pages, grant };
    const opening = this.#exchange.lastPosition(grant).then((end) => {
      open.tail = new LogTail({ ...parts, end });
      return open.tail;
    });
    const open: Open = { opening, tail: undefined, followers: 0 };
    this.#tails.set(collectionId, open);
    return open;
  }
}
