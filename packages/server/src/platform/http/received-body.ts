/** Octets of a block at the least, unless less is to come, and at the most: copying one of them keeps nobody waiting. */
const leastBlock = 16_384;
const mostBlock = 1_048_576;

/**
 * A body as it has come, in blocks that nobody else has a view of, so that they can be given to another thread. Pieces are copied
 * as they come: to join a large body in one go would stop everything else for as long as that takes.
 */
export class ReceivedBody {
  /** Octets in all. */
  length = 0;
  readonly #full: Uint8Array<ArrayBuffer>[] = [];
  #last: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #used = 0;

  /** `expected`: octets that are still to come with this piece, where that was announced. It is not relied on. */
  add(piece: Uint8Array, expected = 0): void {
    let rest = piece;
    while (rest.byteLength > 0) {
      if (this.#used === this.#last.byteLength) this.#begin(Math.max(rest.byteLength, expected));
      const part = rest.subarray(0, this.#last.byteLength - this.#used);
      this.#last.set(part, this.#used);
      this.#used += part.byteLength;
      this.length += part.byteLength;
      rest = rest.subarray(part.byteLength);
    }
  }

  /** The blocks in order. They belong to whoever takes them: nothing may be added after that. */
  blocks(): readonly Uint8Array<ArrayBuffer>[] {
    return this.#used === 0 ? this.#full : [...this.#full, this.#last.subarray(0, this.#used)];
  }

  #begin(expected: number): void {
    if (this.#used > 0) this.#full.push(this.#last);
    // No more than has come already: what is announced may never come.
    const most = Math.min(mostBlock, Math.max(leastBlock, this.length));
    this.#last = new Uint8Array(Math.min(most, expected));
    this.#used = 0;
  }
}

/** The text that blocks hold; undefined where they are not UTF-8. A byte order mark at the beginning is none of it. */
export function textOfBlocks(blocks: readonly Uint8Array[]): string | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const texts = blocks.map((block) => decoder.decode(block, { stream: true }));
    return texts.join('') + decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return undefined;
  }
}
