import type { Loss } from '@belltower/formats';
import { isOutputFormat, outputFormatNames, outputFormats, readIndicators } from '@belltower/formats';
import { formatTimestamp, toMicroseconds } from '@belltower/stix';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { readSource } from '../input/read-source.ts';
import { readStixText } from '../input/read-stix-text.ts';
import { printable } from '../output/printable.ts';
import { note, printJson, styledForErrors, write } from '../output/terminal.ts';
import { teaching, withJson } from './teaching.ts';

interface Options {
  readonly to: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Losses that a person is shown one by one. */
const shownLosses = 10;

/** `belltower convert --to FORMAT FILE…`: exit code 0 when it was written, 2 when a file cannot be used. */
export function convertCommand(): Command {
  const formats = outputFormatNames
    .map((name) => `  ${name.padEnd(15)} ${outputFormats[name].says}`)
    .join('\n');
  const command = teaching('convert', {
    summary: 'write indicators as rules and lists for other systems',
    about:
      'Writes the STIX indicators of files, or of standard input, as rules and lists for firewalls, resolvers, sensors and SIEMs. What the ' +
      `other side cannot hold, and what is revoked or expired, is told on standard error.\n\nFormats:\n${formats}`,
    examples: [
      'convert --to rpz report.json > rpz.zone',
      'pull --collection fraud | belltower convert --to firewall-csv -',
    ],
  });
  return withJson(command, 'print {text, count, losses}')
    .argument('<file...>', 'files, or - for standard input')
    .requiredOption('--to <format>', `one of ${outputFormatNames.join(', ')}`)
    .option('--quiet', 'tell nothing of what was left out')
    .action(async (files: readonly string[], { to, json, quiet }: Options) => {
      if (!isOutputFormat(to))
        throw new CommandError(`There is no format "${to}"; there are ${outputFormatNames.join(', ')}.`);
      const objects: unknown[] = [];
      for (const file of files)
        for (const object of objectsOf(file, await readSource(file))) objects.push(object);
      const milliseconds = Date.now();
      const read = readIndicators(objects, { now: formatTimestamp(toMicroseconds(milliseconds * 1_000)) });
      const written = outputFormats[to].write(read.indicators, { serial: Math.floor(milliseconds / 1_000) });
      const losses = [...read.losses, ...written.losses];
      if (json === true) return printJson({ ...written, losses });
      await write(written.text);
      if (quiet !== true) tellLosses(losses);
    });
}

function objectsOf(file: string, text: string): readonly unknown[] {
  const read = readStixText(text);
  if (!read.ok) throw new CommandError(`${file} cannot be used: ${read.message}.`);
  return read.items.flatMap((item) =>
    item.kind === 'bundle' ? item.objects.map(({ value }) => value) : [item.object.value],
  );
}

function tellLosses(losses: readonly Loss[]): void {
  for (const { at, what, why } of losses.slice(0, shownLosses))
    note(
      `${styledForErrors('yellow', 'left out')} ${printable(what)} of ${printable(at)}: ${printable(why)}`,
    );
  if (losses.length > shownLosses) note(`and ${losses.length - shownLosses} more (--json tells all).`);
}
