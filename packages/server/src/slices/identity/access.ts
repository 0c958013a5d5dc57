import type { Transaction } from 'kysely';
import type { Bus } from '../../platform/bus/bus.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import { raiseAccessEpoch, readAccessEpoch } from './store.ts';

const topic = 'access';
const pollMilliseconds = 400;

/**
 * Tells every part of every node that rights may have changed: tokens, membership, audiences (rule R3).
 *
 * One counter in the database is raised in the transaction that changes a right. Nodes hear of it by a wake-up, and
 * look on a timer besides, so that a lost wake-up costs less than half a second.
 */
export interface Access extends AsyncDisposable {
  /** Raises the counter with the change itself; call `announce` after the commit. */
  raise(transaction: Transaction<object>): Promise<void>;
  /** Wakes the other nodes; resolves when this one has forgotten what it knew of rights. */
  announce(): Promise<void>;
  /** What is kept in memory about rights is good for this number only. */
  epoch(): number;
  /** Calls `listener` after each change, until the returned function is called. */
  onChange(listener: () => void): () => void;
}

export async function openAccess(storage: Storage, bus: Bus): Promise<Access> {
  const listeners = new Set<() => void>();
  let epoch = await readAccessEpoch(storage.readRights);
  let looking: Promise<void> | undefined;
  let again = false;
  let closed = false;

  async function look(): Promise<void> {
    do {
      again = false;
      const value = await readAccessEpoch(storage.readRights);
      if (value === epoch) continue;
      epoch = value;
      for (const listener of [...listeners]) listener();
    } while (again && !closed);
  }

  function wake(): Promise<void> {
    again = true;
    // A database that is out of reach is told of by every request; this one tries again on the timer.
    looking ??= look()
      .catch(() => {})
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  const stopListening = bus.subscribe(topic, () => void wake());
  const timer = setInterval(() => void wake(), pollMilliseconds);
  timer.unref();

  return {
    raise: raiseAccessEpoch,
    announce() {
      bus.publish(topic, '');
      return wake();
    },
    epoch: () => epoch,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      clearInterval(timer);
      stopListening();
      await looking;
    },
  };
}
