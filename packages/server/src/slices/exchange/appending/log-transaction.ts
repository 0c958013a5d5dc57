import type { Transaction } from 'kysely';
import type { AuditActor } from '../../../platform/audit/audit.ts';
import type { Outcome } from '../../../platform/http/refusal.ts';
import { accept, refuse } from '../../../platform/http/refusal.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Micros } from '../../../platform/time.ts';
import type { Collection } from '../../collections/index.ts';
import { mayPublish } from '../../collections/index.ts';
import { auditActor } from '../../identity/index.ts';
import { clearFlags, entryRows, moveHead, textAt } from '../content/append-store.ts';
import { insertEntries } from '../content/insert-entries.ts';
import type { AppendDecision, Head, NewEntry } from '../deciding/decide.ts';
import { decideAppend } from '../deciding/decide.ts';
import { differences } from '../deciding/differences.ts';
import type { KnownEntry } from '../deciding/known-object.ts';
import { PublisherView } from '../deciding/publisher-view.ts';
import { orderVersions } from '../deciding/version-order.ts';
import type { ObjectFacts } from '../judging/object-facts.ts';
import type { AppendResult, RefusedObject, Submission } from './submission.ts';

/** Refusals that an audit entry names; the rest are counted. */
const auditedRefusals = 100;
/** Conflicts of one bundle that are told in detail: each is a look into the log, whose lock is held. */
const explainedConflicts = 100;
/** UTF-16 units of stored texts after which no more is told in detail: each has to be parsed. */
const explainedText = 8_388_608;
/** Decisions after which others get their turn, and entries after which they are written: a large bundle keeps nobody waiting for long. */
const decisionsAtOnce = 1_000;
const entriesAtOnce = 5_000;

interface LogParts {
  readonly platform: Platform;
  readonly transaction: Transaction<object>;
  readonly collectionId: string;
  readonly collection: Collection | undefined;
  readonly head: Head;
  /** Everything that the node holds of the objects, by id, in the order in which it came. */
  readonly known: Map<string, KnownEntry[]>;
  /** The other collections that hold some of them. */
  readonly others: readonly Collection[];
  readonly trusted: (kind: 'client' | 'delegate', organisationId: string) => ReadonlySet<string>;
}

interface KeptOut {
  readonly at: Micros;
  readonly submission: Submission;
  readonly collection: Collection;
  readonly keptOut: readonly RefusedObject[];
}

/** One log within one transaction: its lock is held, what it holds of the objects is known. */
export class LogTransaction {
  readonly appended: NewEntry[] = [];
  head: Head;
  readonly #parts: LogParts;
  /** What was appended and is not written yet, and the head before it. */
  #unwritten: NewEntry[] = [];
  #writtenHead: Head;

  constructor(parts: LogParts) {
    this.#parts = parts;
    this.head = parts.head;
    this.#writtenHead = parts.head;
  }

  async append(submission: Submission): Promise<Outcome<readonly AppendResult[]>> {
    const { collection, platform } = this.#parts;
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
    const { actor, publisher } = submission;
    const view = new PublisherView({
      collection,
      others: this.#parts.others,
      actor,
      entriesOf: (id) => this.#parts.known.get(id) ?? [],
    });
    const results: AppendResult[] = [];
    const keptOut: RefusedObject[] = [];
    const explained = { conflicts: 0, text: 0 };
    for (const [index, facts] of submission.objects.entries()) {
      if (index > 0 && index % decisionsAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
      if (this.#unwritten.length >= entriesAtOnce) await this.write();
      const question = { facts, publisher, collection, clients, head: this.head, now: at };
      const told = decideAppend({ ...question, known: view.known(facts.id) });
      if (told.kind === 'refused') {
        results.push(await this.#explain(told, facts, explained));
        continue;
      }
      const kept = view.knowsCollection ? told : decideAppend({ ...question, known: view.whole(facts.id) });
      if (kept.kind === 'append') this.#keep(kept.entry, view);
      if (kept.kind === 'refused') keptOut.push({ id: facts.id, code: kept.code, rule: kept.rule });
      results.push(view.knowsCollection ? told : { kind: 'received' });
    }
    await this.#audit({ at, submission, action: 'publish', detail: summary(submission, results) });
    if (keptOut.length > 0) await this.#auditKeptOut({ at, submission, collection, keptOut });
    return accept(results);
  }

  /** Writes what was appended and moves the head. */
  async write(): Promise<void> {
    if (this.#unwritten.length === 0) return;
    const { platform, transaction, collectionId } = this.#parts;
    const { placed, superseded } = orderVersions(this.#unwritten, (id) => this.#standingBefore(id));
    this.#unwritten = [];
    this.#writtenHead = this.head;
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

  #keep(entry: NewEntry, view: PublisherView): void {
    this.head = { position: entry.position, added: entry.added };
    this.appended.push(entry);
    this.#unwritten.push(entry);
    const { id } = entry.facts;
    const kept: KnownEntry = {
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
      withdrawnBy: undefined,
    };
    // The view first: what it has not looked at yet it reads from the list.
    view.add(id, kept);
    const known = this.#parts.known.get(id);
    if (known === undefined) this.#parts.known.set(id, [kept]);
    else known.push(kept);
  }

  /** The entries of an object that stand here and are written. */
  #standingBefore(objectId: string): readonly KnownEntry[] {
    const { collectionId, known } = this.#parts;
    const { position } = this.#writtenHead;
    return (known.get(objectId) ?? []).filter(
      (entry) =>
        entry.collectionId === collectionId && entry.withdrawnBy === undefined && entry.position <= position,
    );
  }

  async #explain(
    decision: AppendDecision,
    facts: ObjectFacts,
    explained: { conflicts: number; text: number },
  ): Promise<AppendResult> {
    if (decision.kind !== 'refused' || decision.code !== 'conflict' || decision.against === undefined)
      return decision;
    if (explained.conflicts >= explainedConflicts || explained.text >= explainedText) return decision;
    const { transaction } = this.#parts;
    explained.conflicts += 1;
    const earlier = this.appended.find((entry) => entry.position === decision.against);
    const text =
      earlier?.facts.text ?? (await textAt(transaction, this.#parts.collectionId, decision.against));
    explained.text += text?.length ?? 0;
    return { ...decision, differs: text === undefined ? [] : differences(text, facts.text) };
  }

  /** What the collection did not take though its publisher, who may not know what stands there, heard nothing of it. */
  async #auditKeptOut({ at, submission, collection, keptOut }: KeptOut): Promise<void> {
    const { platform, transaction, collectionId } = this.#parts;
    const { anonymous, submitterId } = submission.publisher;
    await platform.audit.record(transaction, {
      at,
      actor: { organisationId: collection.ownerId, personId: undefined, tokenId: undefined },
      action: 'publish.keep-out',
      target: collectionId,
      detail: {
        ...(anonymous ? {} : { publisher: submitterId }),
        refused: keptOut.length,
        refusals: keptOut.slice(0, auditedRefusals),
      },
    });
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

/** Rule G6: what the publisher was told of refusals, and why. */
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
    accepted: count('append') + count('received'),
    unchanged: count('unchanged'),
    refused: refused.length,
    ...(anonymous ? { anonymous } : {}),
    ...(actingId === submitterId ? {} : { onBehalfOf: actingId }),
    ...(refused.length > 0 ? { refusals: refused.slice(0, auditedRefusals) } : {}),
  };
}
