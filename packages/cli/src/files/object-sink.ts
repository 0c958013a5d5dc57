import { randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ObjectText } from '@belltower/stix';
import { isStixId, isTimestamp } from '@belltower/stix';
import { CommandError } from '../command-error.ts';
import { readable } from '../input/read-source.ts';
import { write } from '../output/terminal.ts';
import { openAtomically, writeAtomically } from './write-atomically.ts';

/** Where pulled objects go. */
export interface ObjectSink extends AsyncDisposable {
  /** Objects that `add` was given are in place when it resolves; otherwise only after `finish`. */
  readonly durable: boolean;
  add(objects: readonly ObjectText[]): Promise<void>;
  finish(): Promise<void>;
}

export interface SinkOptions {
  /** A file, a directory (it exists, or ends with a slash), or undefined for standard output. */
  readonly out: string | undefined;
  readonly ndjson: boolean;
  /** Names of files in a directory tell versions apart. */
  readonly allVersions: boolean;
}

export async function openSink({ out, ndjson, allVersions }: SinkOptions): Promise<ObjectSink> {
  if (out === undefined)
    return ndjson ? lineSink(write) : bundleSink({ write, commit: async () => undefined });
  if (await isDirectory(out)) return directorySink(out, allVersions);
  if (ndjson) return fileLineSink(out);
  const pending = await openAtomically(out).catch(cannotWrite(out));
  return { ...bundleSink(pending), [Symbol.asyncDispose]: () => pending[Symbol.asyncDispose]() };
}

function cannotWrite(file: string): (cause: unknown) => never {
  return (cause) => {
    const missing = cause instanceof Error && Reflect.get(cause, 'code') === 'ENOENT';
    const reason = missing ? `there is no directory ${dirname(file)}` : readable(cause);
    throw new CommandError(`${file} cannot be written: ${reason}.`, { cause });
  };
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined && path.endsWith('/')) {
    throw new CommandError(`There is no directory ${path}.`, { advice: `Make it with "mkdir -p ${path}".` });
  }
  return found?.isDirectory() ?? false;
}

/** A bundle (STIX 2.1 §8) that is complete only with its last bracket. */
function bundleSink({
  write: put,
  commit,
}: {
  readonly write: (text: string) => Promise<void>;
  readonly commit: () => Promise<void>;
}): ObjectSink {
  const head = `{"type":"bundle","id":"bundle--${randomUUID()}"`;
  let begun = false;
  return {
    durable: false,
    async add(objects) {
      if (objects.length === 0) return;
      const texts = objects.map(({ text }) => text).join(',\n');
      await put(begun ? `,\n${texts}` : `${head},"objects":[\n${texts}`);
      begun = true;
    },
    async finish() {
      // A list in STIX is never empty (STIX 2.1 §2.10).
      await put(begun ? '\n]}\n' : `${head}}\n`);
      await commit();
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function lineSink(put: (text: string) => Promise<void>): ObjectSink {
  return {
    durable: true,
    async add(objects) {
      if (objects.length > 0) await put(objects.map(({ text }) => `${oneLine(text)}\n`).join(''));
    },
    finish: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function fileLineSink(file: string): Promise<ObjectSink> {
  const handle = await open(file, 'a').catch(cannotWrite(file));
  const sink = lineSink(async (text) => {
    await handle.appendFile(text);
    await handle.sync();
  });
  return { ...sink, [Symbol.asyncDispose]: () => handle.close() };
}

function directorySink(directory: string, allVersions: boolean): ObjectSink {
  return {
    durable: true,
    async add(objects) {
      for (const object of objects) {
        await writeAtomically(join(directory, fileName(object, allVersions)), `${object.text}\n`);
      }
    },
    finish: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** What a server sends must not lead out of the directory. */
function fileName({ value }: ObjectText, allVersions: boolean): string {
  const get = (key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const id = get('id');
  if (typeof id !== 'string' || !isStixId(id) || id.length > 250) {
    throw new CommandError(`The node sent an object whose id is none: ${JSON.stringify(id)?.slice(0, 80)}`);
  }
  const version = get('modified');
  if (!allVersions || typeof version !== 'string' || !isTimestamp(version)) return `${id}.json`;
  return `${id}_${version.replaceAll(':', '')}.json`;
}

/** A JSON text has line breaks between tokens only. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
