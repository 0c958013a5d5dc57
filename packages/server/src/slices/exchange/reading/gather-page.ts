import type { Run } from './run.ts';
import { octetsOf, rowBehind, startOf } from './run.ts';
import type { RunList } from './run-list.ts';
import type { ObjectPlace, PagePlace, TextPage } from './text-page.ts';

/** A page without what is made of it. */
export type Gathered = Omit<TextPage, 'derive'>;

/** What is missing for a page: what comes behind this position, and how many rows the page could use from there. */
export interface Hole {
  readonly from: number;
  readonly rows: number;
}

/**
 * Puts a page together from what is known of a collection up to its head, or tells what is missing first. Nothing is copied. It
 * does not wait for anything, so that the page is what the collection was at one moment.
 */
export function gatherPage(
  { runs, head, use }: { readonly runs: RunList; readonly head: number; readonly use: (run: Run) => void },
  place: PagePlace,
): Gathered | Hole {
  const page = new Gathering(place);
  let at = place.after;
  for (let index = runs.indexBehind(at); at < head; index += 1) {
    const run = runs.at(index);
    if (run === undefined || run.from > at) return { from: at, rows: place.limit + 1 - page.count };
    use(run);
    if (page.add(run)) return page.finish(true);
    at = run.to;
  }
  return page.finish(false);
}

class Gathering {
  readonly #place: PagePlace;
  readonly #parts: Uint8Array[] = [];
  #octets = 0;
  #first: ObjectPlace | undefined;
  #last: ObjectPlace | undefined;
  count = 0;

  constructor(place: PagePlace) {
    this.#place = place;
  }

  /** Adds what the page takes of a run; true when that is not all. */
  add(run: Run): boolean {
    const first = rowBehind(run, this.#place.after, this.#place.addedAfter);
    const rows = run.ends.length;
    if (first === rows) return false;
    let end = Math.min(rows, first + this.#place.limit - this.count);
    while (end > first && this.#exceeds(octetsOf(run, first, end), end - first)) end -= 1;
    if (end > first) {
      this.#parts.push(run.bytes.subarray(startOf(run, first), startOf(run, end)));
      this.#octets += octetsOf(run, first, end);
      this.count += end - first;
      this.#first ??= placeOf(run, first);
      this.#last = placeOf(run, end - 1);
    }
    return end < rows;
  }

  finish(more: boolean): Gathered {
    const last = this.#parts.pop();
    // The comma behind the last text belongs to no page.
    if (last !== undefined) this.#parts.push(last.subarray(0, -1));
    return { parts: this.#parts, count: this.count, first: this.#first, last: this.#last, more };
  }

  #exceeds(octets: number, rows: number): boolean {
    return this.#octets + octets > this.#place.bytes && this.count + rows > 1;
  }
}

function placeOf({ positions, added }: Run, row: number): ObjectPlace {
  return { position: positions[row] ?? 0, added: added[row] ?? 0 };
}
