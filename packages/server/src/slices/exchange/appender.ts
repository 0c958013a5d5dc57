import type { Transaction } from 'kysely';
import type { AuditActor } from '../../platform/audit/audit.ts';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Micros } from '../../platform/time.ts';
import type { Collection } from '../collections/index.ts';
import { loadCollection, mayPublish } from '../collections/index.ts';
import type { Actor } from '../identity/index.ts';
import { auditActor, listTrust } from '../identity/index.ts';
import { clearFlags, entryRows, knownEntries, lockHead, moveHead, textAt } from './content/append-store.ts';
import { insertEntries } from './content/insert-entries.ts';
import type { AppendDecision, Head, KnownEntry, NewEntry, Publisher } from './decide.ts';
import { decideAppend } from './decide.ts';
import { differences } from './differences.ts';
import type { ObjectFacts } from './object-facts.ts';
import { orderVersions } from './version-order.ts';

/** Objects of one publish that passed validation, on their way to the end of a log. */
export interface Submission {
  readonly actor: Actor;
  readonly publisher: Publisher;
  readonly collectionId: string;
  readonly objects: readonly ObjectFacts[];
  /** Refusals from before the gate, for the audit entry. */
  readonly refusedBefore: readonly RefusedObject[];
}

export interface RefusedObject {
  readonly id: string | undefined;
  readonly code: string;
  readonly rule: string | undefined;
}

/** What became of an object, and for a conflict where the contents differ (JSON paths). */
export type AppendResult = AppendDecision & { readonly differs?: readonly string[] };

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
const auditedRefusals = 100;

export function createAppender(
  platform: Platform,
  appended: (collectionId: string, head: Head) => void,
): Appender {
  const waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting.length > 0) await commit(takeBatch(waiting));
    running = undefined;
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const work = new AppendTransaction(platform);
      const outcomes = await platform.storage.write((transaction) =>
        work.run(
          transaction,
          batch.map((item) => item.submission),
        ),
      );
      for (const [collectionId, head] of work.heads) appended(collectionId, head);
      for (const [index, item] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) item.reject(new Error('A submission was left without an outcome'));
        else item.resolve(outcome);
      }
    } catch (cause) {
      // One submission that the database cannot take must not fail the others that share its transaction.
      if (batch.length > 1) for (const item of batch) await commit([item]);
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

class AppendTransaction {
  readonly heads = new Map<string, Head>();
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async run(
    transaction: Transaction<object>,
    submissions: readonly Submission[],
  ): Promise<readonly Outcome<readonly AppendResult[]>[]> {
    const outcomes = new Map<Submission, Outcome<readonly AppendResult[]>>();
    // Locks are taken in one order everywhere, so that two nodes never wait for each other.
    const groups = [...Map.groupBy(submissions, (submission) => submission.collectionId)].sort(
      ([one], [other]) => (one < other ? -1 : 1),
    );
    for (const [collectionId, group] of groups) {
      const log = await this.#openLog(transaction, collectionId, group);
      for (const submission of group) outcomes.set(submission, await log.append(submission));
      await log.write();
      if (log.appended.length > 0) this.heads.set(collectionId, log.head);
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
    const trust = await listTrust(transaction);
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
      trusted,
    });
  }
}

interface LogParts {
  readonly platform: Platform;
  readonly transaction: Transaction<object>;
  readonly collectionId: string;
  readonly collection: Collection | undefined;
  readonly head: Head;
  readonly known: Map<string, KnownEntry[]>;
  readonly trusted: (kind: 'client' | 'delegate', organisationId: string) => ReadonlySet<string>;
}

/** One log within one transaction: its lock is held, what it holds of the objects is known. */
class LogTransaction {
  readonly appended: NewEntry[] = [];
  head: Head;
  readonly #parts: LogParts;
  readonly #before: ReadonlyMap<string, readonly KnownEntry[]>;

  constructor(parts: LogParts) {
    this.#parts = parts;
    this.head = parts.head;
    this.#before = new Map([...parts.known].map(([id, entries]) => [id, this.#standing(entries)]));
  }

  async append(submission: Submission): Promise<Outcome<readonly AppendResult[]>> {
    const { collection, platform, transaction } = this.#parts;
    const at = platform.clock.now();
    if (collection === undefined) return refuse('not-found', 'There is no such collection.');
    const refusal = this.#refuseSubmission(collection, submission);
    if (refusal !== undefined) {
      await this.#audit({
        at,
        submission,
        action: 'publish.refuse',
        detail: { message: refusal.refusal.message, rule: refusal.refusal.rule },
      });
      return refusal;
    }
    const clients = this.#parts.trusted('client', submission.publisher.actingId);
    const results: AppendResult[] = [];
    for (const facts of submission.objects) {
      const known = this.#parts.known.get(facts.id) ?? [];
      const decision = decideAppend({
        facts,
        publisher: submission.publisher,
        collection,
        clients,
        known,
        head: this.head,
        now: at,
      });
      if (decision.kind === 'append') this.#keep(decision.entry);
      results.push(await this.#explain(transaction, decision, facts));
    }
    await this.#audit({ at, submission, action: 'publish', detail: summary(submission, results) });
    return accept(results);
  }

  /** Writes what was appended and moves the head. */
  async write(): Promise<void> {
    if (this.appended.length === 0) return;
    const { platform, transaction, collectionId } = this.#parts;
    const { placed, superseded } = orderVersions(this.appended, (id) => this.#before.get(id) ?? []);
    await insertEntries(platform.storage, transaction, entryRows(collectionId, placed));
    await clearFlags(transaction, collectionId, superseded);
    await moveHead(transaction, collectionId, this.head);
  }

  #refuseSubmission(collection: Collection, { actor, publisher }: Submission) {
    if (!mayPublish(collection, actor))
      return refuse('forbidden', 'Your token may not publish to this collection.');
    if (publisher.anonymous && !collection.allowsAnonymous) {
      return refuse('forbidden', 'This collection does not take anonymous objects.', { rule: 'G7' });
    }
    if (publisher.actingId === publisher.submitterId) return undefined;
    if (!collection.allowsOnBehalf) {
      return refuse('forbidden', 'This collection does not take objects on behalf of another organisation.', {
        rule: 'G7',
      });
    }
    if (!this.#parts.trusted('delegate', publisher.actingId).has(publisher.submitterId)) {
      return refuse(
        'forbidden',
        'That organisation has not named yours as one that publishes on its behalf.',
        { rule: 'G7' },
      );
    }
    return undefined;
  }

  #keep(entry: NewEntry): void {
    this.head = { position: entry.position, added: entry.added };
    this.appended.push(entry);
    const known: KnownEntry = {
      collectionId: this.#parts.collectionId,
      position: entry.position,
      version: entry.version,
      submitterId: entry.publisher.submitterId,
      ownerId: entry.ownerId,
      marking: entry.facts.marking,
      digest: entry.facts.digest,
      withdrawn: false,
    };
    const list = this.#parts.known.get(entry.facts.id);
    if (list === undefined) this.#parts.known.set(entry.facts.id, [known]);
    else list.push(known);
  }

  #standing(entries: readonly KnownEntry[]): readonly KnownEntry[] {
    return entries.filter((entry) => entry.collectionId === this.#parts.collectionId && !entry.withdrawn);
  }

  async #explain(
    transaction: Transaction<object>,
    decision: AppendDecision,
    facts: ObjectFacts,
  ): Promise<AppendResult> {
    if (decision.kind !== 'refused' || decision.code !== 'conflict' || decision.against === undefined)
      return decision;
    const earlier = this.appended.find((entry) => entry.position === decision.against);
    const text =
      earlier?.facts.text ?? (await textAt(transaction, this.#parts.collectionId, decision.against));
    return { ...decision, differs: text === undefined ? [] : differences(text, facts.text) };
  }

  async #audit(entry: {
    at: Micros;
    submission: Submission;
    action: string;
    detail: Readonly<Record<string, unknown>>;
  }): Promise<void> {
    const actor: AuditActor = auditActor(entry.submission.actor);
    const { platform, transaction, collectionId } = this.#parts;
    await platform.audit.record(transaction, {
      at: entry.at,
      actor,
      action: entry.action,
      target: collectionId,
      detail: entry.detail,
    });
  }
}

/** Rule G6: what was refused, and why. */
function summary(
  submission: Submission,
  results: readonly AppendResult[],
): Readonly<Record<string, unknown>> {
  const count = (kind: AppendResult['kind']) => results.filter((result) => result.kind === kind).length;
  const refused: RefusedObject[] = [...submission.refusedBefore];
  for (const [index, result] of results.entries()) {
    if (result.kind !== 'refused') continue;
    refused.push({ id: submission.objects[index]?.id, code: result.code, rule: result.rule });
  }
  const { actingId, submitterId, anonymous } = submission.publisher;
  return {
    accepted: count('append'),
    unchanged: count('unchanged'),
    refused: refused.length,
    ...(anonymous ? { anonymous } : {}),
    ...(actingId === submitterId ? {} : { onBehalfOf: actingId }),
    ...(refused.length > 0 ? { refusals: refused.slice(0, auditedRefusals) } : {}),
  };
}
