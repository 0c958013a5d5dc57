import type { Command } from 'commander';
import { printFields } from '../output/table.ts';
import { printJson } from '../output/terminal.ts';
import { loadNames } from '../session/names.ts';
import type { ServerOptions } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly json?: boolean;
}

/** `belltower whoami` */
export function whoamiCommand(): Command {
  const command = teaching('whoami', {
    summary: 'show which node you work with, and as whom',
    about:
      'Shows which node you work with and as whom.\n\nExit code: 0 the node knows you, 1 it does not take your token.',
    examples: ['whoami', 'whoami --json'],
  });
  return withServer(withJson(command)).action(async (options: Options) => {
    const { server, api } = await openSession(options);
    const me = await api.me();
    if (options.json === true) return printJson({ server, ...me });
    const nameOf = await loadNames(api, [me.organisation.id]);
    await printFields([
      ['node', server],
      ['organisation', `${me.organisation.name} (${me.organisation.id})`],
      ['person', me.person === undefined ? 'none: a machine' : `${nameOf(me.person)} (${me.person})`],
      ['role', me.role],
      ['scopes', me.scopes.join(', ')],
      ['token', me.tokenId],
      ['expires', me.expires ?? 'never'],
    ]);
  });
}
