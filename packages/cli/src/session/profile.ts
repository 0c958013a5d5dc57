import { mkdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { readable } from '../input/read-source.ts';
import { note } from '../output/terminal.ts';

/** The node that somebody works with, and their token there. */
export interface Profile {
  readonly server: string;
  readonly token: string;
}

/** `BELLTOWER_PROFILE`, or `belltower/profile.json` in the user's configuration directory. */
export function profileFile(variables: NodeJS.ProcessEnv = process.env): string {
  const { BELLTOWER_PROFILE: given, XDG_CONFIG_HOME: configured } = variables;
  if (given !== undefined && given !== '') return given;
  const directory = configured === undefined || configured === '' ? join(homedir(), '.config') : configured;
  return join(directory, 'belltower', 'profile.json');
}

/** Undefined where there is none. Throws CommandError for one that cannot be read; `tell` hears of one that others can read. */
export async function readProfile(
  file = profileFile(),
  tell: (line: string) => void = note,
): Promise<Profile | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
    if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) {
      tell(`belltower: ${file} holds a token and can be read by others; "chmod 600 ${file}" mends that.`);
    }
  } catch (cause) {
    if (cause instanceof Error && Reflect.get(cause, 'code') === 'ENOENT') return undefined;
    throw new CommandError(`The profile ${file} cannot be read: ${readable(cause)}.`, { cause });
  }
  const profile = parse(text);
  if (profile !== undefined) return profile;
  throw new CommandError(`The profile ${file} is damaged.`, {
    advice: 'Write it anew with "belltower login".',
  });
}

/** Keeps a profile where only its owner can read it. */
export async function writeProfile(profile: Profile, file = profileFile()): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeAtomically(file, `${JSON.stringify(profile, undefined, 2)}\n`, 0o600);
  } catch (cause) {
    throw new CommandError(`The profile ${file} cannot be written: ${readable(cause)}.`, { cause });
  }
}

function parse(text: string): Profile | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const server: unknown = Reflect.get(value, 'server');
    const token: unknown = Reflect.get(value, 'token');
    return typeof server === 'string' && typeof token === 'string' ? { server, token } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
