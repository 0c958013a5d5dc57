import type { StixItem } from '@belltower/formats';
import { readStixText } from '@belltower/formats';
import type { Finding, ObjectText, ValidationOptions } from '@belltower/stix';
import { validateBundle, validateObject } from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import type { Command } from 'commander';
import { CommandError, exitCodes } from '../command-error.ts';
import { readSource } from '../input/read-source.ts';
import { printable } from '../output/printable.ts';
import { print, printJson, styled } from '../output/terminal.ts';
import { reportError } from '../report-error.ts';
import { teaching, withJson } from './teaching.ts';

/** One object, or a bundle with something about itself. */
interface Row {
  readonly file: string;
  readonly id: string | null;
  readonly type: string | null;
  readonly valid: boolean;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

interface Options {
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `belltower validate FILE…`: exit code 0 when everything is valid, 1 when something is not, 2 when a file cannot be used. */
export function validateCommand(): Command {
  const command = teaching('validate', {
    summary: 'check files against STIX 2.1',
    about:
      'Checks files against STIX 2.1, without a node. A file holds a bundle, one object, a list of them, or one on each ' +
      'line (NDJSON); - is standard input. A broken MUST is an error, a broken SHOULD a warning.\n\n' +
      'Exit code: 0 all valid, 1 something is not, 2 a file cannot be used.',
    examples: [
      'validate report.json',
      'validate --strict --json feeds/*.json',
      'pull --collection fraud | belltower validate -',
    ],
  });
  return withJson(command, 'print [{file, id, type, valid, errors, warnings}]')
    .argument('<file...>', 'files, or - for standard input')
    .option('--strict', 'count warnings as errors')
    .action(async (files: readonly string[], options: Options) => {
      const rows: Row[] = [];
      let unusable = false;
      for (const file of files) {
        try {
          for (const row of validateText(file, await readSource(file), options)) rows.push(row);
        } catch (error) {
          if (!(error instanceof CommandError)) throw error;
          unusable = true;
          reportError(error, { json: options.json === true });
        }
      }
      if (options.json === true) await printJson(rows);
      else if (rows.length > 0 || !unusable) await printRows(rows);
      if (unusable) process.exitCode = exitCodes.unusable;
      else if (!rows.every((row) => row.valid)) process.exitCode = exitCodes.no;
    });
}

/** A row for each object of a text, and one for each bundle that has something wrong itself. Throws CommandError for a text that is not JSON. */
export function validateText(file: string, text: string, { strict = false }: Options): readonly Row[] {
  const read = readStixText(text);
  if (!read.ok) throw new CommandError(`${file} cannot be used: ${read.message}.`);
  return read.items.flatMap((item) =>
    validateItem(item, { strict, types: telecomTypes }).map((row) => ({ file, ...row })),
  );
}

type Result = Omit<Row, 'file'>;

function validateItem(item: StixItem, options: ValidationOptions): readonly Result[] {
  if (item.kind === 'object') return [rowOf(validateObject(item.object.value, options), item.object)];
  const { bundle, objects } = validateBundle(item.value, options);
  const own = rowOf(bundle, undefined);
  const rows = objects.map((result, index) => rowOf(result, item.objects[index]));
  return own.errors.length + own.warnings.length === 0 ? rows : [own, ...rows];
}

const flaws: Readonly<Record<NonNullable<ObjectText['flaw']>, string>> = {
  'duplicate-key': 'a key stands twice in one object, so that readers would disagree on which one counts',
  'lone-surrogate': 'a text holds half of a surrogate pair, which is no Unicode text',
};

function rowOf(
  { id, type, errors, warnings }: ReturnType<typeof validateObject>,
  object: ObjectText | undefined,
): Result {
  const flaw = object?.flaw;
  const all =
    flaw === undefined ? errors : [{ path: '$', rule: `json-${flaw}`, message: flaws[flaw] }, ...errors];
  return { id: id ?? null, type: type ?? null, valid: all.length === 0, errors: all, warnings };
}

async function printRows(rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    if (row.errors.length + row.warnings.length === 0) continue;
    const mark = row.valid ? styled('yellow', 'warning') : styled('red', 'not valid');
    await print(
      `${printable(row.file)}: ${styled('bold', printable(row.id ?? row.type ?? 'object'))} ${mark}`,
    );
    for (const finding of row.errors) await printFinding('red', finding);
    for (const finding of row.warnings) await printFinding('yellow', finding);
  }
  const valid = rows.filter((row) => row.valid).length;
  // A bundle has a row only where something about itself is worth telling.
  const bundles = rows.filter((row) => row.type === 'bundle').length;
  const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;
  const objects = counted(rows.length - bundles, 'object');
  const total = bundles === 0 ? objects : `${objects} and ${counted(bundles, 'bundle')}`;
  await print(
    valid === rows.length
      ? styled('green', `${total}, all valid`)
      : `${total}, ${rows.length - valid} not valid`,
  );
}

async function printFinding(style: 'red' | 'yellow', { path, rule, message }: Finding): Promise<void> {
  await print(`  ${styled(style, printable(path))}  ${printable(message)}  ${styled('dim', rule)}`);
}
