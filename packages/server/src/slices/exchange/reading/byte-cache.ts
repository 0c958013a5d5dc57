/** Something in memory that can be loaded again. */
export interface Kept {
  /** Bytes that it takes. */
  readonly weight: number;
  /** Called when it has to go, as other things were used since. */
  forget(): void;
}

/** Holds together what may take so many bytes in all; what was not used for the longest time goes first. */
export class ByteCache {
  readonly limit: number;
  /** In the order of their last use. */
  readonly #kept = new Set<Kept>();
  #bytes = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(item: Kept): void {
    this.#kept.add(item);
    this.#bytes += item.weight;
    for (const oldest of this.#kept) {
      if (this.#bytes <= this.limit) break;
      this.remove(oldest);
      oldest.forget();
    }
  }

  use(item: Kept): void {
    if (this.#kept.delete(item)) this.#kept.add(item);
  }

  remove(item: Kept): void {
    if (this.#kept.delete(item)) this.#bytes -= item.weight;
  }
}
