import { printTable } from './table.ts';

/** What a collection holds, in the figures by which two places can be compared. */
export interface ShownDigest {
  readonly collection: string;
  readonly name: string;
  readonly position: number;
  readonly entries: number;
  readonly sha256: string;
}

/** A line for each collection; `state` says how it compares with something else. */
export async function printDigests(digests: readonly ShownDigest[], state?: string): Promise<void> {
  await printTable(
    digests,
    [
      ['COLLECTION', ({ name }) => name],
      ['ENTRIES', ({ entries }) => String(entries)],
      ['LAST', ({ position }) => String(position)],
      ['SHA-256', ({ sha256 }) => sha256],
      ...(state === undefined ? [] : ([['', () => state]] as const)),
    ],
    'There are no collections.',
  );
}

/** `3 entries in 1 collection` */
export function amountOf(digests: readonly ShownDigest[]): string {
  const entries = digests.reduce((sum, digest) => sum + digest.entries, 0);
  const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
  return `${counted(entries, 'entry', 'entries')} in ${counted(digests.length, 'collection', 'collections')}`;
}
