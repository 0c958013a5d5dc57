import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import { micros } from '../../platform/time.ts';
import type { Collection } from '../collections/index.ts';
import { loadCollection, mayKnow, mayLimit, mayPublish } from '../collections/index.ts';
import type { Actor } from '../identity/index.ts';
import { auditActor } from '../identity/index.ts';
import { lockHead, moveHead } from './content/append-store.ts';
import type { StandingVersion } from './content/withdraw-store.ts';
import { markFirstAndLast, standingVersions, writeWithdrawals } from './content/withdraw-store.ts';
import type { Entry, Position } from './entry.ts';
import { position } from './entry.ts';

/** What is to be withdrawn from a collection, and by whom. */
export interface WithdrawCommand {
  readonly actor: Actor;
  readonly collectionId: string;
  readonly objectId: string;
  /** Chooses among the versions that stand, which come oldest first. */
  readonly choose: (versions: readonly StandingVersion[]) => readonly StandingVersion[];
}

export interface Withdrawn {
  readonly version: string;
  /** Undefined for whoever may not know how long the log is. */
  readonly position: Position | undefined;
}

/**
 * Takes versions of an object away (rule L6): the organisation that published it may, its owner, and whoever manages the
 * collection. Everything that was chosen goes, or nothing.
 */
export async function withdraw(
  platform: Platform,
  command: WithdrawCommand,
  appended: (collectionId: string, entries: readonly Entry[]) => void,
): Promise<Outcome<readonly Withdrawn[]>> {
  const { storage, clock, audit } = platform;
  const { actor, collectionId, objectId } = command;
  let entries: readonly Entry[] = [];
  const outcome = await storage.write(async (transaction): Promise<Outcome<readonly Withdrawn[]>> => {
    // It may run again (a deadlock), and nothing of its first run was kept.
    entries = [];
    const before = await lockHead(transaction, collectionId);
    const collection = await loadCollection(transaction, collectionId);
    if (collection === undefined) return refuse('not-found', 'There is no such collection.');
    const standing = await standingVersions(transaction, collectionId, objectId);
    // Whoever may not know what stands here finds what their own organisation has sent (rule G8).
    const knows = mayKnow(collection, actor) || mayLimit(collection, actor);
    const found = knows
      ? standing
      : standing.filter((version) => version.submitterId === actor.organisationId);
    const chosen = command.choose(found);
    if (chosen.length === 0)
      return refuse(
        'not-found',
        found.length === 0
          ? 'The collection holds no such object.'
          : 'The collection holds no such version of this object.',
      );
    if (!chosen.every((version) => mayWithdraw(collection, actor, version))) {
      return refuse(
        'forbidden',
        'Only the organisation that published it, its owner, and whoever manages the collection can withdraw an object.',
        { rule: 'L6' },
      );
    }
    const at = micros(Math.max(clock.now(), before.added + 1));
    const withdrawals = chosen.map((version, index) => ({
      version,
      position: position(before.position + 1 + index),
      added: micros(at + index),
      submitterId: actor.organisationId,
    }));
    await writeWithdrawals({ storage, transaction, collectionId }, objectId, withdrawals);
    const left = standing.filter((version) => !chosen.includes(version));
    const first = left[0];
    const last = left.at(-1);
    if (first !== undefined && last !== undefined) {
      await markFirstAndLast(transaction, collectionId, { first: first.position, last: last.position });
    }
    await moveHead(transaction, collectionId, {
      position: position(before.position + chosen.length),
      added: micros(at + chosen.length - 1),
    });
    entries = withdrawals.map(({ version: { version, publisherId }, position: place, added }) => ({
      kind: 'withdrawal',
      position: place,
      added,
      objectId,
      version,
      publisher: publisherId ?? undefined,
    }));
    await audit.record(transaction, {
      at,
      actor: auditActor(actor),
      action: 'withdraw',
      target: collectionId,
      concerns: collection.ownerId === actor.organisationId ? undefined : collection.ownerId,
      detail: { object: objectId, versions: chosen.length },
    });
    return accept(
      withdrawals.map((withdrawal) => ({
        version: withdrawal.version.version,
        position: knows ? withdrawal.position : undefined,
      })),
    );
  });
  if (entries.length > 0) appended(collectionId, entries);
  return outcome;
}

function mayWithdraw(collection: Collection, actor: Actor, version: StandingVersion): boolean {
  if (mayLimit(collection, actor)) return true;
  if (!mayPublish(collection, actor)) return false;
  return version.submitterId === actor.organisationId || version.ownerId === actor.organisationId;
}
