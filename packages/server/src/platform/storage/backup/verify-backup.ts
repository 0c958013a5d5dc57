import { ArchiveError, type ArchiveHeader } from './archive-format.ts';
import { readArchive } from './read-archive.ts';

/** Reads a backup to its end and keeps nothing; throws `ArchiveError` unless it is complete and unaltered. */
export async function verifyBackup(
  file: string,
): Promise<{ readonly header: ArchiveHeader; readonly rows: number }> {
  let header: ArchiveHeader | undefined;
  let rows = 0;
  for await (const piece of readArchive(file)) {
    if (piece.kind === 'header') header = piece.header;
    else rows += piece.rows.length;
  }
  if (header === undefined) throw new ArchiveError('The backup is empty');
  return { header, rows };
}
