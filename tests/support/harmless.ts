import assert from 'node:assert/strict';
import { cpuMilliseconds } from '../../packages/stix/src/testing/cpu-milliseconds.ts';

const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const before = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);

/** Does some work, and checks that it took no more processor time than it may and left nothing behind in the prototypes that all share. */
export function harmless<Result>(work: () => Result, milliseconds = 1_000): Result {
  const started = cpuMilliseconds();
  const result = work();
  checkTraces(started, milliseconds);
  return result;
}

/** The same for work that others wait for. */
export async function harmlessly<Result>(work: () => Promise<Result>, milliseconds = 1_000): Promise<Result> {
  const started = cpuMilliseconds();
  const result = await work();
  checkTraces(started, milliseconds);
  return result;
}

function checkTraces(started: number, milliseconds: number): void {
  const took = cpuMilliseconds() - started;
  assert.ok(took < milliseconds, `${took} ms of processor time`);
  const after = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);
  assert.deepEqual(after, before, 'a prototype that all objects share has been changed');
}
