import type { LogRange } from '../content/standing-store.ts';
import type { Run } from './run.ts';
import { cutRun } from './run.ts';

/** Runs of one collection that do not overlap, in the order of their positions. */
export class RunList {
  #runs: Run[] = [];

  get size(): number {
    return this.#runs.length;
  }

  at(index: number): Run | undefined {
    return this.#runs[index];
  }

  /** The index of the run in which what comes behind a position is, or of the one that begins next. */
  indexBehind(position: number): number {
    let low = 0;
    let high = this.#runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#runs[middle]?.to ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The index of the last run with a row that was added at this time or before; -1 where there is none. */
  indexAt(time: number): number {
    let low = 0;
    let high = this.#runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      // A run without rows says nothing of times; the one before it does.
      let at = middle;
      while (at >= low && this.#runs[at]?.added.length === 0) at -= 1;
      if (at < low || (this.#runs[at]?.added[0] ?? 0) <= time) low = middle + 1;
      else high = at;
    }
    let found = low - 1;
    while (found >= 0 && this.#runs[found]?.added.length === 0) found -= 1;
    return found;
  }

  /** The part of a run that is not known yet, from its beginning to where something is known; undefined where nothing is new. */
  unknownPart(run: Run): Run | undefined {
    let { from } = run;
    let index = this.indexBehind(from);
    for (
      let known = this.#runs[index];
      known !== undefined && known.from <= from;
      known = this.#runs[index]
    ) {
      from = known.to;
      index += 1;
    }
    const to = Math.min(run.to, this.#runs[index]?.from ?? run.to);
    return from < to ? cutRun(run, { from, to }) : undefined;
  }

  /** Takes in a run that overlaps no other. */
  insert(run: Run): void {
    this.#runs.splice(this.indexBehind(run.from), 0, run);
  }

  remove(run: Run): void {
    const index = this.indexBehind(run.from);
    if (this.#runs[index] === run) this.#runs.splice(index, 1);
  }

  /** Takes out the runs that hold any of these positions, and gives them. */
  takeHolding(positions: readonly number[]): readonly Run[] {
    const taken = new Set<Run>();
    for (const position of positions) {
      const run = this.#runs[this.indexBehind(position - 1)];
      if (run !== undefined && run.from < position) taken.add(run);
    }
    if (taken.size > 0) this.#runs = this.#runs.filter((run) => !taken.has(run));
    return [...taken];
  }

  takeAll(): readonly Run[] {
    const taken = this.#runs;
    this.#runs = [];
    return taken;
  }
}

/** Whether any of some positions, which are in order, lies in a range. */
export function holdsAny({ from, to }: LogRange, positions: readonly number[]): boolean {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  return (positions[low] ?? Number.POSITIVE_INFINITY) <= to;
}
