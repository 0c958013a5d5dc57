import { readFile, stat } from 'node:fs/promises';
import type { KeyRing } from '@belltower/telecom';
import { parseKeyRing, printKeyRing } from '@belltower/telecom';
import { CommandError } from '../command-error.ts';
import { readable } from '../input/read-source.ts';
import { note } from '../output/terminal.ts';
import { writeAtomically } from './write-atomically.ts';

/** The keys of a sharing group; undefined where there is no such file. Throws CommandError for one that cannot be used. */
export async function findKeyRing(file: string): Promise<KeyRing | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
    if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0)
      note(`belltower: ${file} holds secrets and can be read by others; "chmod 600 ${file}" mends that.`);
  } catch (cause) {
    if (cause instanceof Error && Reflect.get(cause, 'code') === 'ENOENT') return undefined;
    throw new CommandError(`The keys in ${file} cannot be read: ${readable(cause)}.`, { cause });
  }
  const ring = parseKeyRing(text);
  if (ring.ok) return ring.value;
  throw new CommandError(`The keys in ${file} cannot be used: ${ring.reason}`);
}

/** The same where the file has to be there. */
export async function readKeyRing(file: string): Promise<KeyRing> {
  const ring = await findKeyRing(file);
  if (ring !== undefined) return ring;
  throw new CommandError(`There is no file ${file}.`, {
    advice: 'Make one with "belltower key create", or ask the others of your group for theirs.',
  });
}

/** Keeps keys where only their owner can read them. */
export async function writeKeyRing(file: string, ring: KeyRing): Promise<void> {
  try {
    await writeAtomically(file, printKeyRing(ring), 0o600);
  } catch (cause) {
    throw new CommandError(`The keys cannot be written to ${file}: ${readable(cause)}.`, { cause });
  }
}
