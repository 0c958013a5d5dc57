import { ArchiveError, type ArchiveHeader } from './archive-format.ts';
import type { CollectionDigest, ContentDigests } from './content-digest.ts';
import { readArchive } from './read-archive.ts';

/** What a backup holds. */
export interface VerifiedBackup {
  readonly header: ArchiveHeader;
  readonly rows: number;
  /** Undefined: an older program made it, which computed none. */
  readonly digests: readonly CollectionDigest[] | undefined;
}

/**
 * Reads a backup to its end and keeps nothing; throws `ArchiveError` unless it is complete and unaltered, and the content of each
 * collection fits its digest.
 */
export async function verifyBackup({
  file,
  contents,
  signal,
}: {
  readonly file: string;
  readonly contents: ContentDigests;
  readonly signal?: AbortSignal | undefined;
}): Promise<VerifiedBackup> {
  let header: ArchiveHeader | undefined;
  let digests: readonly CollectionDigest[] | undefined;
  let rows = 0;
  for await (const piece of readArchive(file, contents)) {
    signal?.throwIfAborted();
    switch (piece.kind) {
      case 'header':
        header = piece.header;
        break;
      case 'rows':
        rows += piece.rows.length;
        break;
      case 'digests':
        digests = piece.digests;
    }
  }
  if (header === undefined) throw new ArchiveError('The backup is empty');
  return { header, rows, digests };
}
