import { readFile, stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { CommandError } from '../command-error.ts';

/** What errors and rows call standard input. */
export const standardInput = '-';

/** The text of a file, or of standard input for `-`. Throws CommandError when it cannot be read or is not UTF-8. */
export async function readSource(file: string): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CommandError(`${file} is not UTF-8 text.`, { cause });
  }
}

/** The octets of a file, or of standard input for `-`. Throws CommandError when it cannot be read. */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return file === standardInput ? await buffer(process.stdin) : await readFile(file);
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: ${readable(cause)}.`, { cause });
  }
}

/** When a file was last written, in milliseconds since 1970; now, for standard input. */
export async function timeOfSource(file: string): Promise<number> {
  if (file === standardInput) return Date.now();
  try {
    return Math.min(Date.now(), Math.floor((await stat(file)).mtimeMs));
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: ${readable(cause)}.`, { cause });
  }
}

/** An error of the file system in words. */
export function readable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code: unknown = Reflect.get(error, 'code');
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a directory';
    case 'ENOTDIR':
      return 'a part of the path is no directory';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return error.message;
  }
}
