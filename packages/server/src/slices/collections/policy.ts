import type { Actor } from '../identity/index.ts';
import { administers, operates } from '../identity/index.ts';
import type { Collection } from './collection.ts';

const everyScope: Actor['scopes'] = new Set(['read', 'red'] as const);

/**
 * Who may read, publish to and manage a collection: the table "Access, in one place" of the exchange, default deny.
 * `actor` is undefined for somebody without a token.
 */
export function mayRead(collection: Collection, actor: Actor | undefined): boolean {
  if (collection.audience === 'public') return true;
  if (actor === undefined || !actor.scopes.has('read')) return false;
  return inAudience(collection, actor);
}

/**
 * Whether what stands in a collection is no secret to whoever acts: they, or the organisation whose machine they are, may read it
 * with another token of theirs (rule G8).
 */
export function mayKnow(collection: Collection, actor: Actor): boolean {
  return mayRead(collection, { ...actor, scopes: everyScope });
}

export function mayPublish(collection: Collection, actor: Actor | undefined): boolean {
  if (actor === undefined || !actor.scopes.has('publish')) return false;
  if (namedAs(collection, actor, 'write')) return true;
  if (collection.audience === 'people')
    return collection.audienceWrites && namedAs(collection, actor, 'read');
  if (collection.ownerId === actor.organisationId) return true;
  return collection.audienceWrites && belongs(collection, actor);
}

/** Audience, defaults and description are the owner's to decide. */
export function mayManage(collection: Collection, actor: Actor): boolean {
  return administers(actor, collection.ownerId);
}

/** Taking away: narrowing the audience, withdrawing. The node's operator may as well, and gives nobody anything by that. */
export function mayLimit(collection: Collection, actor: Actor): boolean {
  return mayManage(collection, actor) || operates(actor);
}

/**
 * Creating a collection, with its audience. The node's operator may set one up for another organisation, which then decides
 * on it; not with themselves in its audience.
 */
export function mayCreate(collection: Collection, actor: Actor): boolean {
  if (mayManage(collection, actor)) return true;
  return (
    operates(actor) && !collection.members.some((member) => member.organisationId === actor.organisationId)
  );
}

/** Whether the collection exists for this actor at all. */
export function maySee(collection: Collection, actor: Actor | undefined): boolean {
  return (
    mayRead(collection, actor) ||
    mayPublish(collection, actor) ||
    (actor !== undefined && mayLimit(collection, actor))
  );
}

function inAudience(collection: Collection, actor: Actor): boolean {
  // What is for named people is for them alone: a token of theirs with the scope `red` (rule G3).
  if (collection.audience === 'people') return actor.scopes.has('red') && namedAs(collection, actor, 'read');
  return belongs(collection, actor);
}

function belongs(collection: Collection, actor: Actor): boolean {
  switch (collection.audience) {
    case 'public':
    case 'community':
      return true;
    case 'organisations':
      return collection.ownerId === actor.organisationId || namedAs(collection, actor, 'read');
    case 'people':
      return false;
  }
}

function namedAs(collection: Collection, actor: Actor, right: 'read' | 'write'): boolean {
  return collection.members.some((member) => {
    if (!member[right]) return false;
    if (member.kind === 'person')
      return actor.personId === member.id && actor.organisationId === member.organisationId;
    return collection.audience !== 'people' && actor.organisationId === member.id;
  });
}
