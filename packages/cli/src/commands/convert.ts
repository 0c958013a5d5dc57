import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Loss, WrittenFile } from '@belltower/formats';
import {
  fromMisp,
  fromStix20,
  isOutputFormat,
  isStix20,
  outputFormatNames,
  outputFormats,
  readStixText,
} from '@belltower/formats';
import { formatTimestamp, toMicroseconds } from '@belltower/stix';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { readable, readSource } from '../input/read-source.ts';
import { printable } from '../output/printable.ts';
import { note, printJson, styledForErrors, write } from '../output/terminal.ts';
import { teaching, withJson } from './teaching.ts';

interface Options {
  readonly from?: string;
  readonly to: string;
  readonly json?: boolean;
  readonly out?: string;
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
    summary: 'turn STIX and MISP into each other, and into rules and lists for other systems',
    about:
      'Reads STIX 2.1 and 2.0 or events of MISP, and writes them in another format: STIX, MISP, or rules and lists for firewalls, resolvers, ' +
      'sensors and SIEMs. What the other side cannot hold, and what is revoked or expired, is told on standard error.\n\n' +
      `Exit code: 0 written, also where nothing was left to be written, 2 a file cannot be used.\n\nFormats:\n${formats}`,
    examples: [
      'convert --from misp --to stix event.json > bundle.json',
      'convert --to rpz report.json > rpz.zone',
      'pull --collection fraud | belltower convert --to firewall-csv -',
      'convert --to suricata --out rules bundle.json',
    ],
  });
  return withJson(command, 'print {text, files, count, losses}')
    .argument('<file...>', 'files, or - for standard input')
    .addOption(
      new Option('--from <format>', 'what the files are; found out where it is not said').choices([
        'stix',
        'misp',
      ]),
    )
    .requiredOption('--to <format>', `one of ${outputFormatNames.join(', ')}`)
    .option('--out <directory>', 'write files there: some formats have several that belong together')
    .option('--quiet', 'tell nothing of what was left out')
    .action(async (files: readonly string[], { from, to, json, out, quiet }: Options) => {
      if (!isOutputFormat(to))
        throw new CommandError(`There is no format "${to}"; there are ${outputFormatNames.join(', ')}.`);
      const objects: Json[] = [];
      const losses: Loss[] = [];
      for (const file of files) {
        const text = await readSource(file);
        const read = (from ?? guess(text)) === 'misp' ? readMisp(file, text) : readStix(file, text);
        for (const object of read.objects) objects.push(object);
        for (const loss of read.losses) losses.push(loss);
      }
      const milliseconds = Date.now();
      const now = formatTimestamp(toMicroseconds(milliseconds * 1_000));
      const written = outputFormats[to].write(objects, {
        now,
        serial: Math.floor(milliseconds / 1_000),
        uuid: randomUUID(),
        files: out !== undefined || json === true,
      });
      losses.push(...written.losses);
      if (out !== undefined) await writeFiles(out, { name: outputFormats[to].file, ...written });
      if (json === true) return printJson({ ...written, losses });
      if (out === undefined) await write(written.text);
      if (quiet !== true) tellLosses(losses);
    });
}

type Json = Readonly<Record<string, unknown>>;

interface Converted {
  readonly objects: readonly Json[];
  readonly losses: readonly Loss[];
}

/** Events of MISP have no `type` and begin with their wrapping. */
function guess(text: string): 'misp' | 'stix' {
  return /^\s*(?:\[\s*)?\{\s*"(?:response|Event)"/.test(text.slice(0, 1_000)) ? 'misp' : 'stix';
}

function readMisp(file: string, text: string): Converted {
  const converted = fromMisp(text);
  if (converted.ok) return converted.value;
  const { message, at } = converted.error;
  throw new CommandError(`${file} cannot be used: ${message} (${at})`);
}

/** STIX 2.1 as it is, bundles of STIX 2.0 as STIX 2.1. */
function readStix(file: string, text: string): Converted {
  const read = readStixText(text);
  if (!read.ok) throw new CommandError(`${file} cannot be used: ${read.message}.`);
  const parts = read.items.map((item): Converted => {
    if (item.kind === 'object') return { objects: [item.object.value].filter(isJsonObject), losses: [] };
    const objects = item.objects.map(({ value }) => value).filter(isJsonObject);
    return isStix20(item.value) ? fromStix20(objects, { uuid: randomUUID }) : { objects, losses: [] };
  });
  return { objects: parts.flatMap(({ objects }) => objects), losses: parts.flatMap(({ losses }) => losses) };
}

/** What the main file refers to is there before it is. */
async function writeFiles(
  directory: string,
  { files = [], ...main }: WrittenFile & { readonly files?: readonly WrittenFile[] },
): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    for (const { name, text } of [...files, main])
      await writeAtomically(join(directory, basename(name)), text);
  } catch (cause) {
    throw new CommandError(`Nothing can be written to ${directory}: ${readable(cause)}.`, { cause });
  }
}

function isJsonObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tellLosses(losses: readonly Loss[]): void {
  for (const { at, what, why } of losses.slice(0, shownLosses))
    note(
      `${styledForErrors('yellow', 'left out')} ${printable(what)} of ${printable(at)}: ${printable(why)}`,
    );
  if (losses.length > shownLosses) note(`and ${losses.length - shownLosses} more (--json tells all).`);
}
