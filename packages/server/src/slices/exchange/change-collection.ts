import type { Transaction } from 'kysely';
import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Collection, CollectionChange, Collections } from '../collections/index.ts';
import {
  isWithin,
  loadCollection,
  mayLimit,
  mayManage,
  namesAreGiven,
  onlyLimits,
} from '../collections/index.ts';
import type { Actor, Identity } from '../identity/index.ts';
import { auditActor, listTrust, operates } from '../identity/index.ts';
import { lockHead } from './content/append-store.ts';
import { contentGroups } from './content/audience-store.ts';
import type { GateVerdict } from './deciding/gate.ts';
import { gate } from './deciding/gate.ts';

/** What a change of audience does (rule G5). */
export interface AudienceChange {
  readonly collection: Collection;
  /** Entries that the new readers would see. */
  readonly entries: number;
  /** Who can read that could not before: an audience, or named organisations and people. */
  readonly newReaders: {
    readonly audience: Collection['audience'] | undefined;
    readonly organisations: readonly string[];
    readonly people: readonly string[];
  };
  /** What the change does not do, for whoever might expect it. */
  readonly notes: readonly string[];
}

/**
 * Changes a collection. Where more can read it afterwards, every marking that it holds has to allow that, or nothing
 * changes. With `preview` nothing changes either way, and the answer says who would read what.
 */
export async function changeCollection(
  { platform, collections, identity }: { platform: Platform; collections: Collections; identity: Identity },
  { actor, collectionId, change }: { actor: Actor; collectionId: string; change: CollectionChange },
): Promise<Outcome<AudienceChange>> {
  const { storage, clock, audit } = platform;
  const outcome = await storage.write(async (transaction): Promise<Outcome<AudienceChange>> => {
    // Whoever publishes waits behind the same lock: nothing slips in under the audience that was.
    await lockHead(transaction, collectionId);
    const before = await loadCollection(transaction, collectionId);
    if (before === undefined) return refuse('not-found', 'There is no such collection.');
    if (!mayLimit(before, actor)) return refuse('forbidden', 'Only the owner of a collection can change it.');
    if ((change.alias ?? before.alias) !== before.alias && !operates(actor))
      return refuse('forbidden', namesAreGiven, { at: '$.alias' });
    if (change.audience === 'public' && before.audience !== 'public' && !operates(actor)) {
      return refuse('forbidden', 'Only the node operator can make a collection public.', {
        at: '$.audience',
      });
    }
    const planned = await collections.plan(transaction, before, change);
    if (!planned.ok) return planned;
    const after = planned.value;
    if (!mayManage(before, actor) && !onlyLimits(before, after))
      return refuse(
        'forbidden',
        "The owner of a collection decides on it; the node's operator can narrow its audience and take rights away, and no more.",
      );
    const effect = await audienceChange({ transaction, actor, before, after });
    if (!effect.ok || change.preview) return effect;
    await collections.store(transaction, after);
    await audit.record(transaction, {
      at: clock.now(),
      actor: auditActor(actor),
      action: 'collection.change',
      target: collectionId,
      concerns: before.ownerId === actor.organisationId ? undefined : before.ownerId,
      detail: {
        audience: after.audience,
        members: after.members.length,
        newReaders: effect.value.newReaders,
      },
    });
    return effect;
  });
  if (outcome.ok && !change.preview) await identity.access.announce();
  return outcome;
}

interface Change {
  readonly transaction: Transaction<object>;
  readonly actor: Actor;
  readonly before: Collection;
  readonly after: Collection;
}

async function audienceChange({
  transaction,
  actor,
  before,
  after,
}: Change): Promise<Outcome<AudienceChange>> {
  const newReaders = readersGained(before, after);
  const widened =
    newReaders.audience !== undefined || newReaders.organisations.length + newReaders.people.length > 0;
  const groups = await contentGroups(transaction, before.id);
  const entries = groups.reduce((sum, group) => sum + group.entries, 0);
  const notes = notesOn(before, after, widened);
  if (!widened) return accept({ collection: after, entries: 0, newReaders, notes });
  const trust = await listTrust(transaction);
  for (const group of groups) {
    const clients = trust.filter((row) => row.kind === 'client' && row.organisation_id === group.submitterId);
    const own = group.ownerId === group.submitterId || group.ownerId === group.publisherId;
    const verdict =
      group.effective === 'red' && group.submitterId !== actor.organisationId
        ? redOfOthers
        : gate({
            marking: own ? group.effective : (group.marking ?? group.effective),
            own,
            publisherId: group.submitterId,
            clients: new Set(clients.map((row) => row.trusted_id)),
            collection: after,
          });
    if (verdict.allowed) continue;
    const marking = `TLP:${verdict.marking.toUpperCase()}`;
    return refuse(
      'not-allowed-by-marking',
      `${group.entries} of the ${entries} entries are ${marking}: ${verdict.message}`,
      {
        rule: 'G5',
        details: { marking, entries: group.entries, sample: group.sample, newReaders },
      },
    );
  }
  return accept({ collection: after, entries, newReaders, notes });
}

/** Rule G9 is for what is published; it takes nothing away that is there, and looks at nothing again. */
function notesOn(before: Collection, after: Collection, widened: boolean): readonly string[] {
  const notes: string[] = [];
  if (before.personalData === 'warn' && after.personalData === 'refuse')
    notes.push(
      'Objects that name subscribers in plain are refused from now on (rule G9). Those that are here already stay; withdraw them if they should not.',
    );
  if (widened && before.personalData === 'warn')
    notes.push(
      'This collection has taken objects that name subscribers in plain (rule G9): the new readers see them too.',
    );
  return notes;
}

/** What is TLP:RED is for the people who were named when it was published (rule G3); nobody else decides who comes to it. */
const redOfOthers: GateVerdict = {
  allowed: false,
  rule: 'G3',
  marking: 'red',
  message: 'TLP:RED of another organisation stays with the people to whom it was given.',
};

function readersGained(before: Collection, after: Collection): AudienceChange['newReaders'] {
  const wider = before.audience !== after.audience && isWithin(before.audience, after.audience);
  const named = (kind: 'organisation' | 'person') => {
    const had = new Set(
      before.members.filter((member) => member.kind === kind && member.read).map((member) => member.id),
    );
    const has = after.members
      .filter((member) => member.kind === kind && member.read)
      .map((member) => member.id);
    // Within a public or community audience everybody reads already; naming them gives nothing.
    const everybody = after.audience === 'public' || after.audience === 'community';
    const hadEverybody = before.audience === 'public' || before.audience === 'community';
    if (everybody || hadEverybody) return [];
    return before.audience === after.audience ? has.filter((id) => !had.has(id)) : has;
  };
  return {
    audience: wider ? after.audience : undefined,
    organisations: named('organisation'),
    people: named('person'),
  };
}
