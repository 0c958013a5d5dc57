import type { Collection } from '../collections/index.ts';
import { mayRead } from '../collections/index.ts';
import type { Actor } from '../identity/index.ts';

/**
 * Proof that somebody may read a collection now. Content is read with one or not at all: `grantRead` is the only place
 * that makes it, so a forgotten check does not compile.
 */
export interface ReadGrant {
  readonly collectionId: string;
  readonly __brand: 'ReadGrant';
}

/** Undefined where the actor (nobody, without a token) may not read the collection. */
export function grantRead(collection: Collection, actor: Actor | undefined): ReadGrant | undefined {
  return mayRead(collection, actor) ? ({ collectionId: collection.id } as ReadGrant) : undefined;
}
