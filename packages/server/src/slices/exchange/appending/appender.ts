import type { Outcome } from '../../../platform/http/refusal.ts';
import type { Platform } from '../../../platform/platform.ts';
import { storageTrouble } from '../../../platform/storage/storage-trouble.ts';
import type { Entry } from '../entry.ts';
import { AppendTransaction } from './append-transaction.ts';
import { appendedEntry } from './appended-entry.ts';
import type { AppendResult, Submission } from './submission.ts';

/** Appends to the logs of this node, many publishes in one transaction (group commit). */
export interface Appender {
  /** One result for each object, in their order. Resolves when the entries are durable (rule L4). */
  append(submission: Submission): Promise<Outcome<readonly AppendResult[]>>;
  /** Resolves when everything that was submitted has been answered. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly submission: Submission;
  readonly resolve: (outcome: Outcome<readonly AppendResult[]>) => void;
  readonly reject: (error: unknown) => void;
}

/** Objects in one transaction: large enough that the commit is shared, small enough that nobody waits long. */
const batchObjects = 5_000;

/** `appended` gets the entries of each log as soon as they are durable, in order; it must not throw. */
export function createAppender(
  platform: Platform,
  appended: (collectionId: string, entries: readonly Entry[]) => void,
): Appender {
  const { metrics } = platform;
  const waiting: Waiting[] = [];
  metrics.atScrape(() => metrics.appendWaiting.set(waiting.length));
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting.length > 0) await commit(takeBatch(waiting));
    running = undefined;
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    const begun = performance.now();
    try {
      const work = new AppendTransaction(platform);
      const outcomes = await platform.storage.write((transaction) =>
        work.run(
          transaction,
          batch.map((item) => item.submission),
        ),
      );
      metrics.appendSeconds.observe((performance.now() - begun) / 1_000);
      metrics.appendObjects.observe(
        batch.reduce((sum, { submission }) => sum + submission.objects.length, 0),
      );
      for (const [collectionId, entries] of work.appended) appended(collectionId, entries.map(appendedEntry));
      for (const [index, item] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) item.reject(new Error('A submission was left without an outcome'));
        else item.resolve(outcome);
      }
    } catch (cause) {
      // One submission that the database cannot take must not fail the others that share its transaction. Trouble of the
      // database itself is everybody's: to meet it once for each of them would keep them all waiting.
      if (batch.length > 1 && storageTrouble(cause) === undefined)
        for (const item of batch) await commit([item]);
      else for (const item of batch) item.reject(cause);
    }
  }

  return {
    append: (submission) =>
      new Promise((resolve, reject) => {
        waiting.push({ submission, resolve, reject });
        running ??= run();
      }),
    async idle() {
      await running;
    },
  };
}

function takeBatch(waiting: Waiting[]): readonly Waiting[] {
  let objects = 0;
  let count = 0;
  for (const { submission } of waiting) {
    objects += submission.objects.length;
    if (count > 0 && objects > batchObjects) break;
    count += 1;
  }
  return waiting.splice(0, count);
}
