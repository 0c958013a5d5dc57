import type { LogEnd } from '../content/standing-store.ts';

/** Looks up the ends of logs. */
export type LookUp = (collectionIds: readonly string[]) => Promise<ReadonlyMap<string, LogEnd>>;

interface Round {
  readonly collectionIds: Set<string>;
  readonly answer: Promise<ReadonlyMap<string, LogEnd>>;
}

const empty: LogEnd = { position: 0, added: 0 };

/**
 * Tells where logs end now. One look-up runs at a time, for all that ask: whoever comes while it runs waits for the next one, so
 * that an answer is never older than its question. What was acknowledged before somebody asked, on whichever node, is in it
 * (rule R5).
 */
export class HeadWatch {
  readonly #lookUp: LookUp;
  #running: Promise<unknown> = Promise.resolve();
  /** Has not begun yet: still takes more questions. */
  #next: Round | undefined;

  constructor(lookUp: LookUp) {
    this.#lookUp = lookUp;
  }

  async end(collectionId: string): Promise<LogEnd> {
    const round = this.#next ?? this.#open();
    round.collectionIds.add(collectionId);
    return (await round.answer).get(collectionId) ?? empty;
  }

  #open(): Round {
    const collectionIds = new Set<string>();
    const answer = this.#running.then(() => {
      this.#next = undefined;
      return this.#lookUp([...collectionIds]);
    });
    this.#next = { collectionIds, answer };
    // A look-up that failed is told to those who asked, and the next one begins.
    this.#running = answer.catch(() => undefined);
    return this.#next;
  }
}
