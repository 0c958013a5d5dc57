import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { CommandError } from '../command-error.ts';
import { readable } from '../input/read-source.ts';
import { writeAtomically } from './write-atomically.ts';

/** What a cursor belongs to: the node, the collections, the filters. JSON. */
export type CursorOwner = Readonly<Record<string, unknown>>;

/** Remembers between runs how far a reader has come. */
export interface CursorFile<Cursor> {
  /** What the last run left; undefined at the first. */
  readonly last: Cursor | undefined;
  /** Replaces what the file says, whole or not at all. */
  save(cursor: Cursor): Promise<void>;
}

/**
 * Opens a cursor file. Throws CommandError for one of another reader: going on from there would skip what it has not
 * read.
 */
export async function openCursorFile<Cursor>(
  file: string,
  owner: CursorOwner,
  read: (value: unknown) => Cursor | undefined,
): Promise<CursorFile<Cursor>> {
  const kept = await readKept(file);
  // Through JSON, so that what is undefined here and missing there is the same.
  const own: unknown = JSON.parse(JSON.stringify(owner));
  if (kept !== undefined && !isDeepStrictEqual(kept.of, own)) {
    throw new CommandError(`The cursor file ${file} belongs to something else: ${JSON.stringify(kept.of)}.`, {
      advice: 'Use one cursor file for each node, collection and filter.',
    });
  }
  const last = kept === undefined ? undefined : read(kept.cursor);
  if (kept !== undefined && last === undefined) throw damaged(file);
  return {
    last,
    async save(cursor) {
      try {
        await writeAtomically(file, `${JSON.stringify({ of: own, cursor }, undefined, 2)}\n`);
      } catch (cause) {
        throw new CommandError(`The cursor file ${file} cannot be written: ${readable(cause)}.`, { cause });
      }
    },
  };
}

async function readKept(
  file: string,
): Promise<{ readonly of: unknown; readonly cursor: unknown } | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && Reflect.get(cause, 'code') === 'ENOENT') return undefined;
    throw new CommandError(`The cursor file ${file} cannot be read: ${readable(cause)}.`, { cause });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'of' in value && 'cursor' in value) return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw damaged(file);
}

function damaged(file: string): CommandError {
  return new CommandError(`${file} is not a cursor file.`, {
    advice: 'Name another, or remove it to begin from the start.',
  });
}
