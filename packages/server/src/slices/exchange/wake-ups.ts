import type { Bus } from '../../platform/bus/bus.ts';

/** Tells readers that a log may have grown. A wake-up may be lost: whoever waits also looks on a timer. */
export interface WakeUps {
  announce(collectionId: string): void;
  /** Calls `listener` until the returned function is called. */
  onGrowth(collectionId: string, listener: () => void): () => void;
}

export function createWakeUps(bus: Bus): WakeUps {
  return {
    announce: (collectionId) => bus.publish(`log.${collectionId}`, ''),
    onGrowth: (collectionId, listener) => bus.subscribe(`log.${collectionId}`, () => listener()),
  };
}
