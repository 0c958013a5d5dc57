import { randomUUID } from 'node:crypto';
import type { ApiClient, PublishResult } from '@belltower/client';
import type { Command } from 'commander';
import { exitCodes } from '../command-error.ts';
import { chunks } from '../input/chunks.ts';
import { type InputOptions, inputFormatLines, withInputs } from '../input/input-options.ts';
import type { Candidate } from '../input/read-candidates.ts';
import { needsOwner, readCandidates, readSourceFile } from '../input/read-candidates.ts';
import type { InputOwner } from '../input/read-inputs.ts';
import { printable } from '../output/printable.ts';
import { Progress } from '../output/progress.ts';
import { tellLosses } from '../output/tell-losses.ts';
import { note, print, printJson, styled } from '../output/terminal.ts';
import type { ServerOptions } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions, InputOptions {
  readonly collection: string;
  readonly onBehalfOf?: string;
  readonly anonymous?: boolean;
  readonly json?: boolean;
}

type Row = PublishResult & { readonly file: string };

/** `belltower publish FILE…`: exit code 0 when all was accepted or is there already, 1 when something was refused, 2 when a file cannot be used. */
export function publishCommand(): Command {
  const command = teaching('publish', {
    summary: 'publish STIX, or what becomes of events, lists, texts and PDFs, into a collection',
    about:
      'Publishes the objects of files into a collection. Files in other formats than STIX 2.1 are converted, and what did not come along is told. ' +
      'Every file is read before anything is sent. Each object gets its own ' +
      'result: what is refused does not hold up the rest, and the reason names the rule. What is there already stays as it ' +
      'is, so that a command that was interrupted can be given again.\n\n' +
      'Exit code: 0 all accepted or there already, 1 something was refused, 2 a file or the node cannot be used.\n\n' +
      `Formats:\n${inputFormatLines()}`,
    examples: [
      'publish report.json --collection fraud',
      'publish feeds/*.json --collection fraud --json',
      'publish tip.json --collection sightings --anonymous',
      'publish event.json --from misp -c fraud',
      'publish ranges.csv --map from=range_from --map to=range_to --tlp amber -c fraud',
    ],
  });
  return withInputs(withServer(withJson(command, 'print what became of each object')))
    .argument('<file...>', 'files, or the directory of a feed of MISP; - is standard input')
    .requiredOption('-c, --collection <name>', 'id or alias of the collection')
    .option(
      '--on-behalf-of <organisation>',
      'publish in the name of this organisation, which must have delegated it to yours',
    )
    .option('--anonymous', 'without the name of your organisation, where the collection allows that')
    .action(async (files: readonly string[], options: Options) => {
      using signal = untilInterrupted();
      const sources = await Promise.all(files.map((file) => readSourceFile(file, options)));
      const { api } = await openSession(options, signal);
      const owner = sources.some(needsOwner) ? await ownerOf(api, options) : {};
      const read = await Promise.all(
        sources.map((source) => readCandidates(source, { ...options, ...owner })),
      );
      const candidates = read.flatMap((one) => one.candidates);
      const losses = read.flatMap((one) => one.losses);
      if (options.json !== true) tellLosses(losses);
      if (candidates.length === 0)
        note('belltower: There are no objects in what was given; nothing is published.');
      const rows = await publishAll(api, candidates, { options, signal });
      if (options.json === true) await printJson({ ...summary(rows), losses });
      else await printRows(rows);
      if (rows.some((row) => row.status === 'refused')) process.exitCode = exitCodes.no;
    });
}

/** Whose the objects are that are made of other formats; without a name they have ids that nobody can compute. */
async function ownerOf(api: ApiClient, { anonymous, onBehalfOf }: Options): Promise<InputOwner> {
  if (anonymous === true) return { secret: randomUUID() };
  return { creator: onBehalfOf ?? (await api.me()).organisation.id };
}

async function publishAll(
  api: ApiClient,
  candidates: readonly Candidate[],
  { options, signal }: { readonly options: Options; readonly signal: AbortSignal },
): Promise<readonly Row[]> {
  const { collection, onBehalfOf, anonymous } = options;
  const rows: Row[] = [];
  using progress = new Progress();
  for (const chunk of chunks(candidates)) {
    progress.show(`${rows.length} of ${candidates.length} objects`);
    try {
      const texts = chunk.map(({ text }) => text);
      const answer = await api.publish(collection, texts, { onBehalfOf, anonymous, signal });
      for (const result of answer.results) {
        const candidate = chunk[result.index];
        if (candidate !== undefined) rows.push({ ...result, file: candidate.file, index: candidate.index });
      }
    } catch (error) {
      if (rows.length > 0) await printRows(rows);
      throw error;
    }
  }
  return rows;
}

function summary(rows: readonly Row[]) {
  const count = (status: Row['status']) => rows.filter((row) => row.status === status).length;
  return {
    accepted: count('accepted'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    results: rows,
  };
}

async function printRows(rows: readonly Row[]): Promise<void> {
  const { accepted, unchanged, refused } = summary(rows);
  for (const row of rows) {
    if (row.status !== 'refused') continue;
    const name = row.id ?? `object ${row.index + 1}`;
    const rule = row.rule === undefined ? '' : `  ${styled('dim', row.rule)}`;
    await print(
      `${printable(row.file)}: ${styled('bold', printable(name))} ${styled('red', 'refused')}: ${printable(row.message ?? row.code ?? '')}${rule}`,
    );
    for (const { path, message } of row.errors) await print(`  ${printable(path)}  ${printable(message)}`);
    if (row.differs.length > 0) await print(`  differs at ${printable(row.differs.join(', '))}`);
  }
  await printWarnings(rows);
  const parts = [`${accepted} accepted`, `${unchanged} there already`, `${refused} refused`];
  await print(styled(refused === 0 ? 'green' : 'yellow', parts.join(', ')));
}

/** Warnings that a person is shown; those of subscribers who are named in plain come first. */
const shownWarnings = 10;

async function printWarnings(rows: readonly Row[]): Promise<void> {
  const warnings = rows
    .filter(({ status }) => status === 'accepted')
    .flatMap((row) => row.warnings.map((warning) => ({ ...warning, row })))
    .sort((one, other) => Number(other.rule === 'personal-data') - Number(one.rule === 'personal-data'));
  for (const { row, path, message } of warnings.slice(0, shownWarnings)) {
    const name = printable(row.id ?? `object ${row.index + 1}`);
    await print(
      `${printable(row.file)}: ${styled('bold', name)} ${styled('yellow', 'accepted with a warning')}: ${printable(path)}  ${printable(message)}`,
    );
  }
  const more = warnings.length - shownWarnings;
  if (more > 0) await print(`and ${more} more ${more === 1 ? 'warning' : 'warnings'} (--json tells all).`);
}
