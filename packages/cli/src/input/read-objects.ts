import { readStixText } from '@belltower/formats';
import { CommandError } from '../command-error.ts';
import { readSource } from './read-source.ts';

type Json = Readonly<Record<string, unknown>>;

/** The STIX objects of a file, parsed. Throws CommandError where it has none that can be read. */
export async function readObjects(file: string): Promise<readonly Json[]> {
  const read = readStixText(await readSource(file));
  if (!read.ok) throw new CommandError(`${file} cannot be used: ${read.message}.`);
  return read.items
    .flatMap((item) => (item.kind === 'bundle' ? item.objects : [item.object]))
    .map(({ value }) => value)
    .filter(isJsonObject);
}

function isJsonObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
