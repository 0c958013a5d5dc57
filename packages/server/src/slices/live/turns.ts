/** Something that has to be done bit by bit. */
export interface Taker {
  /** Does one bit of it; whether there is more to do at once. */
  turn(): boolean;
}

/** Milliseconds of turns before whatever else the node has to do gets its time: requests, publishes, other answers. */
const slice = 5;
/** Turns between two looks at the clock. */
const stride = 16;

/**
 * Gives many streams their turns: one write each, round and round, and never for long without a break. What becomes available while
 * others have their turn goes out together, so that chunks grow by themselves where a write for each entry would be too much.
 */
export class Turns {
  readonly #waiting = new Set<Taker>();
  #scheduled = false;

  add(taker: Taker): void {
    this.#waiting.add(taker);
    this.#schedule();
  }

  delete(taker: Taker): void {
    this.#waiting.delete(taker);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#run());
  }

  #run(): void {
    this.#scheduled = false;
    const until = performance.now() + slice;
    let taken = 0;
    // What is added again comes to stand at the end, and this loop comes to it.
    for (const taker of this.#waiting) {
      this.#waiting.delete(taker);
      if (taker.turn()) this.#waiting.add(taker);
      taken += 1;
      if (taken % stride === 0 && performance.now() > until) break;
    }
    if (this.#waiting.size > 0) this.#schedule();
  }
}
