import type { Transaction } from 'kysely';
import type { AuditActor } from '../../platform/audit/audit.ts';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Micros } from '../../platform/time.ts';
import type { Collection } from '../collections/index.ts';
import { mayPublish, mayRead } from '../collections/index.ts';
import { auditActor } from '../identity/index.ts';
import { clearFlags, entryRows, moveHead, textAt } from './content/append-store.ts';
import { insertEntries } from './content/insert-entries.ts';
import type { AppendDecision, Head, NewEntry } from './decide.ts';
import { decideAppend } from './decide.ts';
import { differences } from './differences.ts';
import { KnownObject } from './known-object.ts';
import type { ObjectFacts } from './object-facts.ts';
import type { AppendResult, RefusedObject, Submission } from './submission.ts';
import { orderVersions } from './version-order.ts';

/** Refusals that an audit entry names; the rest are counted. */
const auditedRefusals = 100;
/** Conflicts of one bundle that are told in detail: each is a look into the log, whose lock is held. */
const explainedConflicts = 100;
const decisionsAtOnce = 1_000;

interface LogParts {
  readonly platform: Platform;
  readonly transaction: Transaction<object>;
  readonly collectionId: string;
  readonly collection: Collection | undefined;
  readonly head: Head;
  readonly known: Map<string, KnownObject>;
  readonly trusted: (kind: 'client' | 'delegate', organisationId: string) => ReadonlySet<string>;
}

/** One log within one transaction: its lock is held, what it holds of the objects is known. */
export class LogTransaction {
  readonly appended: NewEntry[] = [];
  head: Head;
  readonly #parts: LogParts;

  constructor(parts: LogParts) {
    this.#parts = parts;
    this.head = parts.head;
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
    // Whoever may only write here learns nothing of what others have written.
    const mayKnow = mayRead(collection, submission.actor);
    let conflicts = 0;
    for (const [index, facts] of submission.objects.entries()) {
      // Others get their turn while a large bundle is decided.
      if (index > 0 && index % decisionsAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
      const decision = decideAppend({
        facts,
        publisher: submission.publisher,
        collection,
        clients,
        known: this.#known(facts.id),
        head: this.head,
        now: at,
      });
      if (decision.kind === 'append') this.#keep(decision.entry);
      const isConflict = decision.kind === 'refused' && decision.code === 'conflict';
      if (isConflict) conflicts += 1;
      const explained = isConflict && mayKnow && conflicts <= explainedConflicts;
      results.push(explained ? await this.#explain(transaction, decision, facts) : decision);
    }
    await this.#audit({ at, submission, action: 'publish', detail: summary(submission, results) });
    return accept(results);
  }

  /** Writes what was appended and moves the head. */
  async write(): Promise<void> {
    if (this.appended.length === 0) return;
    const { platform, transaction, collectionId } = this.#parts;
    const { placed, superseded } = orderVersions(this.appended, (id) => this.#known(id).before);
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
    this.#known(entry.facts.id).add({
      collectionId: this.#parts.collectionId,
      position: entry.position,
      added: entry.added,
      version: entry.version,
      submitterId: entry.publisher.submitterId,
      publisherId: entry.publisher.anonymous ? undefined : entry.publisher.actingId,
      ownerId: entry.ownerId,
      marking: entry.marking,
      effective: entry.effective,
      digest: entry.facts.digest,
      withdrawn: false,
    });
  }

  #known(objectId: string): KnownObject {
    const known = this.#parts.known.get(objectId) ?? new KnownObject(this.#parts.collectionId);
    this.#parts.known.set(objectId, known);
    return known;
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
    const { actingId, submitterId } = entry.submission.publisher;
    await platform.audit.record(transaction, {
      at: entry.at,
      actor,
      action: entry.action,
      target: collectionId,
      concerns: actingId === submitterId ? undefined : actingId,
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
