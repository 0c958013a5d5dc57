/** Something that has to be done bit by bit. */
export interface Taker {
  /** Does one bit of it; whether there is more to do at once. */
  turn(): boolean;
  /** Its turn has thrown; it gets no other. */
  failed(error: unknown): void;
}

/** Milliseconds of turns before whatever else the node has to do gets its time: requests, publishes, other answers. */
const slice = 3;
/**
 * When everybody has had a turn, the next round begins only after as long as this one took, and at most so many milliseconds: half of the
 * time is left to publishers, and a round that carries more costs less.
 */
const longestBreak = 25;
/** A round that took less is nobody's burden; milliseconds. */
const shortRound = 1;
/** Turns between two looks at the clock. */
const stride = 16;

/**
 * Gives many streams their turns: one write each, round and round, and never for long without a break. What becomes available while
 * others have their turn goes out together, so that chunks grow by themselves where a write for each entry would be too much.
 */
export class Turns {
  readonly #waiting = new Set<Taker>();
  #scheduled = false;
  /** Milliseconds that the round under way has taken. */
  #round = 0;
  /** When the next round may begin; milliseconds of `performance.now`. */
  #nextRound = 0;

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
    const pause = this.#nextRound - performance.now();
    if (pause > 0) setTimeout(() => this.#run(), pause);
    else setImmediate(() => this.#run());
  }

  #run(): void {
    this.#scheduled = false;
    const begun = performance.now();
    let taken = 0;
    // What is added again comes to stand at the end, and this loop comes to it.
    for (const taker of this.#waiting) {
      this.#waiting.delete(taker);
      if (turnOf(taker)) this.#waiting.add(taker);
      taken += 1;
      if (taken % stride === 0 && performance.now() > begun + slice) break;
    }
    const now = performance.now();
    this.#round += now - begun;
    if (this.#waiting.size > 0) this.#schedule();
    else {
      if (this.#round > shortRound) this.#nextRound = now + Math.min(this.#round, longestBreak);
      this.#round = 0;
    }
  }
}

/** What goes wrong with one stream is no reason to end the others, let alone the node. */
function turnOf(taker: Taker): boolean {
  try {
    return taker.turn();
  } catch (error) {
    taker.failed(error);
    return false;
  }
}
