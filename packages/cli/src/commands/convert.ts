import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Loss, WrittenFile } from '@belltower/formats';
import { isOutputFormat, outputFormatNames, outputFormats } from '@belltower/formats';
import type { JsonObject } from '@belltower/stix';
import { formatTimestamp, isStixId, toMicroseconds } from '@belltower/stix';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { type InputOptions, inputFormatLines, withInputs } from '../input/input-options.ts';
import { readInputFile } from '../input/read-inputs.ts';
import { readable } from '../input/read-source.ts';
import { heldAgainstLists, type WarningOptions, withWarningLists } from '../input/warning-lists.ts';
import { tellLosses } from '../output/tell-losses.ts';
import { printJson, write } from '../output/terminal.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends InputOptions, WarningOptions {
  readonly creator?: string;
  readonly to: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly quiet?: boolean;
}

/** `belltower convert --to FORMAT FILE…`: exit code 0 when it was written, 2 when a file cannot be used. */
export function convertCommand(): Command {
  const formats = outputFormatNames
    .map((name) => `  ${name.padEnd(15)} ${outputFormats[name].says}`)
    .join('\n');
  const command = teaching('convert', {
    summary: 'turn what you have into STIX, MISP, and rules and lists for other systems',
    about:
      'Reads STIX, events of MISP, lists (CSV), texts and PDFs, and writes them in another format: STIX, MISP, or rules and lists for firewalls, resolvers, ' +
      'sensors and SIEMs. What the other side cannot hold, and what is revoked or expired, is told on standard error.\n\n' +
      `Exit code: 0 written, also where nothing was left to be written, 2 a file cannot be used.\n\nFrom:\n${inputFormatLines()}\n\nTo:\n${formats}`,
    examples: [
      'convert --from misp --to stix event.json > bundle.json',
      'convert --to stix --tlp amber --map 1=msisdn numbers.csv > bundle.json',
      'convert --to rpz report.pdf > rpz.zone',
      'pull --collection fraud | belltower convert --to firewall-csv -',
      'convert --to suricata --out rules bundle.json',
      'convert --to nftables --warning-list built-in --listed leave-out report.pdf',
    ],
  });
  return withWarningLists(withInputs(withJson(command, 'print {text, files, count, losses}')))
    .argument('<file...>', 'files, or - for standard input')
    .requiredOption('--to <format>', `one of ${outputFormatNames.join(', ')}`)
    .option('--out <directory>', 'write files there: some formats have several that belong together')
    .option('--creator <id>', 'STIX id of the identity whose objects these are, where nothing says so')
    .option('--quiet', 'tell nothing of what was left out')
    .action(async (files: readonly string[], { to, json, out, quiet, ...options }: Options) => {
      if (!isOutputFormat(to))
        throw new CommandError(`There is no format "${to}"; there are ${outputFormatNames.join(', ')}.`);
      const given: JsonObject[] = [];
      const toldBefore: Loss[] = [];
      if (options.creator !== undefined && !isIdentityId(options.creator))
        throw new CommandError(`"${options.creator}" is no id of an identity.`);
      for (const file of files) {
        const read = await readInputFile(file, options);
        for (const object of read.objects) given.push(object);
        for (const loss of read.losses) toldBefore.push(loss);
      }
      const { objects, losses: toldSoFar } = await heldAgainstLists(
        { objects: given, losses: toldBefore },
        options,
      );
      const milliseconds = Date.now();
      const now = formatTimestamp(toMicroseconds(milliseconds * 1_000));
      const written = outputFormats[to].write(objects, {
        now,
        serial: Math.floor(milliseconds / 1_000),
        uuid: randomUUID(),
        files: out !== undefined || json === true,
      });
      const losses = [...toldSoFar, ...written.losses];
      if (out !== undefined) await writeFiles(out, { name: outputFormats[to].file, ...written });
      if (json === true) return printJson({ ...written, losses });
      if (out === undefined) await write(written.text);
      if (quiet !== true) tellLosses(losses);
    });
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

function isIdentityId(text: string): boolean {
  return isStixId(text) && text.startsWith('identity--');
}
