import type { TlpLevel } from '@belltower/stix';
import { compareTlp } from '@belltower/stix';
import type { Micros } from '../../../platform/time.ts';
import { formatMicros } from '../../../platform/time.ts';
import { stricter } from '../../collections/index.ts';
import type { Position } from '../entry.ts';
import { versionKey } from '../entry.ts';

/** An entry of an object that is on this node already, in whichever collection. */
export interface KnownEntry {
  readonly collectionId: string;
  readonly position: Position;
  readonly added: Micros;
  readonly version: string;
  /** The organisation that sent it, and the one whose act readers see; undefined when that gave no name. */
  readonly submitterId: string;
  readonly publisherId: string | undefined;
  readonly ownerId: string;
  /** What binds whoever passes it on: see `NewEntry`. */
  readonly marking: TlpLevel | undefined;
  readonly effective: TlpLevel;
  readonly digest: string;
  /** The organisation that withdrew it; undefined while it stands. */
  readonly withdrawnBy: string | undefined;
}

/**
 * What a publisher may know of one object id (rule G8), from the point of view of one collection. It is asked once for each object that is
 * published and grows with each that is accepted, so that thousands of versions in one bundle take time in proportion.
 */
export class KnownObject {
  readonly #collectionId: string;
  readonly #versions = new Map<string, KnownEntry>();
  readonly #contents = new Map<string, KnownEntry>();
  readonly #ownerContents = new Set<string>();
  readonly #ownerWithdrew = new Set<string>();
  #ownerId: string | undefined;
  #ownerStands = false;
  #standsHere = false;
  #marking: TlpLevel | undefined;
  #released: TlpLevel | undefined;

  /** `entries` in the order in which they were added. */
  constructor(collectionId: string, entries: readonly KnownEntry[] = []) {
    this.#collectionId = collectionId;
    for (const entry of entries) {
      this.add(entry);
    }
  }

  add(entry: KnownEntry): void {
    if (wasTakenOut(entry)) return;
    if (entry.marking !== undefined) this.#marking = stricter(this.#marking ?? entry.marking, entry.marking);
    const byOwner = entry.ownerId === entry.submitterId || entry.ownerId === entry.publisherId;
    if (byOwner && entry.marking === undefined) this.#released = looser(this.#released, entry.effective);
    const stands = entry.withdrawnBy === undefined;
    const here = stands && entry.collectionId === this.#collectionId;
    if (here) {
      this.#versions.set(entry.version, entry);
      this.#contents.set(entry.digest, entry);
    }
    if (!hasOwnVersion(entry)) return;
    this.#ownerId ??= entry.ownerId;
    if (here) this.#standsHere = true;
    if (!byOwner) return;
    if (!stands) this.#ownerWithdrew.add(entry.version);
    else {
      this.#ownerStands = true;
      this.#ownerContents.add(entry.digest);
    }
  }

  /**
   * Whose object it is: `created_by_ref` of what came first, or whoever published that. What comes later cannot claim it.
   * Undefined for an observable, which is a fact that anybody can see for themselves (STIX 2.1 §3.2, created_by_ref).
   */
  get ownerId(): string | undefined {
    return this.#ownerId;
  }

  /** Whether its owner has published it, and it has not been withdrawn. */
  get ownerStands(): boolean {
    return this.#ownerStands;
  }

  /** Whether a version of it stands in this collection. */
  get standsHere(): boolean {
    return this.#standsHere;
  }

  /** The strictest marking that an entry of it carries. */
  get marking(): TlpLevel | undefined {
    return this.#marking;
  }

  /** The widest effective marking under which its owner has published it without a marking of its own (rule G2). */
  get released(): TlpLevel | undefined {
    return this.#released;
  }

  /** The entry of a version that stands here; of a content, where the object carries no time. */
  here(version: string | undefined, digest: string): KnownEntry | undefined {
    return version === undefined ? this.#contents.get(digest) : this.#versions.get(version);
  }

  /** Whether its owner has published exactly this. */
  ownerSays(digest: string): boolean {
    return this.#ownerContents.has(digest);
  }

  ownerHasWithdrawn(version: string): boolean {
    return this.#ownerWithdrew.has(version);
  }
}

/**
 * Whether somebody else withdrew it, who runs the collection or the node: then nothing rests on it any more, and whoever came first
 * with an id that was not theirs does not keep it.
 */
function wasTakenOut({ withdrawnBy, ownerId, submitterId, publisherId }: KnownEntry): boolean {
  return withdrawnBy !== undefined && ![ownerId, submitterId, publisherId].includes(withdrawnBy);
}

/** An object without a time of its own has the moment at which it was added as its version. */
function hasOwnVersion({ version, added }: KnownEntry): boolean {
  return version !== versionKey(formatMicros(added));
}

function looser(one: TlpLevel | undefined, other: TlpLevel): TlpLevel {
  return one === undefined || compareTlp(other, one) < 0 ? other : one;
}
