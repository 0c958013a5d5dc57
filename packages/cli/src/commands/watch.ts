import type { WatchState } from '@belltower/client';
import { watch } from '@belltower/client';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { openCursorFile } from '../files/cursor-file.ts';
import { LazyCursor } from '../files/lazy-cursor.ts';
import { printable } from '../output/printable.ts';
import { note, print } from '../output/terminal.ts';
import { interruption } from '../report-error.ts';
import type { ServerOptions } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { commaList } from './option-values.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly collection: readonly string[];
  readonly from?: 'start' | 'end' | 'cursor';
  readonly cursor?: string;
}

/** `belltower watch`: NDJSON until it is interrupted (exit code 0) or the right to read ends (1). */
export function watchCommand(): Command {
  const command = teaching('watch', {
    summary: 'print what is published, as it is published',
    about:
      'Prints each entry of collections on a line of its own (NDJSON), what is there already first, and then live, for as ' +
      'long as it runs. An entry is {collection, position, added, kind, publisher, object}; a withdrawal has the id and ' +
      'version of what is gone. When the connection breaks or the node restarts, it connects again and goes on after the ' +
      'last entry: none is missed, none is repeated. With --cursor it does so between its own runs as well (a crash of this ' +
      'program may repeat the last few). What happens to the connection is told on standard error.\n\n' +
      'Exit code: 0 interrupted, 1 the right to read ended or is not there, 2 wrong usage.',
    examples: [
      'watch --collection fraud',
      'watch --collection fraud,sightings --cursor watch.cursor | ./to-siem',
      'watch --collection fraud --from end | jq -r \'select(.kind == "object") | .object.id\'',
    ],
  });
  return withServer(withJson(command, 'accepted for symmetry: the output is always NDJSON'))
    .requiredOption('-c, --collection <names>', 'ids or aliases, separated by commas', commaList)
    .addOption(
      new Option(
        '--from <place>',
        'where to begin; otherwise at the cursor where there is one, else at the start',
      ).choices(['start', 'end', 'cursor']),
    )
    .option('--cursor <file>', 'remember here how far this has come')
    .action(async (options: Options) => {
      using signal = untilInterrupted();
      try {
        await run(options, signal);
      } catch (error) {
        // Being interrupted is how watching ends well.
        if (error !== interruption) throw error;
      }
    });
}

async function run(options: Options, signal: AbortSignal): Promise<void> {
  const { collection: collections, from, cursor: path } = options;
  if (from === 'cursor' && path === undefined) throw new CommandError('--from cursor needs --cursor FILE.');
  if (collections.length === 0) throw new CommandError('No collection is named.');
  const { server, connection } = await openSession(options, signal);
  const owner = { command: 'watch', server, collections };
  const file = path === undefined ? undefined : await openCursorFile(path, owner, readCursor);
  const cursor = from === 'end' ? 'end' : from === 'start' ? undefined : file?.last;
  if (from === 'cursor' && cursor === undefined) {
    throw new CommandError(`There is no cursor in ${path} yet.`, {
      advice: 'Leave out --from for the first run.',
    });
  }
  await using place = file === undefined ? undefined : new LazyCursor(file);
  for await (const entry of watch({ ...connection, url: server, collections, cursor, onState: tell })) {
    await print(entry.text);
    place?.move(entry.cursor);
  }
}

function tell(state: WatchState): void {
  if (state.kind === 'connected') {
    note('belltower: connected');
    return;
  }
  const seconds = (state.milliseconds / 1000).toFixed(1);
  note(`belltower: ${printable(state.why)} Connecting again in ${seconds} s.`);
}

function readCursor(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
