import type { Target } from './lane.ts';
import { Lane } from './lane.ts';

/** A place in a collection at which pages begin. */
export interface PageStart {
  /** Objects before it. */
  readonly before: number;
  /** Cursor to there, of a request without filters. */
  readonly next: string;
  /** When the object before it was added. */
  readonly added: string;
}

/** The objects of a collection, by TAXII. */
export function objectsPath(collection: string, query: Readonly<Record<string, string>>): string {
  return `/taxii2/community/collections/${collection}/objects/?${new URLSearchParams(query)}`;
}

/** Follows `next` through a collection and answers where each page ended but the last. */
export async function walk(
  { url, token }: Target,
  collection: string,
  limit: number,
): Promise<readonly PageStart[]> {
  using lane = new Lane(url, token);
  const starts: PageStart[] = [];
  for (;;) {
    const last = starts.at(-1);
    const query = { limit: String(limit), ...(last === undefined ? {} : { next: last.next }) };
    const { head, beginning } = await lane.get(objectsPath(collection, query));
    // Read from the first bytes alone: the time of a pull is to be the node's.
    const next = /^\{"more":true,"next":"([^"]+)"/.exec(beginning)?.[1];
    if (next === undefined) return starts;
    const added = /\r\nx-taxii-date-added-last: (\S+)/.exec(head)?.[1]?.toUpperCase() ?? '';
    starts.push({ before: (starts.length + 1) * limit, next, added });
  }
}

/** The pages of a size that begin at these places and are full: by `next`, and by `added_after`. */
export function pagePaths(
  collection: string,
  starts: readonly PageStart[],
  { size, objects }: { readonly size: number; readonly objects: number },
): readonly string[] {
  const limit = String(size);
  return starts
    .filter(({ before }) => before + size <= objects)
    .flatMap(({ next, added }) => [
      objectsPath(collection, { limit, next }),
      objectsPath(collection, { limit, added_after: added }),
    ]);
}
