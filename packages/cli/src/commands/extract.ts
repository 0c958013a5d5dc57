import type { Found, FoundPlace } from '@belltower/formats';
import { decodeText, extract, isPdf, placeOnPage } from '@belltower/formats';
import type { Command } from 'commander';
import { CommandError, exitCodes } from '../command-error.ts';
import { readPdf } from '../input/read-pdf.ts';
import { readBytes } from '../input/read-source.ts';
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
    summary: 'find addresses, hashes, techniques and telecom identifiers in a text or a PDF',
    about:
      'Finds addresses, domains, URLs, hashes, CVEs, techniques of ATT&CK, FiGHT and MoTIF, and telecom identifiers in a text, also ' +
      'where they are written as hxxps[:]//example[.]com, and says where each stands: line and column, in a PDF page and line. - is standard input.\n\n' +
      'Exit code: 0 something was found, 1 nothing was, 2 the file cannot be used.',
    examples: ['extract report.txt', 'extract report.pdf', 'extract --sure --json - < mail.txt'],
  });
  return withJson(command, 'print {found: [{kind, value, doubts, places}], leftOut}')
    .argument('<file>', 'a text or a PDF, or - for standard input')
    .option('--sure', 'leave out what is doubtful')
    .action(async (file: string, { json, sure }: Options) => {
      const { text, pages } = await readWritten(file);
      const { found, leftOut } = extract(text);
      const kept = (sure === true ? found.filter(isSure) : found).map((one) => withPages(one, pages));
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
                  .map(({ page, line, column }) =>
                    page === undefined ? `${line}:${column}` : `p${page}:${line}`,
                  )
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

interface Written {
  readonly text: string;
  /** First lines of the pages; undefined for what has none. */
  readonly pages: readonly number[] | undefined;
}

/** What is written in a file: the text of a PDF, or the file itself. */
async function readWritten(file: string): Promise<Written> {
  const bytes = await readBytes(file);
  if (isPdf(bytes)) {
    const read = await readPdf(bytes);
    if (read.ok) return read.value;
    throw new CommandError(`${file} cannot be read as a PDF: ${read.error.message} (${read.error.at})`);
  }
  const decoded = decodeText(bytes);
  if (decoded.ok) return { text: decoded.text, pages: undefined };
  throw new CommandError(`${file} cannot be read: ${decoded.error.message} (${decoded.error.at})`);
}

type PlaceOfFile = FoundPlace & { readonly page?: number };

/** Lines count from the beginning of a page where there are pages. */
function withPages(
  found: Found,
  pages: readonly number[] | undefined,
): Omit<Found, 'places'> & { readonly places: readonly PlaceOfFile[] } {
  if (pages === undefined) return found;
  return { ...found, places: found.places.map((place) => ({ ...place, ...placeOnPage(place, pages) })) };
}

/** That a number identifies a person is no doubt about what it is. */
function isSure({ doubts }: Found): boolean {
  return doubts.every(({ code }) => code === 'identifies-a-person' || code === 'temporary');
}
