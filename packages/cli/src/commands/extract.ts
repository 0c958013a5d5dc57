import type { Found } from '@belltower/formats';
import { extract } from '@belltower/formats';
import type { Command } from 'commander';
import { exitCodes } from '../command-error.ts';
import { readSource } from '../input/read-source.ts';
import { printTable } from '../output/table.ts';
import { note, printJson } from '../output/terminal.ts';
import { teaching, withJson } from './teaching.ts';

interface Options {
  readonly json?: boolean;
  readonly sure?: boolean;
}

/** `belltower extract FILE`: exit code 0 when something was found, 1 when nothing was. */
export function extractCommand(): Command {
  const command = teaching('extract', {
    summary: 'find addresses, hashes, techniques and telecom identifiers in a text',
    about:
      'Finds addresses, domains, URLs, hashes, CVEs, techniques of ATT&CK, FiGHT and MoTIF, and telecom identifiers in a text, also ' +
      'where they are written as hxxps[:]//example[.]com, and says where each stands. - is standard input.\n\n' +
      'Exit code: 0 something was found, 1 nothing was, 2 the file cannot be used.',
    examples: ['extract report.txt', 'extract --sure --json - < mail.txt'],
  });
  return withJson(command, 'print {found: [{kind, value, doubts, places}], leftOut}')
    .argument('<file>', 'a text, or - for standard input')
    .option('--sure', 'leave out what is doubtful')
    .action(async (file: string, { json, sure }: Options) => {
      const { found, leftOut } = extract(await readSource(file));
      const kept = sure === true ? found.filter(isSure) : found;
      if (json === true) await printJson({ found: kept, leftOut });
      else
        await printTable(
          kept,
          [
            ['KIND', ({ kind }) => kind],
            ['VALUE', ({ value }) => value],
            [
              'AT',
              ({ places }) =>
                places
                  .slice(0, 3)
                  .map(({ line, column }) => `${line}:${column}`)
                  .join(' '),
            ],
            ['DOUBTS', ({ doubts }) => doubts.map(({ code }) => code).join(', ')],
          ],
          'Nothing that is known here stands in this text.',
        );
      if (leftOut > 0) note(`${leftOut} more values are left out.`);
      if (kept.length === 0) process.exitCode = exitCodes.no;
    });
}

/** That a number identifies a person is no doubt about what it is. */
function isSure({ doubts }: Found): boolean {
  return doubts.every(({ code }) => code === 'identifies-a-person' || code === 'temporary');
}
