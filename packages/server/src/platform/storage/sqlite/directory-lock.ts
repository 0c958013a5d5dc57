import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The data directory belongs to a process that runs, this one included. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
}

/**
 * Makes the directory (mode 0700) and takes it for this process until the lock is disposed of or the process ends, be it by `kill -9`: what is
 * held is a lock of the operating system on `lock.db`, not the file itself. `lock.pid` beside it only serves the message.
 */
export function lockDirectory(directory: string): Disposable {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(directory, 'lock.db'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    const holder = holderOf(directory);
    throw new DirectoryInUseError(
      `The data directory ${directory} is in use by ${holder}. Stop it first, or choose another directory.`,
      { cause },
    );
  }
  writeFileSync(join(directory, 'lock.pid'), `${process.pid}\n`);
  return { [Symbol.dispose]: () => lock.isOpen && lock.close() };
}

/** The files of the lock, for whoever holds it and wants to leave nothing behind. */
export const lockFiles: readonly string[] = ['lock.pid', 'lock.db', 'lock.db-journal'];

/** Who holds a directory, `process 42` for example; undefined when nobody does. Makes nothing. */
export function directoryHolder(directory: string): string | undefined {
  const file = join(directory, 'lock.db');
  if (!existsSync(file)) return undefined;
  using lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive; rollback');
    return undefined;
  } catch {
    return holderOf(directory);
  }
}

function holderOf(directory: string): string {
  try {
    const pid = Number.parseInt(readFileSync(join(directory, 'lock.pid'), 'utf8'), 10);
    return Number.isInteger(pid) ? `process ${pid}` : 'another process';
  } catch {
    return 'another process';
  }
}
