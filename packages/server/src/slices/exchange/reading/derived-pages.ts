import type { LogRange } from '../content/standing-store.ts';
import type { ByteCache, Kept } from './byte-cache.ts';
import { holdsAny } from './run-list.ts';

/** What was made of a part of the collection. */
interface Derived {
  readonly range: LogRange;
  readonly value: Promise<Buffer>;
  /** In the cache, as soon as its weight is known. */
  kept: Kept | undefined;
}

/** Bytes of an entry beside what it holds. */
const overhead = 500;

/** What was made of pages, such as their compressed bytes: kept as long as the objects in their range are the same. */
export class DerivedPages {
  readonly #cache: ByteCache;
  readonly #derived = new Map<string, Derived>();

  constructor(cache: ByteCache) {
    this.#cache = cache;
  }

  get size(): number {
    return this.#derived.size;
  }

  /** What is there under a key for a range, or what `make` makes of it now; whoever asks meanwhile shares the work. */
  derive(
    { key, range }: { readonly key: string; readonly range: LogRange },
    make: () => Promise<Buffer>,
  ): Promise<Buffer> {
    const name = `${range.from} ${range.to} ${key}`;
    const known = this.#derived.get(name);
    if (known?.kept !== undefined) this.#cache.use(known.kept);
    return known?.value ?? this.#keep(name, range, make());
  }

  /** Forgets what holds any of some positions, which are in order; everything without them. */
  forget(positions: readonly number[] | undefined): void {
    for (const [name, derived] of this.#derived) {
      if (positions !== undefined && !holdsAny(derived.range, positions)) continue;
      this.#derived.delete(name);
      if (derived.kept !== undefined) this.#cache.remove(derived.kept);
    }
  }

  #keep(name: string, range: LogRange, value: Promise<Buffer>): Promise<Buffer> {
    const derived: Derived = { range, value, kept: undefined };
    const forget = () => {
      if (this.#derived.get(name) === derived) this.#derived.delete(name);
    };
    this.#derived.set(name, derived);
    value.then((bytes) => {
      if (this.#derived.get(name) !== derived) return;
      derived.kept = { weight: bytes.length + overhead, forget };
      this.#cache.add(derived.kept);
    }, forget);
    return value;
  }
}
