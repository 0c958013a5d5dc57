import type { Kysely } from 'kysely';
import { z } from 'zod';

/** What the log of one collection holds, in a few figures: two places that hold the same say the same. */
export const collectionDigest = z
  .object({
    /** The collection's id. */
    collection: z.string(),
    /** What people call it. */
    name: z.string(),
    /** The last position that was given. */
    position: z.number().int().nonnegative(),
    /** Entries that there are: as many as positions, unless some are missing. */
    entries: z.number().int().nonnegative(),
    /** Of every entry in order. */
    sha256: z.string(),
  })
  .readonly();

export type CollectionDigest = z.infer<typeof collectionDigest>;

/** Looks at the rows of a backup as they pass by, and says at the end what they held. */
export interface ContentDigester {
  /** How to look at the rows of a table, whose values come in the order of the columns; undefined: nothing there matters. */
  table(name: string, columns: readonly string[]): ((row: readonly unknown[]) => void) | undefined;
  digests(): readonly CollectionDigest[];
}

/** How to tell the content of a database: what it is made of is known to the slices and not to the platform. */
export interface ContentDigests {
  /** Columns by which the rows of a table have to be read, for the digester to see them in order. */
  readonly order: ReadonlyMap<string, readonly string[]>;
  digester(): ContentDigester;
  /** The same from a database; `db` has to be a transaction that sees one moment. */
  read(db: Kysely<object>): Promise<readonly CollectionDigest[]>;
}

/** The names of the collections in which two places differ. */
export function differingCollections(
  one: readonly CollectionDigest[],
  other: readonly CollectionDigest[],
): readonly string[] {
  const text = (digest: CollectionDigest | undefined) =>
    digest && JSON.stringify([digest.position, digest.entries, digest.sha256]);
  const others = new Map(other.map((digest) => [digest.collection, digest]));
  const ids = new Set([...one, ...other].map(({ collection }) => collection));
  const ones = new Map(one.map((digest) => [digest.collection, digest]));
  return [...ids]
    .filter((id) => text(ones.get(id)) !== text(others.get(id)))
    .map((id) => (ones.get(id) ?? others.get(id))?.name ?? id);
}
