import type { RunningProcess } from './child-process.ts';
import type { Speed } from './result.ts';

/** Work that was done in a time. */
export interface Done {
  readonly units: number;
  readonly seconds: number;
}

/** Adds up what work costs a process; unlike its speed, that hardly depends on who else uses the machine. */
export interface Meter {
  /** The speed of a piece of work, in units a second. */
  readonly speedOf: (work: () => Promise<Done>) => Speed;
  /** Microseconds of a processor for each unit so far. */
  readonly perUnit: () => number;
}

export function createMeter(process: RunningProcess): Meter {
  let used = 0;
  let total = 0;
  return {
    speedOf: (work) => async () => {
      const before = await process.processor();
      const { units, seconds } = await work();
      used += (await process.processor()) - before;
      total += units;
      return units / seconds;
    },
    perUnit: () => used / total,
  };
}

/** Does something that takes time, and tells how long it took. */
export async function timed(units: number, work: () => Promise<unknown>): Promise<Done> {
  const started = performance.now();
  await work();
  return { units, seconds: (performance.now() - started) / 1_000 };
}
