import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory for a node's data; `remove` deletes it when it was made for this run only. */
export interface DataDirectory {
  readonly path: string;
  remove(): Promise<void>;
}

/** The given directory, kept; or a temporary one that goes with the run. */
export async function dataDirectory(given: string | undefined): Promise<DataDirectory> {
  if (given !== undefined) return { path: given, remove: async () => {} };
  const path = await mkdtemp(join(tmpdir(), 'belltower-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
