import type { Kysely, Transaction } from 'kysely';
import type { Outcome } from '../../platform/http/refusal.ts';
import { refuse } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Actor, Identity } from '../identity/index.ts';
import {
  auditActor,
  findOrganisation,
  findPerson,
  lockAccessEpoch,
  operates,
  whileValid,
} from '../identity/index.ts';
import type { Collection, CollectionMember } from './collection.ts';
import type { CollectionChange, NewCollection } from './contract.ts';
import { checkCollection, usualMarking, usualPersonalData } from './decide.ts';
import { mayCreate } from './policy.ts';
import { aliasTaken, insertCollection, loadCollection, loadCollections, replaceCollection } from './store.ts';

/** Collections and who is in their audience. */
export interface Collections {
  /** All collections as they are now. Remembered until a right changes anywhere (rule R3). */
  all(): Promise<readonly Collection[]>;
  /** By id or alias (TAXII 2.1 §5.2). */
  find(idOrAlias: string): Promise<Collection | undefined>;
  create(actor: Actor, command: NewCollection): Promise<Outcome<Collection>>;
  /**
   * The collection as a change would make it, checked for sense but not for what it holds: rule G5 is the exchange's,
   * which looks at the content and then calls `store`.
   */
  plan(
    transaction: Transaction<object>,
    before: Collection,
    change: CollectionChange,
  ): Promise<Outcome<Collection>>;
  store(transaction: Transaction<object>, collection: Collection): Promise<void>;
}

export function createCollections(platform: Platform, identity: Identity): Collections {
  const { storage, clock, random, audit } = platform;
  let remembered: { readonly epoch: number; readonly collections: readonly Collection[] } | undefined;

  async function all(): Promise<readonly Collection[]> {
    const epoch = identity.access.epoch();
    if (remembered?.epoch === epoch) return remembered.collections;
    const collections = await loadCollections(storage.readRights);
    remembered = { epoch, collections };
    return collections;
  }

  async function create(actor: Actor, command: NewCollection): Promise<Outcome<Collection>> {
    const ownerId = command.owner ?? actor.organisationId;
    const collection = {
      // The form in which paths and topics name it; a UUID in capitals is the same UUID (RFC 9562 §4).
      id: command.id?.toLowerCase() ?? random.uuid(),
      alias: command.alias ?? undefined,
      title: command.title,
      description: command.description ?? undefined,
      ownerId,
      audience: command.audience,
      defaultMarking: command.defaultMarking ?? usualMarking[command.audience],
      audienceWrites: command.audienceWrites,
      allowsOnBehalf: command.allowsOnBehalf,
      allowsAnonymous: command.allowsAnonymous,
      personalData: command.personalData ?? usualPersonalData[command.audience],
      created: clock.now(),
      members: [],
    } satisfies Collection;
    if (!mayCreate(collection, actor)) {
      return refuse(
        'forbidden',
        'Only an administrator of the owning organisation, or the node operator, can create a collection.',
      );
    }
    const name = (['id', 'alias'] as const).find((key) => (command[key] ?? undefined) !== undefined);
    if (name !== undefined && !operates(actor))
      return refuse('forbidden', namesAreGiven, { at: `$.${name}` });
    if (command.audience === 'public' && !operates(actor)) {
      return refuse('forbidden', 'Only the node operator can create a public collection.', {
        at: '$.audience',
      });
    }
    const outcome = await storage.write(async (transaction): Promise<Outcome<Collection>> => {
      // Of two who take an id or an alias at once, one waits here for the other.
      await lockAccessEpoch(transaction);
      if ((await loadCollection(transaction, collection.id)) !== undefined) {
        return refuse('conflict', 'A collection with this id is here already.', { at: '$.id' });
      }
      const checked = await complete(transaction, collection, command.members);
      if (!checked.ok) return checked;
      if (!mayCreate(checked.value, actor)) {
        const message = 'Whoever sets a collection up for another organisation cannot be in its audience.';
        return refuse('forbidden', message, { at: '$.members' });
      }
      await insertCollection(transaction, checked.value);
      await audit.record(transaction, {
        at: collection.created,
        actor: auditActor(actor),
        action: 'collection.create',
        target: collection.id,
        concerns: ownerId === actor.organisationId ? undefined : ownerId,
        detail: { audience: collection.audience },
      });
      await identity.access.raise(transaction);
      return checked;
    });
    if (outcome.ok) await identity.access.announce();
    return outcome;
  }

  return {
    all,

    async find(idOrAlias) {
      const key = idOrAlias.toLowerCase();
      return (await all()).find((collection) => collection.id === key || collection.alias === key);
    },

    create: (actor, command) => whileValid(identity, actor, () => create(actor, command)),

    async plan(transaction, before, change) {
      if (change.alias !== undefined) await lockAccessEpoch(transaction);
      return complete(
        transaction,
        {
          ...before,
          alias: change.alias === undefined ? before.alias : (change.alias ?? undefined),
          title: change.title ?? before.title,
          description:
            change.description === undefined ? before.description : (change.description ?? undefined),
          audience: change.audience ?? before.audience,
          defaultMarking: change.defaultMarking ?? before.defaultMarking,
          audienceWrites: change.audienceWrites ?? before.audienceWrites,
          allowsOnBehalf: change.allowsOnBehalf ?? before.allowsOnBehalf,
          allowsAnonymous: change.allowsAnonymous ?? before.allowsAnonymous,
          personalData: change.personalData ?? before.personalData,
        },
        change.members,
      );
    },

    async store(transaction, collection) {
      await replaceCollection(transaction, collection);
      await identity.access.raise(transaction);
    },
  };
}

/**
 * A name that is taken would tell of a collection that the asker may not see. The node's operator sees all, so that nothing is
 * given away.
 */
export const namesAreGiven =
  'An alias, and an id that one chooses, are names for the whole node: its operator gives them. Every collection can be named by its own id.';

type NamedMember = Pick<CollectionMember, 'kind' | 'id' | 'read' | 'write'>;

/** Finds out who the named members are, and checks the whole. Without `named` the members stay, also those who have left. */
async function complete(
  transaction: Kysely<object>,
  collection: Collection,
  named: readonly NamedMember[] | undefined,
): Promise<Outcome<Collection>> {
  if (collection.alias !== undefined && (await aliasTaken(transaction, collection.alias, collection.id))) {
    return refuse('conflict', `Another collection has the alias ${collection.alias}.`, { at: '$.alias' });
  }
  if ((await findOrganisation(transaction, collection.ownerId)) === undefined) {
    return refuse('unprocessable', `There is no organisation ${collection.ownerId}.`, { at: '$.owner' });
  }
  if (named === undefined) return checkCollection(collection);
  const members: CollectionMember[] = [];
  for (const [index, { kind, id, read, write }] of named.entries()) {
    const organisationId = await organisationOf(transaction, kind, id);
    if (organisationId === undefined) {
      return refuse('unprocessable', `There is no ${kind} ${id}.`, { at: `$.members[${index}].id` });
    }
    members.push({ kind, id, organisationId, read, write });
  }
  return checkCollection({ ...collection, members });
}

async function organisationOf(
  db: Kysely<object>,
  kind: CollectionMember['kind'],
  id: string,
): Promise<string | undefined> {
  if (kind === 'organisation') return (await findOrganisation(db, id))?.id;
  const person = await findPerson(db, id);
  return person === undefined || person.removed === 1 ? undefined : person.organisation_id;
}
