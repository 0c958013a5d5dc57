import { readStixText } from '@belltower/formats';
import type { JsonObject } from '@belltower/stix';
import { isJsonObject } from '@belltower/stix';
import { CommandError } from '../command-error.ts';
import { readSource } from './read-source.ts';

/** The STIX objects of a file, parsed. Throws CommandError where it has none that can be read. */
export async function readObjects(file: string): Promise<readonly JsonObject[]> {
  const read = readStixText(await readSource(file));
  if (!read.ok) throw new CommandError(`${file} cannot be used: ${read.message}.`);
  return read.items
    .flatMap((item) => (item.kind === 'bundle' ? item.objects : [item.object]))
    .map(({ value }) => value)
    .filter(isJsonObject);
}
