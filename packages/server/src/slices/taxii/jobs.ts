import type { Platform } from '../../platform/platform.ts';
import { deleteStatuses } from './store.ts';

/** How long a status can be asked for after its request was carried out, microseconds (TAXII 2.1 §4.3). */
const keptFor = 24 * 3_600_000_000;
const everyMilliseconds = 600_000;

/** Removes the statuses that are older than a day. */
export async function removeOldStatuses({
  storage,
  clock,
}: Pick<Platform, 'storage' | 'clock'>): Promise<void> {
  await storage.write((transaction) => deleteStatuses(transaction, clock.now() - keptFor));
}

/** Removes old statuses now and every ten minutes, until it is disposed of. */
export function startStatusRemoval(platform: Platform): AsyncDisposable {
  let running: Promise<void> | undefined;
  const run = () => {
    running ??= removeOldStatuses(platform)
      .catch((error: unknown) => platform.log.error('job.failed', { job: 'taxii.statuses', error }))
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(run, everyMilliseconds);
  timer.unref();
  run();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}
