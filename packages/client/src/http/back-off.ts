/** How long to wait before the next attempt. */
export interface BackOff {
  /** How many attempts have failed, from 1. */
  readonly failures: number;
  /** From 0 to 1, as `Math.random` gives. */
  readonly random: () => number;
  /** Milliseconds that the first wait may take. */
  readonly base: number;
  /** Milliseconds that no wait goes beyond, unless the server asks for it. */
  readonly most: number;
  /** Milliseconds that the server asked for. */
  readonly asked?: number | undefined;
}

/** A server cannot put a client to sleep for longer than this; milliseconds. */
const longestAsked = 300_000;

/**
 * Exponential back-off with full jitter: anywhere from nothing to `base · 2^(failures − 1)`. Clients that lost the same server do not come
 * back at the same moment. What the server asked for is waited for in any case, and the jitter comes on top.
 */
export function backOff({ failures, random, base, most, asked = 0 }: BackOff): number {
  const ceiling = Math.min(most, base * 2 ** Math.min(failures - 1, 30));
  return Math.min(asked, longestAsked) + Math.round(random() * ceiling);
}
