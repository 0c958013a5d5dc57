import type { Command } from 'commander';
import { printTable } from '../output/table.ts';
import { printJson } from '../output/terminal.ts';
import { loadNames } from '../session/names.ts';
import type { ServerOptions } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { wholeNumber } from './option-values.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly json?: boolean;
  readonly limit: number;
}

/** `belltower audit` */
export function auditCommand(): Command {
  const command = teaching('audit', {
    summary: 'show who did what, newest first',
    about:
      'Shows who did what, newest first: to an administrator for their organisation, to the operator for the node. Organisations and ' +
      'people are told by name where you may see it; --json has the ids, and what exactly was changed.',
    examples: ['audit', 'audit --limit 1000 --json'],
  });
  return withServer(withJson(command))
    .option('--limit <number>', 'how many entries at the most', wholeNumber, 50)
    .action(async (options: Options) => {
      const { api } = await openSession(options);
      const entries = [];
      if (options.limit > 0) {
        for await (const entry of api.audit()) if (entries.push(entry) >= options.limit) break;
      }
      if (options.json === true) return printJson(entries);
      const nameOf = await loadNames(
        api,
        entries.map(({ organisation }) => organisation),
      );
      await printTable(
        entries,
        [
          ['TIME', (entry) => entry.at],
          ['ACTION', (entry) => entry.action],
          ['TARGET', (entry) => nameOf(entry.target)],
          ['ORGANISATION', (entry) => nameOf(entry.organisation)],
          ['PERSON', (entry) => nameOf(entry.person)],
        ],
        'Nothing has been done yet.',
      );
    });
}
