import type { Config } from '../config/config.ts';
import type { Random } from '../platform.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { createMemoryBudget } from './memory-budget.ts';
import type { RequestRates } from './request-rates.ts';
import { createRequestRates } from './request-rates.ts';

/** What bounds the requests of one node: sizes, memory that all of them share, and how often somebody may ask. */
export interface RequestBounds {
  readonly limits: Config['limits'];
  readonly bodyMemory: MemoryBudget;
  readonly rates: RequestRates;
}

export function createRequestBounds({ limits }: Config, random: Random): RequestBounds {
  // Otherwise a body within its own bound could never be taken.
  const memory = Math.max(limits.bodyMemory, limits.bodyBytes + limits.decompressedBytes);
  const [seed = 0] = new Uint32Array(random.bytes(4).slice().buffer);
  return {
    limits,
    bodyMemory: createMemoryBudget(memory),
    rates: createRequestRates(limits, seed),
  };
}
