import type { TlpLevel } from '@belltower/stix';
import type { Micros } from '../../platform/time.ts';
import { formatMicros, micros } from '../../platform/time.ts';
import type { Collection } from '../collections/index.ts';
import { stricter } from '../collections/index.ts';
import type { Position } from './entry.ts';
import { position, versionKey } from './entry.ts';
import type { GateVerdict } from './gate.ts';
import { gate } from './gate.ts';
import type { ObjectFacts } from './object-facts.ts';

/** In whose name something is published (rule G7). */
export interface Publisher {
  /** The organisation that sends it. */
  readonly submitterId: string;
  /** The organisation whose act it is: the same, or the one on whose behalf it is sent. */
  readonly actingId: string;
  readonly anonymous: boolean;
}

/** An entry of the same object that is on this node already, in whichever collection. */
export interface KnownEntry {
  readonly collectionId: string;
  readonly position: Position;
  readonly version: string;
  readonly submitterId: string;
  readonly ownerId: string;
  readonly marking: TlpLevel | undefined;
  readonly digest: string;
  readonly withdrawn: boolean;
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
  readonly effective: TlpLevel;
  readonly publisher: Publisher;
}

export type AppendDecision =
  | { readonly kind: 'append'; readonly entry: NewEntry }
  | { readonly kind: 'unchanged'; readonly position: Position; readonly version: string }
  | {
      readonly kind: 'refused';
      readonly code: 'conflict' | 'marking' | 'not-owner' | 'withdrawn' | 'reveals-publisher';
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
  /** Every entry of this object id on the node. */
  readonly known: readonly KnownEntry[];
  readonly head: Head;
  readonly now: Micros;
}

/** What becomes of one object at the end of a log: a new entry, nothing, or a refusal (rules L2, L3, G2 to G4, G7). */
export function decideAppend(question: AppendQuestion): AppendDecision {
  const { facts, publisher, collection, known, head, now } = question;
  if (publisher.anonymous && facts.createdBy === publisher.submitterId) {
    return {
      kind: 'refused',
      code: 'reveals-publisher',
      rule: 'G7',
      message: 'created_by_ref names your organisation; what is published anonymously cannot carry it.',
    };
  }
  const here = known.filter((entry) => entry.collectionId === collection.id);
  const same = here.find((entry) => !entry.withdrawn && isSameVersion(facts, entry));
  if (same?.digest === facts.digest)
    return { kind: 'unchanged', position: same.position, version: same.version };

  const ownerId = ownerOf(facts, publisher, known);
  const own = ownerId === publisher.actingId;
  const refusal = refuseForOthers(question, own);
  if (refusal !== undefined) return refusal;
  const verdict = judge(question, own);
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
      effective: verdict.marking,
      publisher,
    },
  };
}

/** An object without a time of its own has as many versions as it has contents. */
function isSameVersion(facts: ObjectFacts, entry: KnownEntry): boolean {
  return facts.version === undefined ? facts.digest === entry.digest : facts.version === entry.version;
}

function ownerOf(facts: ObjectFacts, publisher: Publisher, known: readonly KnownEntry[]): string {
  if (facts.createdBy !== undefined) return facts.createdBy;
  // An observable is a fact that anybody can see for themselves; it has no owner (STIX 2.1 §3.2, created_by_ref).
  if (facts.version === undefined) return publisher.actingId;
  return known[0]?.ownerId ?? publisher.actingId;
}

/** What its owner has published here, others may pass on as it is, and not otherwise. */
function refuseForOthers({ facts, known }: AppendQuestion, own: boolean): AppendDecision | undefined {
  if (own || facts.version === undefined) return undefined;
  const byOwner = known.filter((entry) => entry.submitterId === entry.ownerId);
  if (byOwner.some((entry) => entry.withdrawn && entry.version === facts.version)) {
    return {
      kind: 'refused',
      code: 'withdrawn',
      rule: 'L6',
      message: 'The owner of this object has withdrawn this version.',
    };
  }
  const standing = byOwner.filter((entry) => !entry.withdrawn);
  if (standing.length === 0 || standing.some((entry) => entry.digest === facts.digest)) return undefined;
  return {
    kind: 'refused',
    code: 'not-owner',
    rule: 'G4',
    message: 'Its owner publishes this object here; only the owner can publish another version of it.',
  };
}

function judge({ facts, publisher, collection, clients, known }: AppendQuestion, own: boolean): GateVerdict {
  return gate({
    marking: own ? facts.marking : strictestKnown(facts, known),
    own,
    publisherId: publisher.actingId,
    clients,
    collection,
  });
}

/** A marking does not come off when a copy is passed on. */
function strictestKnown(facts: ObjectFacts, known: readonly KnownEntry[]): TlpLevel | undefined {
  let strictest = facts.marking ?? unmarkedDefinition(facts);
  for (const { marking } of known) {
    if (marking !== undefined) strictest = strictest === undefined ? marking : stricter(strictest, marking);
  }
  return strictest;
}

/** Definitions are published for everybody to refer to. */
function unmarkedDefinition(facts: ObjectFacts): TlpLevel | undefined {
  return facts.type === 'marking-definition' || facts.type === 'extension-definition' ? 'clear' : undefined;
}
