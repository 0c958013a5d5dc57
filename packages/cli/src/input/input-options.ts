import { type InputFormatName, inputFormatNames, inputFormats } from '@belltower/formats';
import type { TlpLevel } from '@belltower/stix';
import { tlpLevels } from '@belltower/stix';
import { type Command, Option } from 'commander';

/** What a command may be told of files in other formats. */
export interface InputOptions {
  readonly from?: InputFormatName;
  readonly map?: readonly string[];
  readonly name?: string;
  readonly tlp?: TlpLevel;
  readonly sure?: boolean;
}

/** Adds the options. */
export function withInputs(command: Command): Command {
  return command
    .addOption(
      new Option('--from <format>', 'what the files are; found out where it is not said').choices([
        ...inputFormatNames,
      ]),
    )
    .option(
      '--map <column=role>',
      'what a column of a CSV is, the column by heading or number; may be given several times',
      (pair: string, before: readonly string[] = []) => [...before, pair],
    )
    .option('--name <name>', 'what a list or a text is called, which its objects are told apart by')
    .addOption(new Option('--tlp <level>', 'the marking of what has none of its own').choices([...tlpLevels]))
    .option('--sure', 'leave out of lists and texts what may not be what it seems');
}

/** The formats, a line each, for a help text. */
export function inputFormatLines(): string {
  return inputFormatNames.map((name) => `  ${name.padEnd(15)} ${inputFormats[name].says}`).join('\n');
}
