import type { TlpLevel } from '@belltower/stix';
import { strictestTlp } from '@belltower/stix';
import type { Micros } from '../../../platform/time.ts';
import { formatMicros, micros } from '../../../platform/time.ts';
import type { Collection } from '../../collections/index.ts';
import type { Position } from '../entry.ts';
import { position, versionKey } from '../entry.ts';
import type { ObjectFacts } from '../judging/object-facts.ts';
import { gate } from './gate.ts';
import type { KnownObject } from './known-object.ts';

/** In whose name something is published (rule G7). */
export interface Publisher {
  /** The organisation that sends it. */
  readonly submitterId: string;
  /** The organisation whose act it is: the same, or the one on whose behalf it is sent. */
  readonly actingId: string;
  readonly anonymous: boolean;
}

/** The end of a collection's log. */
export interface Head {
  readonly position: Position;
  readonly added: Micros;
}

export interface NewEntry {
  readonly position: Position;
  readonly added: Micros;
  readonly version: string;
  readonly facts: ObjectFacts;
  readonly ownerId: string;
  /** Its own marking; of what is passed on, the strictest that any copy of it here carries. */
  readonly marking: TlpLevel | undefined;
  readonly effective: TlpLevel;
  readonly publisher: Publisher;
}

export type AppendDecision =
  | { readonly kind: 'append'; readonly entry: NewEntry }
  | { readonly kind: 'unchanged'; readonly position: Position; readonly version: string }
  | {
      readonly kind: 'refused';
      readonly code:
        | 'conflict'
        | 'marking'
        | 'not-owner'
        | 'withdrawn'
        | 'reveals-publisher'
        | 'personal-data';
      readonly rule: string;
      readonly message: string;
      /** The entry that stands in the way, where it is in the same collection. */
      readonly against?: Position;
    };

export interface AppendQuestion {
  readonly facts: ObjectFacts;
  readonly publisher: Publisher;
  readonly collection: Collection;
  readonly clients: ReadonlySet<string>;
  /** What the node holds of this object id. */
  readonly known: KnownObject;
  readonly head: Head;
  readonly now: Micros;
}

/** What becomes of one object at the end of a log: a new entry, nothing, or a refusal (rules L2, L3, G2 to G4, G7, G9). */
export function decideAppend(question: AppendQuestion): AppendDecision {
  const { facts, publisher, collection, known, head, now } = question;
  if (publisher.anonymous && revealsPublisher(facts, publisher)) {
    return {
      kind: 'refused',
      code: 'reveals-publisher',
      rule: 'G7',
      message: 'The object names your organisation; what is published anonymously cannot contain its id.',
    };
  }
  if (collection.personalData === 'refuse' && facts.personalData.length > 0) {
    return { kind: 'refused', code: 'personal-data', rule: 'G9', message: personalDataRefused };
  }
  const same = known.here(facts.version, facts.digest);
  if (same?.digest === facts.digest)
    return { kind: 'unchanged', position: same.position, version: same.version };

  const ownerId = ownerOf(facts, publisher, known);
  const own = ownerId === publisher.actingId;
  const refusal = own ? undefined : refuseForOthers(question, ownerId);
  if (refusal !== undefined) return refusal;
  const marking = own ? facts.marking : strictestKnown(facts, known);
  const verdict = gate({
    marking,
    own,
    publisherId: publisher.actingId,
    clients: question.clients,
    collection,
  });
  if (!verdict.allowed)
    return { kind: 'refused', code: 'marking', rule: verdict.rule, message: verdict.message };
  if (same !== undefined) {
    return {
      kind: 'refused',
      code: 'conflict',
      rule: 'L3',
      message:
        'This version of the object is here already with other content. A change needs a later "modified".',
      against: same.position,
    };
  }
  const added = micros(Math.max(now, head.added + 1));
  return {
    kind: 'append',
    entry: {
      position: position(head.position + 1),
      added,
      version: facts.version ?? versionKey(formatMicros(added)),
      facts,
      ownerId,
      marking,
      effective: verdict.marking,
      publisher,
    },
  };
}

const personalDataRefused =
  'This collection takes no objects that name subscribers in plain. Share them concealed under a key of your group, or as range, network or model.';

/** Readers see the object as it is: `created_by_ref`, `where_sighted_refs` and the like must not give the name away. */
function revealsPublisher({ text }: ObjectFacts, { submitterId, actingId }: Publisher): boolean {
  return text.includes(submitterId) || text.includes(actingId);
}

/**
 * Whoever it belonged to first: another `created_by_ref` does not make it somebody else's. An observable belongs to nobody,
 * so whoever publishes one publishes their own.
 */
function ownerOf(facts: ObjectFacts, publisher: Publisher, known: KnownObject): string {
  if (known.ownerId !== undefined) return known.ownerId;
  if (facts.version === undefined) return publisher.actingId;
  return facts.createdBy ?? publisher.actingId;
}

/** What its owner has published here, others may pass on as it is, and not otherwise. */
function refuseForOthers({ facts, known }: AppendQuestion, ownerId: string): AppendDecision | undefined {
  if (facts.version !== undefined && known.ownerHasWithdrawn(facts.version)) {
    return {
      kind: 'refused',
      code: 'withdrawn',
      rule: 'L6',
      message: 'The owner of this object has withdrawn this version.',
    };
  }
  const isChanged = known.ownerStands && !known.ownerSays(facts.digest);
  const isClaimed = known.standsHere && facts.createdBy !== ownerId;
  if (!isChanged && !isClaimed) return undefined;
  return {
    kind: 'refused',
    code: 'not-owner',
    rule: 'G4',
    message:
      'This object is here already and is not yours; only its owner can publish another version of it.',
  };
}

/**
 * A marking does not come off when a copy is passed on, and neither does the default marking of the collection in which the
 * owner published it without one.
 */
function strictestKnown(facts: ObjectFacts, known: KnownObject): TlpLevel | undefined {
  const isDefinition = facts.type === 'marking-definition' || facts.type === 'extension-definition';
  // Definitions are published for everybody to refer to.
  const released = isDefinition ? 'clear' : known.released;
  const levels = [facts.marking, known.marking, released].filter((level) => level !== undefined);
  return strictestTlp(levels);
}
