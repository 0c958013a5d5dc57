import type { PackedRows } from '../../../platform/storage/packed-rows.ts';
import type { LogRange } from '../content/standing-store.ts';

/**
 * A piece of a collection in memory. It states: of the positions behind `from`, up to and with `to`, exactly these hold an
 * object that stands in its last version.
 */
export interface Run extends LogRange {
  readonly positions: Float64Array;
  /** When each was added; microseconds. */
  readonly added: Float64Array;
  /** The texts, a comma after each. */
  readonly bytes: Buffer;
  /** Where the comma after each text stands. */
  readonly ends: Float64Array;
}

/** Makes a run of what was found in a range. */
export function runOf({ from, to }: LogRange, { numbers, bytes, ends }: PackedRows): Run {
  const [positions = none, added = none] = numbers;
  return {
    from,
    to,
    positions,
    added,
    ends,
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
  };
}

export function emptyRun({ from, to }: LogRange): Run {
  return { from, to, positions: none, added: none, ends: none, bytes: Buffer.alloc(0) };
}

const none = new Float64Array();

/** Memory that a run takes. */
export function weightOf({ bytes, ends }: Run): number {
  return bytes.length + ends.length * 24 + 500;
}

/** The index of the first row behind a position and a time; the number of rows where there is none. */
export function rowBehind({ positions, added }: Run, position: number, time: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) > position && (added[middle] ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where the text of a row begins. */
export function startOf({ ends }: Run, row: number): number {
  return row === 0 ? 0 : (ends[row - 1] ?? 0) + 1;
}

/** Bytes of the texts of rows, commas aside. */
export function octetsOf(run: Run, first: number, end: number): number {
  return end <= first ? 0 : (run.ends[end - 1] ?? 0) - startOf(run, first) - (end - 1 - first);
}

/** The part of a run within a range, with memory of its own. */
export function cutRun(run: Run, { from, to }: LogRange): Run {
  if (from === run.from && to === run.to) return run;
  const first = rowBehind(run, from, Number.NEGATIVE_INFINITY);
  const end = rowBehind(run, to, Number.NEGATIVE_INFINITY);
  const start = startOf(run, first);
  return {
    from,
    to,
    positions: run.positions.slice(first, end),
    added: run.added.slice(first, end),
    bytes: Buffer.from(run.bytes.subarray(start, startOf(run, end))),
    ends: run.ends.slice(first, end).map((each) => each - start),
  };
}

/** Two runs, the second of which begins where the first ends, as one. */
export function joinRuns(one: Run, other: Run): Run {
  const ends = new Float64Array(one.ends.length + other.ends.length);
  ends.set(one.ends);
  ends.set(
    other.ends.map((each) => each + one.bytes.length),
    one.ends.length,
  );
  return {
    from: one.from,
    to: other.to,
    positions: Float64Array.of(...one.positions, ...other.positions),
    added: Float64Array.of(...one.added, ...other.added),
    bytes: Buffer.concat([one.bytes, other.bytes]),
    ends,
  };
}

/** A run in pieces of so many rows: what changes in one of them leaves the others alone. */
export function splitRun(run: Run, rows: number): readonly Run[] {
  if (run.ends.length <= rows) return [run];
  const pieces: Run[] = [];
  for (let first = 0; first < run.ends.length; first += rows) {
    const from = pieces.at(-1)?.to ?? run.from;
    const isLast = first + rows >= run.ends.length;
    pieces.push(cutRun(run, { from, to: isLast ? run.to : (run.positions[first + rows - 1] ?? run.to) }));
  }
  return pieces;
}
