import type { Bus } from '../../platform/bus/bus.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import type { Entry } from './entry.ts';

/** What is heard of a log that has grown. */
export interface Growth {
  /** Entries that this node has appended, in order: whoever stands right before them need not read them. None from elsewhere. */
  readonly entries: readonly Entry[];
  /** The log ends here or later; undefined: nobody knows, look. */
  readonly end: number | undefined;
}

/** Tells readers that a log may have grown. A wake-up may be lost, late or doubled: whoever waits also looks on a timer. */
export interface WakeUps {
  /** Hands durable entries to the readers of this node, and wakes those of the others. Does not throw. */
  announce(collectionId: string, entries: readonly Entry[]): void;
  /** Calls `listener` until the returned function is called. */
  onGrowth(collectionId: string, listener: (growth: Growth) => void): () => void;
}

export function createWakeUps({ bus, log }: { readonly bus: Bus; readonly log: Log }): WakeUps {
  const listeners = new Map<string, Set<(growth: Growth) => void>>();
  return {
    announce(collectionId, entries) {
      const end = entries.at(-1)?.position;
      for (const listener of listeners.get(collectionId) ?? []) {
        try {
          listener({ entries, end });
        } catch (error) {
          // What was published is durable, whatever becomes of its readers.
          log.error('job.failed', { job: 'hand-over', error });
        }
      }
      bus.publish(`log.${collectionId}`, String(end ?? ''));
    },

    onGrowth(collectionId, listener) {
      // An object of its own for each call: the same function may listen twice.
      const own = (growth: Growth) => listener(growth);
      const others = listeners.get(collectionId) ?? new Set();
      listeners.set(collectionId, others.add(own));
      const leave = bus.subscribe(`log.${collectionId}`, (payload) =>
        own({ entries: [], end: readEnd(payload) }),
      );
      return () => {
        leave();
        others.delete(own);
        if (others.size === 0 && listeners.get(collectionId) === others) listeners.delete(collectionId);
      };
    },
  };
}

function readEnd(payload: string): number | undefined {
  return /^\d{1,15}$/.test(payload) ? Number(payload) : undefined;
}
