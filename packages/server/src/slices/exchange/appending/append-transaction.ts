import type { Transaction } from 'kysely';
import type { Outcome } from '../../../platform/http/refusal.ts';
import { refuse } from '../../../platform/http/refusal.ts';
import type { Platform } from '../../../platform/platform.ts';
import { loadCollection, loadCollectionsOf } from '../../collections/index.ts';
import { listStandingTrust } from '../../identity/index.ts';
import { knownEntries, lockHead } from '../content/append-store.ts';
import type { NewEntry } from '../deciding/decide.ts';
import { LogTransaction } from './log-transaction.ts';
import type { AppendResult, Submission } from './submission.ts';

/** Several publishes in one transaction, log by log. */
export class AppendTransaction {
  /** What each log has grown by. */
  readonly appended = new Map<string, readonly NewEntry[]>();
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async run(
    transaction: Transaction<object>,
    submissions: readonly Submission[],
  ): Promise<readonly Outcome<readonly AppendResult[]>[]> {
    // A transaction that was in another's way runs again: nothing of its first run was kept.
    this.appended.clear();
    const outcomes = new Map<Submission, Outcome<readonly AppendResult[]>>();
    // Locks are taken in one order everywhere, so that two nodes never wait for each other.
    const groups = [...Map.groupBy(submissions, (submission) => submission.collectionId)].sort(
      ([one], [other]) => (one < other ? -1 : 1),
    );
    for (const [collectionId, group] of groups) {
      const log = await this.#openLog(transaction, collectionId, group);
      for (const submission of group) outcomes.set(submission, await log.append(submission));
      await log.write();
      if (log.appended.length > 0) this.appended.set(collectionId, log.appended);
    }
    return submissions.map(
      (submission) => outcomes.get(submission) ?? refuse('unavailable', 'The publish was not carried out.'),
    );
  }

  async #openLog(
    transaction: Transaction<object>,
    collectionId: string,
    group: readonly Submission[],
  ): Promise<LogTransaction> {
    const head = await lockHead(transaction, collectionId);
    // Read behind the lock: an audience that is being changed is changed before or after this, never meanwhile (rule G5).
    const collection = await loadCollection(transaction, collectionId);
    const ids = new Set(group.flatMap((submission) => submission.objects.map((object) => object.id)));
    const known = await knownEntries(transaction, [...ids]);
    const elsewhere = new Set([...known.values()].flat().map((entry) => entry.collectionId));
    elsewhere.delete(collectionId);
    const others = await loadCollectionsOf(transaction, [...elsewhere]);
    // What a suspended organisation has allowed to others rests with it (rule G7).
    const trust = await listStandingTrust(transaction);
    const trusted = (kind: 'client' | 'delegate', id: string) =>
      new Set(
        trust.filter((row) => row.kind === kind && row.organisation_id === id).map((row) => row.trusted_id),
      );
    return new LogTransaction({
      platform: this.#platform,
      transaction,
      collectionId,
      collection,
      head,
      known: new Map([...known].map(([id, entries]) => [id, [...entries]])),
      others,
      trusted,
    });
  }
}
