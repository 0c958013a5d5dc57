import type { LogEnd, LogRange, Standing } from '../content/standing-store.ts';
import type { ByteCache, Kept } from './byte-cache.ts';
import { DerivedPages } from './derived-pages.ts';
import type { Gathered, Hole } from './gather-page.ts';
import { gatherPage } from './gather-page.ts';
import type { Run } from './run.ts';
import { emptyRun, joinRuns, rowBehind, runOf, splitRun, weightOf } from './run.ts';
import { holdsAny, RunList } from './run-list.ts';
import type { PagePlace } from './text-page.ts';

/** What a view reads from the log. */
export interface ViewSource {
  standing(
    range: LogRange,
    most: { readonly rows: number; readonly bytes: number },
  ): Promise<Standing | undefined>;
  emptyAt(range: LogRange): Promise<number | undefined>;
  touched(range: LogRange, most: number): Promise<readonly number[]>;
}

/** What a view stands on. */
export interface ViewParts {
  readonly source: ViewSource;
  readonly cache: ByteCache;
  readonly sizes?: ViewSizes;
}

/** How much is done at a time. */
export interface ViewSizes {
  /** Rows of a load: at least, as rows cost less than asking, and at the most. */
  readonly leastRows: number;
  readonly mostRows: number;
  /** Bytes of a load. */
  readonly mostBytes: number;
  /** Rows of one run, which what changes takes away as a whole, and bytes up to which small ones are joined. */
  readonly runRows: number;
  readonly joinedBytes: number;
  /** A head that moves by more entries than this, or touches more positions, makes the view begin anew. */
  readonly mostEntries: number;
  readonly mostTouched: number;
}

export const usualSizes: ViewSizes = {
  leastRows: 100,
  mostRows: 2_000,
  mostBytes: 4_194_304,
  runRows: 128,
  joinedBytes: 262_144,
  mostEntries: 5_000,
  mostTouched: 10_000,
};

/** Positions that may have changed when the head moved to a place, in order; undefined for all of them. */
interface Change {
  readonly head: number;
  readonly positions: readonly number[] | undefined;
}

interface Load {
  readonly done: Promise<void>;
  /** What changed while it was under way. */
  readonly changes: Change[];
}

/**
 * What is known of a collection's standing objects, and exact for one head of its log. Between two `await`s nothing here changes, so
 * whatever is put together without one is from one moment. The head moves only together with what its entries have touched.
 */
export class CollectionView {
  readonly #source: ViewSource;
  readonly #cache: ByteCache;
  readonly #sizes: ViewSizes;
  readonly #runs = new RunList();
  readonly #kept = new Map<Run, Kept>();
  readonly #derived: DerivedPages;
  readonly #loads = new Map<number, Load>();
  #head: number;
  #headAdded: number | undefined;
  #moving: Promise<void> | undefined;

  constructor({ source, cache, sizes = usualSizes }: ViewParts, end: LogEnd) {
    this.#source = source;
    this.#cache = cache;
    this.#derived = new DerivedPages(cache);
    this.#sizes = sizes;
    this.#head = end.position;
    this.#headAdded = end.added;
  }

  get head(): number {
    return this.#head;
  }

  /** Resolves when everything here is exact for this head, or for a later one. */
  async reach({ position, added }: { readonly position: number; readonly added?: number }): Promise<void> {
    while (this.#head < position) {
      this.#moving ??= this.#move(position).finally(() => {
        this.#moving = undefined;
      });
      await this.#moving;
    }
    if (this.#head === position) this.#headAdded = added ?? this.#headAdded;
  }

  gather(place: PagePlace): Gathered | Hole {
    const use = (run: Run) => {
      const kept = this.#kept.get(run);
      if (kept !== undefined) this.#cache.use(kept);
    };
    return gatherPage({ runs: this.#runs, head: this.#head, use }, place);
  }

  /** The position behind which everything was added later than a time; undefined where memory does not tell. */
  behind(time: number): number | undefined {
    if (this.#headAdded !== undefined && time >= this.#headAdded) return this.#head;
    const index = this.#runs.indexAt(time);
    const run = this.#runs.at(index);
    if (run === undefined) {
      const first = this.#runs.at(0);
      return first?.from === 0 && first.added.length > 0 ? 0 : undefined;
    }
    const row = rowBehind(run, 0, time) - 1;
    if (row < run.added.length - 1 || run.added[row] === time) return run.positions[row];
    const next = this.#runs.at(index + 1);
    const goesOn = next?.from === run.to && next.added.length > 0;
    return goesOn || run.to === this.#head ? run.to : undefined;
  }

  /** Loads what is behind a position; those who miss the same share it. It may be stale when it comes, and then is not kept. */
  load(hole: Hole): Promise<void> {
    const known = this.#loads.get(hole.from);
    if (known !== undefined) return known.done;
    const changes: Change[] = [];
    // In the table before its query begins: from then on it hears of every change.
    const done = this.#load(hole, changes).finally(() => this.#loads.delete(hole.from));
    this.#loads.set(hole.from, { done, changes });
    return done;
  }

  /** What is made of the objects in a range of a page that was gathered at this head; kept as long as they are the same. */
  derive(
    { key, range, head }: { readonly key: string; readonly range: LogRange; readonly head: number },
    make: () => Promise<Buffer>,
  ): Promise<Buffer> {
    // Where the log went on meanwhile, the page may be no longer what it was.
    return head === this.#head ? this.#derived.derive({ key, range }, make) : make();
  }

  async #load({ from, rows }: Hole, changes: readonly Change[]): Promise<void> {
    const next = this.#runs.at(this.#runs.indexBehind(from))?.from ?? Number.MAX_SAFE_INTEGER;
    const asked = Math.min(Math.max(rows, this.#sizes.leastRows), this.#sizes.mostRows);
    const found = await this.#find({ from, to: next }, asked);
    if (found === undefined) return;
    await this.reach({ position: found.head });
    const { run } = found;
    const isStale = changes.some(
      ({ head, positions }) => head > found.head && (positions === undefined || holdsAny(run, positions)),
    );
    if (!isStale) this.#insert(run);
  }

  /** What stands in a range, and the head for which that is exact. Undefined when it appeared between two looks. */
  async #find(range: LogRange, rows: number) {
    const found = await this.#source.standing(range, { rows, bytes: this.#sizes.mostBytes });
    if (found === undefined) {
      const head = await this.#source.emptyAt(range);
      return head === undefined
        ? undefined
        : { head, run: emptyRun({ ...range, to: Math.min(range.to, head) }) };
    }
    const { head } = found;
    const isAll = found.rows.whole && found.rows.ends.length < rows;
    const last = found.rows.numbers[0]?.at(-1) ?? range.from;
    const to = isAll ? Math.min(range.to, head) : last;
    return { head, run: runOf({ from: range.from, to }, found.rows) };
  }

  #insert(loaded: Run): void {
    const part = this.#runs.unknownPart(loaded);
    if (part === undefined) return;
    for (const piece of splitRun(part, this.#sizes.runRows)) this.#keep(this.#withNeighbours(piece));
  }

  /** A log that grows by few entries at a time, each of which is read at once, would otherwise fall into many small runs. */
  #withNeighbours(run: Run): Run {
    let joined = run;
    const index = this.#runs.indexBehind(run.from);
    for (const neighbour of [this.#runs.at(index - 1), this.#runs.at(index)]) {
      if (neighbour === undefined || !this.#fitTogether(neighbour, joined)) continue;
      this.#runs.remove(neighbour);
      this.#release(neighbour);
      joined = neighbour.to === joined.from ? joinRuns(neighbour, joined) : joinRuns(joined, neighbour);
    }
    return joined;
  }

  #keep(run: Run): void {
    const kept: Kept = {
      weight: weightOf(run),
      forget: () => {
        this.#runs.remove(run);
        this.#kept.delete(run);
      },
    };
    this.#runs.insert(run);
    this.#kept.set(run, kept);
    this.#cache.add(kept);
  }

  #release(run: Run): void {
    const kept = this.#kept.get(run);
    this.#kept.delete(run);
    if (kept !== undefined) this.#cache.remove(kept);
  }

  async #move(to: number): Promise<void> {
    const from = this.#head;
    const isEmpty = this.#runs.size + this.#loads.size + this.#derived.size === 0;
    const positions = isEmpty ? [] : await this.#touched({ from, to });
    this.#apply({ head: to, positions });
  }

  async #touched(range: LogRange): Promise<readonly number[] | undefined> {
    if (range.to - range.from > this.#sizes.mostEntries) return undefined;
    const most = this.#sizes.mostTouched;
    const positions = await this.#source.touched(range, most);
    return positions.length < most ? positions.toSorted((one, other) => one - other) : undefined;
  }

  #apply(change: Change): void {
    const { head, positions } = change;
    const stale = positions === undefined ? this.#runs.takeAll() : this.#runs.takeHolding(positions);
    for (const run of stale) this.#release(run);
    this.#derived.forget(positions);
    for (const load of this.#loads.values()) load.changes.push(change);
    this.#head = head;
    this.#headAdded = undefined;
  }

  #fitTogether(one: Run, other: Run): boolean {
    const { runRows, joinedBytes } = this.#sizes;
    if (one.to !== other.from && other.to !== one.from) return false;
    return (
      one.ends.length + other.ends.length <= runRows && one.bytes.length + other.bytes.length <= joinedBytes
    );
  }
}
