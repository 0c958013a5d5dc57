import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { FromInput, InputAbout, InputFormatName, ReadInput } from '@belltower/formats';
import { fromPdfText, guessInputFormat, readInput } from '@belltower/formats';
import { formatTimestamp, toMicroseconds } from '@belltower/stix';
import { CommandError } from '../command-error.ts';
import type { InputOptions } from './input-options.ts';
import { readMispFeed } from './read-misp-feed.ts';
import { readPdf } from './read-pdf.ts';
import { readBytes, standardInput, timeOfSource } from './read-source.ts';

/** Whose the objects are that are made. */
export interface InputOwner {
  readonly creator?: string | undefined;
  readonly secret?: string | undefined;
}

/** A file, and what it is. */
export interface InputFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly format: InputFormatName;
}

type Conversion = InputOptions & InputOwner & { readonly advice?: string };

/** Reads a file in any format that comes in, or the directory of a feed of MISP. Throws CommandError with the place of what cannot be read. */
export async function readInputFile(file: string, options: Conversion): Promise<FromInput> {
  const feed = await readMispFeed(file);
  if (feed !== undefined) return feed;
  const bytes = await readBytes(file);
  return convertInput({ file, bytes, format: options.from ?? guessInputFormat(bytes) }, options);
}

/**
 * Makes STIX 2.1 of a file. What has no time of its own has that of the file, so that the same file makes the same objects each
 * time. Throws CommandError with the place of what cannot be read.
 */
export async function convertInput(
  { file, bytes, format }: InputFile,
  { advice, ...options }: Conversion,
): Promise<FromInput> {
  const about: InputAbout = {
    now: formatTimestamp(toMicroseconds((await timeOfSource(file)) * 1_000)),
    uuid: randomUUID,
    name: options.name ?? (file === standardInput ? undefined : basename(file)),
    creator: options.creator,
    secret: options.secret,
    tlp: options.tlp,
    columns: options.map,
    sure: options.sure,
  };
  const read = format === 'pdf' ? await readPdfInput(bytes, about) : await readInput(format, bytes, about);
  if (read.ok) return read.value;
  const { message, at } = read.error;
  throw new CommandError(`${file} cannot be read as ${format}: ${message} (${at})`, { advice });
}

async function readPdfInput(bytes: Uint8Array, about: InputAbout): Promise<ReadInput> {
  const read = await readPdf(bytes);
  return read.ok ? fromPdfText(read.value, about) : read;
}
