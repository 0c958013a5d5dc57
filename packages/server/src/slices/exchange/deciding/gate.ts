import type { TlpLevel } from '@belltower/stix';
import type { AudienceKind, Collection } from '../../collections/index.ts';
import { isWithin, stricter, widestAudience } from '../../collections/index.ts';

/** What the gate has to know to decide on one object before one audience. */
export interface GateRequest {
  /** The marking that the object itself carries, the strictest of it; undefined when it carries none. */
  readonly marking: TlpLevel | undefined;
  /** True when the publishing organisation is the object's owner. */
  readonly own: boolean;
  readonly publisherId: string;
  /** Organisations that the publisher has named as its clients. */
  readonly clients: ReadonlySet<string>;
  readonly collection: Collection;
}

export type GateVerdict =
  | { readonly allowed: true; readonly marking: TlpLevel }
  | {
      readonly allowed: false;
      readonly rule: 'G3' | 'G4';
      readonly marking: TlpLevel;
      readonly message: string;
    };

/**
 * The only place where sharing policy is decided for writing. `marking` of the verdict is the effective one (rule G2):
 * the strictest of the object's own and the collection's default.
 */
export function gate(request: GateRequest): GateVerdict {
  return request.own ? gateOwn(request) : gatePassingOn(request);
}

function gateOwn({ marking, collection }: GateRequest): GateVerdict {
  const effective = stricter(marking ?? collection.defaultMarking, collection.defaultMarking);
  const widest = widestAudience[effective];
  if (isWithin(collection.audience, widest)) return { allowed: true, marking: effective };
  return {
    allowed: false,
    rule: 'G3',
    marking: effective,
    message: `TLP:${effective.toUpperCase()} may go to ${audienceName[widest]} or narrower; this collection reaches ${audienceName[collection.audience]}.`,
  };
}

/**
 * Passing on what belongs to somebody else (rule G4). What counts is what its owner allowed: the object's own marking,
 * and only where it has none the collection's default.
 */
function gatePassingOn(request: GateRequest): GateVerdict {
  const { marking, collection } = request;
  const allowedBy = marking ?? collection.defaultMarking;
  const effective = stricter(allowedBy, collection.defaultMarking);
  const problem = passingOnProblem(request, allowedBy);
  if (problem === undefined) return { allowed: true, marking: effective };
  const unmarked =
    marking === undefined ? ' The object carries no marking, so the collection’s default counts.' : '';
  return { allowed: false, rule: 'G4', marking: effective, message: `${problem}${unmarked}` };
}

function passingOnProblem(
  { publisherId, clients, collection }: GateRequest,
  marking: TlpLevel,
): string | undefined {
  switch (marking) {
    case 'clear':
      return undefined;
    case 'green':
      return isWithin(collection.audience, 'community')
        ? undefined
        : 'TLP:GREEN of another organisation may be passed on to the community, not to the public.';
    case 'amber':
      return reachesOnly(collection, new Set([publisherId, ...clients]))
        ? undefined
        : 'TLP:AMBER of another organisation may be passed on within your own organisation and to the clients that it has named, not further.';
    case 'amber+strict':
      return reachesOnly(collection, new Set([publisherId]))
        ? undefined
        : 'TLP:AMBER+STRICT of another organisation may be passed on within your own organisation only.';
    case 'red':
      return 'TLP:RED of another organisation may not be passed on.';
  }
}

function reachesOnly(collection: Collection, organisations: ReadonlySet<string>): boolean {
  if (!isWithin(collection.audience, 'organisations')) return false;
  const ownerReads = collection.audience === 'organisations' ? [collection.ownerId] : [];
  const readers = collection.members.filter((member) => member.read).map((member) => member.organisationId);
  return [...ownerReads, ...readers].every((id) => organisations.has(id));
}

/** An audience in the words of a sentence. */
export const audienceName: Readonly<Record<AudienceKind, string>> = {
  public: 'the public',
  community: 'the community',
  organisations: 'named organisations',
  people: 'named people',
};
