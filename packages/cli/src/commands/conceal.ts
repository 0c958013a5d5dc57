import { randomUUID } from 'node:crypto';
import { formatTimestamp } from '@belltower/stix';
import type { Concealment, LeftOut, Replaced } from '@belltower/telecom';
import { concealObjects, keyToConceal, personalKindTitles } from '@belltower/telecom';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { readKeyRing } from '../files/key-ring-file.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { readObjects } from '../input/read-objects.ts';
import { readable } from '../input/read-source.ts';
import { printable } from '../output/printable.ts';
import { note, printJson, styledForErrors, write } from '../output/terminal.ts';
import { currentMoment } from '../session/moment.ts';
import { teaching, withJson } from './teaching.ts';

interface Options {
  readonly keys?: string;
  readonly as: 'hmac' | 'range';
  readonly out?: string;
  readonly json?: boolean;
}

/** Lines of each kind that a person is shown. */
const shownLines = 10;

/** `belltower conceal FILE…`: exit code 0 when it was written, 2 when a file cannot be used. */
export function concealCommand(): Command {
  const command = teaching('conceal', {
    summary: 'put codes in the place of subscribers, before objects are shared',
    about:
      'Reads STIX objects and writes a bundle in which no subscriber, card or device is named in plain: each becomes a code under a key of your ' +
      'sharing group (hmac), or the network, model or range that it belongs to (range). Patterns ask for that, references lead to it, and the digits ' +
      'are taken out of every text of these objects. A number that stands in a text alone is not found.\n\n' +
      'What was replaced and what could not come along is told on standard error.\n\nExit code: 0 written, 2 a file cannot be used.',
    examples: [
      'conceal report.json --keys ring.json > shared.json',
      'conceal report.json --keys ring.json | belltower publish - --collection fraud',
      'conceal report.json --as range --out shared.json',
    ],
  });
  return withJson(command, 'print {bundle, replaced, leftOut}')
    .argument('<file...>', 'bundles, objects, lists or NDJSON; - is standard input')
    .option('--keys <file>', 'the file of keys, see "belltower key"')
    .addOption(new Option('--as <form>', 'how they travel').choices(['hmac', 'range']).default('hmac'))
    .option('--out <file>', 'write there and not to standard output')
    .action(async (files: readonly string[], { keys, as, out, json }: Options) => {
      const how = as === 'range' ? ({ as } as const) : await withKey(keys);
      const objects = (await Promise.all(files.map(readObjects))).flat();
      const concealed = concealObjects(objects, how);
      const { replaced, leftOut } = concealed;
      const bundle = { type: 'bundle', id: `bundle--${randomUUID()}`, objects: concealed.objects };
      if (json === true) return printJson({ bundle, replaced, leftOut });
      const text = `${JSON.stringify(bundle, undefined, 2)}\n`;
      if (out === undefined) await write(text);
      else await writeOut(out, text);
      tell(replaced, leftOut);
    });
}

async function withKey(file: string | undefined): Promise<Concealment> {
  if (file === undefined)
    throw new CommandError('Codes need a key.', {
      advice: 'Give --keys, or --as range for networks, models and ranges.',
    });
  const now = currentMoment();
  const key = keyToConceal(await readKeyRing(file), now);
  if (key !== undefined) return { as: 'hmac', key };
  throw new CommandError(`No key in ${file} holds now, ${formatTimestamp(now)}.`, {
    advice: '"belltower key list" shows when they do, "belltower key create" makes one.',
  });
}

async function writeOut(file: string, text: string): Promise<void> {
  try {
    await writeAtomically(file, text);
  } catch (cause) {
    throw new CommandError(`${file} cannot be written: ${readable(cause)}.`, { cause });
  }
}

function tell(replaced: readonly Replaced[], leftOut: readonly LeftOut[]): void {
  const lines = replaced.map(
    ({ at, path, kind }) =>
      `${styledForErrors('green', 'replaced')} ${personalKindTitles[kind]} at ${printable(path)} of ${printable(at)}`,
  );
  const losses = leftOut.map(
    ({ at, what, why }) =>
      `${styledForErrors('yellow', 'left out')} ${printable(what)} of ${printable(at)}: ${printable(why)}`,
  );
  for (const each of [lines, losses]) {
    for (const line of each.slice(0, shownLines)) note(line);
    if (each.length > shownLines) note(`and ${each.length - shownLines} more (--json tells all).`);
  }
  if (lines.length === 0) note('Nobody was named in plain.');
}
