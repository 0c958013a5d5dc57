import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Puts a whole file in place, or leaves what was there: it is written beside the old one, synced, and renamed. A crash
 * leaves no half file under its name.
 */
export async function writeAtomically(file: string, text: string, mode = 0o666): Promise<void> {
  await using pending = await openAtomically(file, mode);
  await pending.write(text);
  await pending.commit();
}

/** A file that is not there before `commit`, and never if that is not reached. */
export interface PendingFile extends AsyncDisposable {
  write(text: string): Promise<void>;
  commit(): Promise<void>;
}

export async function openAtomically(file: string, mode = 0o666): Promise<PendingFile> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  const handle = await open(temporary, 'wx', mode);
  let done = false;
  return {
    async write(text) {
      await handle.writeFile(text);
    },
    async commit() {
      await handle.sync();
      await handle.close();
      done = true;
      await rename(temporary, file);
    },
    async [Symbol.asyncDispose]() {
      if (done) return;
      await handle.close();
      await rm(temporary, { force: true });
    },
  };
}
