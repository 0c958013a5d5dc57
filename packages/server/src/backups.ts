import type { CollectionDigest } from './platform/storage/backup/content-digest.ts';
import {
  type BackupOptions,
  type BackupSummary,
  createBackup as create,
} from './platform/storage/backup/create-backup.ts';
import { readDigests as read } from './platform/storage/backup/read-digests.ts';
import {
  type RestoreOptions,
  type RestoreSummary,
  restoreBackup as restore,
} from './platform/storage/backup/restore-backup.ts';
import { type VerifiedBackup, verifyBackup as verify } from './platform/storage/backup/verify-backup.ts';
import type { StorageLocation } from './platform/storage/storage-location.ts';
import { contentDigests as contents } from './slices/exchange/index.ts';
import { migrations } from './slices.ts';

/** Writes a node's data into a file, with a digest for each collection; see `platform/storage/backup`. */
export function createBackup(options: Omit<BackupOptions, 'contents'>): Promise<BackupSummary> {
  return create({ ...options, contents });
}

/** Says what a backup holds; throws `ArchiveError` unless it is whole and its content fits its digests. */
export function verifyBackup(file: string, signal?: AbortSignal): Promise<VerifiedBackup> {
  return verify({ file, contents, signal });
}

/** Loads a backup into an empty place and compares what came of it. */
export function restoreBackup(
  options: Omit<RestoreOptions, 'contents' | 'migrations' | 'afterLoad'>,
): Promise<RestoreSummary> {
  return restore({ ...options, contents, migrations });
}

/** The digests of what a node holds now; undefined where there is no database. */
export function readDigests(location: StorageLocation): Promise<readonly CollectionDigest[] | undefined> {
  return read(location, contents);
}
