import { isStixId } from '@belltower/stix';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { printable } from '../output/printable.ts';
import { note, printJson } from '../output/terminal.ts';
import type { ServerOptions } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly collection: string;
  readonly onlyVersion?: string;
  readonly json?: boolean;
}

/** `belltower withdraw` */
export function withdrawCommand(): Command {
  const command = teaching('withdraw', {
    summary: 'take an object away from a collection',
    about:
      'Takes an object away from a collection: its content is gone from every read at once, and every reader of the live ' +
      'stream is told. That it was there and when it went remains in the log (rule L6).\n\n' +
      'Exit code: 0 withdrawn, 1 it is not there, was withdrawn before or is not yours, 2 wrong usage, or the node cannot be reached.',
    examples: [
      'withdraw indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --collection fraud',
      'withdraw indicator--8e2e2d2b-… --collection fraud --only-version 2026-01-02T03:04:05.000Z',
    ],
  });
  return withServer(withJson(command))
    .argument('<id>', 'the STIX id of the object')
    .requiredOption('-c, --collection <name>', 'id or alias of the collection')
    .option('--only-version <modified>', 'this version alone, otherwise all')
    .action(async (id: string, options: Options) => {
      if (!isStixId(id)) {
        throw new CommandError(`"${id}" is not the id of a STIX object.`, {
          advice: 'One looks like indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f.',
        });
      }
      const { api } = await openSession(options);
      const withdrawn = await api.withdraw(options.collection, id, options.onlyVersion);
      if (options.json === true) return printJson({ withdrawn });
      const versions = withdrawn.map(({ version }) => version).join(', ');
      const counted = withdrawn.length === 1 ? 'version' : `${withdrawn.length} versions`;
      note(
        `Withdrawn from ${printable(options.collection)}: ${printable(id)}, ${counted} ${versions}. ` +
          'The content is gone; the log keeps that it was there.',
      );
    });
}
