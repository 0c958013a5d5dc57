import type { FromInput, Listed, WarningList } from '@belltower/formats';
import { applyWarningLists, builtInWarningLists, readWarningList } from '@belltower/formats';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { readSource } from './read-source.ts';

/** Which lists indicators are held against, and what becomes of those that a list names. */
export interface WarningOptions {
  readonly warningList?: readonly string[];
  readonly listed?: Listed;
}

/** What `--warning-list` calls the lists that come with the program. */
const builtIn = 'built-in';

/** Adds the options. */
export function withWarningLists(command: Command): Command {
  return command
    .option(
      '--warning-list <file>',
      `a warning list of MISP to hold indicators against, or "${builtIn}": what may never be blocked; several times`,
      (file: string, before: readonly string[] = []) => [...before, file],
    )
    .addOption(
      new Option('--listed <what>', 'what becomes of indicators that a list names')
        .choices(['mark', 'leave-out'])
        .default('mark'),
    );
}

/** Holds objects against the lists that the options name. Throws CommandError for one that cannot be used. */
export async function heldAgainstLists(
  { objects, losses }: FromInput,
  { warningList = [], listed = 'mark' }: WarningOptions,
): Promise<FromInput> {
  if (warningList.length === 0) return { objects, losses };
  const lists = (await Promise.all(warningList.map(readLists))).flat();
  const warned = applyWarningLists(objects, lists, { listed });
  return { objects: warned.objects, losses: [...losses, ...warned.losses] };
}

async function readLists(file: string): Promise<readonly WarningList[]> {
  if (file === builtIn) return builtInWarningLists;
  const read = readWarningList(await readSource(file));
  if (read.ok) return [read.list];
  const { message, at } = read.error;
  throw new CommandError(`${file} cannot be used as a warning list: ${message} (${at})`);
}
