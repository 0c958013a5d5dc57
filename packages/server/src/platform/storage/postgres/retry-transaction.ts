import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StorageTroubleError } from '../storage-trouble.ts';

/** Attempts of one transaction, and the milliseconds before the second one; each further wait is twice as long. */
const attempts = 4;
const firstWait = 10;

/**
 * Runs a transaction again that PostgreSQL ended because another one was in its way: a deadlock, or a conflict of serializable
 * transactions. Nothing of it was kept, and it was no fault of either.
 */
export async function retryTransaction<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === attempts || !wasInTheWay(error)) throw error;
      // Whoever was in the way has to get through first.
      await sleep(firstWait * 2 ** (tries - 1));
    }
  }
}

/** serialization_failure, deadlock_detected */
const inTheWay: readonly (string | undefined)[] = ['40001', '40P01'];

function wasInTheWay(error: unknown): boolean {
  const cause = error instanceof StorageTroubleError ? error.cause : error;
  return cause instanceof pg.DatabaseError && inTheWay.includes(cause.code);
}
