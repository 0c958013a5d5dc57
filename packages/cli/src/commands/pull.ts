import type { TaxiiCursor, TaxiiQuery } from '@belltower/client';
import type { Command } from 'commander';
import type { CursorFile } from '../files/cursor-file.ts';
import { openCursorFile } from '../files/cursor-file.ts';
import { openSink } from '../files/object-sink.ts';
import { Progress } from '../output/progress.ts';
import { note, printJson } from '../output/terminal.ts';
import type { ServerOptions, Session } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { commaList } from './option-values.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly collection: string;
  readonly out?: string;
  readonly ndjson?: boolean;
  readonly cursor?: string;
  readonly addedAfter?: string;
  readonly type?: readonly string[];
  readonly allVersions?: boolean;
  readonly json?: boolean;
}

const pageObjects = 1_000;

/** `belltower pull`: exit code 0 when everything there is was written, 1 when the node refuses, 2 when it cannot be reached or written. */
export function pullCommand(): Command {
  const command = teaching('pull', {
    summary: 'write the objects of a collection to files or standard output',
    about:
      'Writes the objects of a collection as a bundle, as NDJSON, or as one file for each object, over TAXII 2.1, byte for ' +
      'byte as they were published. With --cursor the next run gets only what is new since: a bundle is written anew with ' +
      'it, NDJSON is appended to, files are added or replaced. The cursor moves on only when the objects are on disk, so a ' +
      'crash repeats some and skips none. To hear of withdrawals, use "belltower watch".\n\n' +
      'Exit code: 0 all written, 1 the node refused, 2 the node or the file cannot be used.',
    examples: [
      'pull --collection fraud > fraud.json',
      'pull --collection fraud --ndjson --out fraud.ndjson --cursor fraud.cursor',
      'pull --collection fraud --type indicator,sighting --out ./objects/',
    ],
  });
  return withServer(withJson(command, 'print a summary as JSON, with --out'))
    .requiredOption('-c, --collection <name>', 'id or alias of the collection')
    .option('-o, --out <path>', 'a file, or a directory for one file each; without it standard output')
    .option('--ndjson', 'one object on each line instead of a bundle')
    .option('--cursor <file>', 'remember here how far this has come, and go on from there')
    .option('--added-after <time>', 'only what was added later than this (RFC 3339)')
    .option('--type <types>', 'only objects of these types, separated by commas', commaList)
    .option('--all-versions', 'every version instead of the last')
    .action(async (options: Options) => {
      using signal = untilInterrupted();
      const session = await openSession(options, signal);
      const result = await pull(session, options);
      if (options.out === undefined) return;
      if (options.json === true) await printJson(result);
      else note(`${result.objects} objects written to ${options.out}`);
    });
}

async function pull({ server, taxii }: Session, options: Options) {
  const { type, allVersions = false, addedAfter, ndjson = false } = options;
  const collection = await taxii.collection(options.collection);
  const match = { type, version: allVersions ? ['all'] : undefined };
  const owner = { command: 'pull', server, collection: collection.id, match };
  const file =
    options.cursor === undefined ? undefined : await openCursorFile(options.cursor, owner, readCursor);
  const query: TaxiiQuery = { cursor: file?.last ?? { addedAfter }, match, limit: pageObjects };
  await using sink = await openSink({ out: options.out, ndjson, allVersions });
  using progress = new Progress();
  let objects = 0;
  let cursor: TaxiiCursor = query.cursor ?? {};
  for await (const page of taxii.objectPages(collection, query)) {
    await sink.add(page.items);
    objects += page.items.length;
    cursor = page.cursor;
    if (sink.durable) await save(file, cursor);
    progress.show(`${objects} objects`);
  }
  await sink.finish();
  await save(file, cursor);
  return { collection: collection.id, objects, out: options.out ?? null, cursor };
}

/** A place before everything needs no remembering, and a file that says it could not be told from a damaged one. */
async function save(file: CursorFile<TaxiiCursor> | undefined, cursor: TaxiiCursor): Promise<void> {
  if (cursor.addedAfter !== undefined || cursor.next !== undefined) await file?.save(cursor);
}

function readCursor(value: unknown): TaxiiCursor | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const addedAfter: unknown = Reflect.get(value, 'addedAfter');
  const next: unknown = Reflect.get(value, 'next');
  if (addedAfter !== undefined && typeof addedAfter !== 'string') return undefined;
  if (next !== undefined && typeof next !== 'string') return undefined;
  if (addedAfter === undefined && next === undefined) return undefined;
  return { addedAfter, next };
}
