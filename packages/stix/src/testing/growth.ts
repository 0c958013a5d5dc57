import { cpuMilliseconds } from './cpu-milliseconds.ts';

/** Milliseconds below which a measurement says nothing. */
const least = 4;

/** How many times larger the larger input is. */
export const growthFactor = 16;

/** How the cost of some work grows. */
export interface Growth {
  readonly size: number;
  /** How many times as long the work takes for an input that is sixteen times as large: 16 is linear, 256 quadratic. */
  readonly ratio: number;
}

/**
 * Measures how the processor time of `work` grows, from a size at which it can be measured. `make` builds the input and is not
 * counted. Undefined where not even an input of `most` takes that long: then it does no harm, however it grows.
 */
export function measureGrowth<Input>(
  make: (size: number) => Input,
  work: (input: Input) => unknown,
  most = 65_536,
): Growth | undefined {
  let size = 256;
  let small = cost(make(size), work, 1);
  while (small < least && size < most) {
    size *= 2;
    small = cost(make(size), work, 1);
  }
  if (small < least) return undefined;
  // The first runs of a function are slow, and so would be the smaller input only.
  small = cost(make(size), work, 3);
  return { size, ratio: cost(make(size * growthFactor), work, 2) / Math.max(small, 1) };
}

/** The shortest of some runs: others use the machine as well. */
function cost<Input>(input: Input, work: (input: Input) => unknown, runs: number): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const before = cpuMilliseconds();
    work(input);
    shortest = Math.min(shortest, cpuMilliseconds() - before);
  }
  return shortest;
}
