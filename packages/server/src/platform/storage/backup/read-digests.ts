import { openReadOnly } from '../open-read-only.ts';
import type { StorageLocation } from '../storage-location.ts';
import type { CollectionDigest, ContentDigests } from './content-digest.ts';

/**
 * The digests of what a database holds at one moment, also while a node works on it. Undefined where there is no
 * database.
 */
export async function readDigests(
  location: StorageLocation,
  contents: ContentDigests,
): Promise<readonly CollectionDigest[] | undefined> {
  await using database = await openReadOnly(location);
  return await database?.read
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((snapshot) => contents.read(snapshot));
}
