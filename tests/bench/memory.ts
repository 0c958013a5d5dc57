import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { reportComparison } from './bench.ts';
import type { RunningProcess } from './child-process.ts';

const megabyte = 1_000_000;

/** Milliseconds between two looks at a process that works. */
const interval = 50;

/** The memory that the node holds now, beside a bare server's. */
export async function reportMemory(
  bench: Pick<Bench, 'node' | 'bareServer' | 'report'>,
  name: string,
): Promise<void> {
  reportBytes(bench, name, [await bench.node.memory(), await bench.bareServer.memory()]);
}

/** Does something, and reports the most memory that the node held meanwhile. */
export async function peakMemory<Value>(
  bench: Pick<Bench, 'node' | 'bareServer' | 'report'>,
  name: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const stop = new AbortController();
  const watching = watch(bench.node, stop.signal);
  try {
    return await work();
  } finally {
    stop.abort();
    reportBytes(bench, name, [await watching, await bench.bareServer.memory()]);
  }
}

async function watch(process: RunningProcess, stop: AbortSignal): Promise<number> {
  let most = 0;
  while (!stop.aborted) {
    most = Math.max(most, await process.memory());
    await sleep(interval);
  }
  return most;
}

function reportBytes(
  bench: Pick<Bench, 'report'>,
  name: string,
  [own, other]: readonly [number, number],
): void {
  const line = { name, unit: 'MB', yardstick: 'bare node:http' };
  const value = own / megabyte;
  const yardstick = other / megabyte;
  reportComparison(bench, line, { value, yardstick, ratio: value / yardstick, samples: [value] });
}
