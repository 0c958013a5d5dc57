import type { Outcome } from '../../platform/http/refusal.ts';
import { accept, refuse } from '../../platform/http/refusal.ts';
import type { Collection } from '../collections/index.ts';
import { mayPublish, mayRead, maySee } from '../collections/index.ts';
import type { ReadGrant } from '../exchange/index.ts';
import { grantRead } from '../exchange/index.ts';
import type { Actor } from '../identity/index.ts';

/**
 * The collection, if it is there for this actor. One that they may not see is refused as one that does not exist; whoever
 * has no token is asked for one in either case (TAXII 2.1 §5: 401 or 404).
 */
export function seeCollection(
  collection: Collection | undefined,
  actor: Actor | undefined,
): Outcome<Collection> {
  if (collection !== undefined && maySee(collection, actor)) return accept(collection);
  return actor === undefined
    ? refuseAnonymous()
    : refuse('not-found', 'There is no such collection for you.');
}

/**
 * The right to read a collection that the actor may see. Without it: 403, as they know of the collection already
 * (TAXII 2.1 §5.3, §5.4, §5.6, §5.8: 403 or 404).
 */
export function mayReadObjects(collection: Collection, actor: Actor | undefined): Outcome<ReadGrant> {
  const grant = grantRead(collection, actor);
  if (grant !== undefined) return accept(grant);
  return refuse('forbidden', 'You may see this collection, but not read it: can_read is false.');
}

/** Publishing to a collection that the actor may see (TAXII 2.1 §5.5). Gives the actor, who has to be somebody. */
export function mayAdd(collection: Collection, actor: Actor | undefined): Outcome<Actor> {
  if (actor === undefined) return refuseAnonymous();
  if (mayPublish(collection, actor)) return accept(actor);
  return refuse('forbidden', 'You may see this collection, but not add objects to it: can_write is false.');
}

/** Deleting from a collection that the actor may see: the table of TAXII 2.1 §5.7. */
export function mayDelete(collection: Collection, actor: Actor | undefined): Outcome<Actor> {
  if (actor === undefined) return refuseAnonymous();
  const read = mayRead(collection, actor);
  const write = mayPublish(collection, actor);
  if (read && write) return accept(actor);
  if (!read && !write) return refuse('not-found', 'There is no such collection for you.');
  const missing = read ? 'can_write' : 'can_read';
  return refuse('forbidden', `Deleting needs can_read and can_write; ${missing} is false here.`);
}

/** Whoever could read or publish there still may look at what became of their organisation's requests. */
export function mayFollow(collection: Collection | undefined, actor: Actor): boolean {
  return collection !== undefined && (mayRead(collection, actor) || mayPublish(collection, actor));
}

/** Without a token there is nothing here, or nothing that we would tell. */
export function refuseAnonymous() {
  return refuse(
    'unauthenticated',
    'This needs a token: Authorization: Bearer bt_…, or Basic with the token as the password.',
    { at: 'Authorization' },
  );
}
