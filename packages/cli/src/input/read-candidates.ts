import type { FromInput, InputFormatName, Loss } from '@belltower/formats';
import { decodeText, guessInputFormat, readStixText } from '@belltower/formats';
import { CommandError } from '../command-error.ts';
import type { InputOptions } from './input-options.ts';
import type { InputOwner } from './read-inputs.ts';
import { convertInput } from './read-inputs.ts';
import { readMispFeed } from './read-misp-feed.ts';
import { readBytes } from './read-source.ts';

/** A file that was read: STIX 2.1 keeps its spelling, a feed of MISP is converted already, everything else will be. */
export type Source = { readonly file: string } & (
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly format: InputFormatName }
  | { readonly kind: 'converted'; readonly converted: FromInput }
);

/** One object of a file. */
export interface Candidate {
  readonly file: string;
  /** Its place among the objects of the file, from 0. */
  readonly index: number;
  readonly text: string;
}

/** What a file holds, and what of it did not come along. */
export interface ReadFile {
  readonly candidates: readonly Candidate[];
  readonly losses: readonly Loss[];
}

const advice = 'Nothing was published.';

/** Reads a file, or the directory of a feed of MISP. Throws CommandError when it cannot be read. */
export async function readSourceFile(file: string, { from }: Pick<InputOptions, 'from'>): Promise<Source> {
  const converted = await readMispFeed(file);
  if (converted !== undefined) return { kind: 'converted', file, converted };
  const bytes = await readBytes(file);
  return { kind: 'file', file, bytes, format: from ?? guessInputFormat(bytes) };
}

/** Whether whose its objects are has to be said, as they are made here. */
export function needsOwner(source: Source): boolean {
  return source.kind === 'file' && source.format !== 'stix';
}

/** The objects of a file: of STIX 2.1 with the texts that they have there. Throws CommandError with the place of what cannot be read. */
export async function readCandidates(source: Source, options: InputOptions & InputOwner): Promise<ReadFile> {
  const { file } = source;
  if (source.kind === 'converted') return written(file, source.converted);
  if (source.format !== 'stix') return written(file, await convertInput(source, { ...options, advice }));
  const decoded = decodeText(source.bytes);
  if (!decoded.ok)
    throw new CommandError(`${file} cannot be used: ${decoded.error.message} (${decoded.error.at})`, {
      advice,
    });
  const read = readStixText(decoded.text);
  if (!read.ok) throw new CommandError(`${file} cannot be used: ${read.message}.`, { advice });
  const candidates = read.items
    .flatMap((item) => (item.kind === 'bundle' ? item.objects : [item.object]))
    .map(({ text }, index) => ({ file, index, text }));
  return { candidates, losses: [] };
}

function written(file: string, { objects, losses }: FromInput): ReadFile {
  const candidates = objects.map((object, index) => ({ file, index, text: JSON.stringify(object) }));
  return { candidates, losses };
}
