import { derivedUuid } from '../derived-uuid.ts';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import type { Clusters } from './clusters.ts';
import { noTime } from './misp-time.ts';

/** What the parts of an event share while it becomes STIX. */
export interface Context {
  /** Id of the report that the event becomes. */
  readonly report: string;
  readonly creator: string | undefined;
  readonly time: string;
  /** The date of the event: what has changed since keeps it as its beginning. */
  readonly born: string | undefined;
  /** TLP of the event: it holds for everything in it that has none of its own. */
  readonly markings: Json;
  readonly losses: Loss[];
  /** Organisations that the event names, by their ids. */
  readonly identities: Map<string, Json>;
  readonly clusters: Clusters;
  /** The STIX id of what has a UUID in the event: what references mean. */
  readonly idOf: Map<string, string>;
}

interface Head {
  readonly creator?: string | undefined;
  readonly time: string;
  readonly born?: string | undefined;
}

/**
 * The properties that all objects begin with. MISP keeps only when something was changed last, and versions of a STIX object share
 * their `created` (STIX 2.1 §3.6).
 */
export function head(
  type: string,
  uuid: string,
  { creator, time, born }: Head,
): Json & { readonly id: string } {
  return {
    type,
    spec_version: '2.1',
    id: `${type}--${uuid}`,
    ...(creator === undefined ? {} : { created_by_ref: creator }),
    created: born !== undefined && born < time ? born : time,
    modified: time,
  };
}

/** An organisation as MISP names it; kept once for each conversion of an event. */
export function identityOf(
  { uuid, name }: { readonly uuid: string; readonly name: string },
  { identities }: Pick<Context, 'identities'>,
): string {
  const identity = {
    ...head('identity', uuid, { time: noTime }),
    name: name || uuid,
    identity_class: 'organization',
  };
  const id = `identity--${uuid}`;
  if (!identities.has(id)) identities.set(id, identity);
  return id;
}

/** An operator of whom only the name is known: who had a global title assigned, or leases it. The same name is the same identity. */
export function operatorIdentity(name: string, { identities }: Pick<Context, 'identities'>): string {
  const uuid = derivedUuid(`operator ${name}`);
  const id = `identity--${uuid}`;
  identities.set(id, {
    ...head('identity', uuid, { time: noTime }),
    name,
    identity_class: 'organization',
    sectors: ['telecommunications'],
  });
  return id;
}

/** Tells `toMisp` that an object has its TLP from the event, and no tag of its own. */
export function inherited({ markings }: Pick<Context, 'markings'>): Json {
  return markings['object_marking_refs'] === undefined ? {} : { tlp_of_event: true };
}

/** The markings alone of some properties. */
export function markingsOf({ object_marking_refs: refs }: Json): Json {
  return refs === undefined ? {} : { object_marking_refs: refs };
}

/** Whether something stays behind because it was deleted, or because its UUID stands in the event already; that is told. */
export function staysBehind(
  of: { readonly raw: Json; readonly uuid: string; readonly what: string; readonly at: string },
  { losses, idOf }: Context,
): boolean {
  const { raw, uuid, what, at } = of;
  const flag = raw['deleted'];
  const isDeleted = flag === true || flag === 1 || flag === '1';
  if (isDeleted) losses.push({ at, what: `${what} ${uuid}`, why: 'It was deleted in MISP.' });
  else if (idOf.has(uuid))
    losses.push({ at, what: `${what} ${uuid}`, why: 'Its UUID stands in the event already.' });
  else return false;
  return true;
}
