import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './lane.ts';
import { Lane } from './lane.ts';

/** Milliseconds between two requests. */
const interval = 10;

/**
 * How long small requests wait that come at fixed times, in milliseconds. A request that is due while the one before it is still
 * waited for counts from when it was due: whoever measures only what they could send sees one slow answer in a stall of a second, and not
 * the hundred clients that stood still.
 */
export async function waitingTimes(
  { url, token }: Target,
  path: string,
  until: AbortSignal,
): Promise<readonly number[]> {
  using lane = new Lane(url, token);
  await lane.get(path);
  const times: number[] = [];
  const started = performance.now();
  for (let request = 0; !until.aborted; request += 1) {
    const due = started + request * interval;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    await lane.get(path);
    times.push(performance.now() - due);
  }
  return times;
}
