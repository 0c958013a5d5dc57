import type { Collection } from '../../collections/index.ts';
import { mayKnow } from '../../collections/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { KnownEntry } from './known-object.ts';
import { KnownObject } from './known-object.ts';

interface ViewParts {
  readonly collection: Collection;
  /** Collections that hold some of the objects as well. */
  readonly others: readonly Collection[];
  readonly actor: Actor;
  /** Everything that the node holds of an object, in the order in which it came. */
  readonly entriesOf: (objectId: string) => readonly KnownEntry[];
}

/**
 * What the node holds of the objects of one publish, as far as the publisher may know it (rule G8): what stands where they may
 * read, and in a collection that they may only write to what their organisation has sent there itself.
 */
export class PublisherView {
  /** Whether the collection that they publish to is one that they may read. */
  readonly knowsCollection: boolean;
  readonly #parts: ViewParts;
  readonly #visible: ReadonlySet<string>;
  readonly #known = new Map<string, KnownObject>();
  readonly #whole = new Map<string, KnownObject>();

  constructor(parts: ViewParts) {
    const { collection, others, actor } = parts;
    this.#parts = parts;
    this.knowsCollection = mayKnow(collection, actor);
    this.#visible = new Set(others.filter((other) => mayKnow(other, actor)).map(({ id }) => id));
  }

  /** What the publisher may know of an object: the answer rests on nothing else. */
  known(objectId: string): KnownObject {
    return this.#object(this.#known, objectId, (entry) => {
      if (entry.collectionId !== this.#parts.collection.id) return this.#visible.has(entry.collectionId);
      return this.knowsCollection || entry.submitterId === this.#parts.actor.organisationId;
    });
  }

  /** The same with everything that stands in the collection at hand: what the log is kept by. */
  whole(objectId: string): KnownObject {
    if (this.knowsCollection) return this.known(objectId);
    return this.#object(
      this.#whole,
      objectId,
      ({ collectionId }) => collectionId === this.#parts.collection.id || this.#visible.has(collectionId),
    );
  }

  /** An entry that this publish has added. */
  add(objectId: string, entry: KnownEntry): void {
    this.known(objectId).add(entry);
    if (!this.knowsCollection) this.whole(objectId).add(entry);
  }

  #object(
    objects: Map<string, KnownObject>,
    objectId: string,
    isVisible: (entry: KnownEntry) => boolean,
  ): KnownObject {
    const made = objects.get(objectId);
    if (made !== undefined) return made;
    const entries = this.#parts.entriesOf(objectId).filter(isVisible);
    const object = new KnownObject(this.#parts.collection.id, entries);
    objects.set(objectId, object);
    return object;
  }
}
