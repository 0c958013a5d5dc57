import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { printable } from '../output/printable.ts';
import { note, printJson } from '../output/terminal.ts';
import { profileFile, readProfile, writeProfile } from '../session/profile.ts';
import { readToken } from '../session/read-token.ts';
import type { ServerOptions } from '../session/session.ts';
import { connect, parseServer, withServer } from '../session/session.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly json?: boolean;
}

/** `belltower login`: asks the node whether the token is good, and keeps both. */
export function loginCommand(): Command {
  const command = teaching('login', {
    summary: 'keep a node and your token for later commands',
    about:
      `Keeps a node and your token in ${profileFile()}, readable by you alone. The token is read from standard ` +
      'input, or asked for on a terminal, so that it does not stand in the history of your shell. It is kept only when the ' +
      'node takes it.',
    examples: ['login --server https://node.example', 'login --server https://node.example < token.txt'],
  });
  return withServer(withJson(command)).action(async (options: Options) => {
    const named =
      options.server ?? (process.env['BELLTOWER_SERVER'] || undefined) ?? (await readProfile())?.server;
    if (named === undefined)
      throw new CommandError('No node is named.', { advice: 'Give --server https://node.example' });
    const server = parseServer(named);
    const token = await readToken(options.token ?? '-');
    const me = await connect({ server, token }).api.me();
    await writeProfile({ server, token });
    if (options.json === true) await printJson({ server, ...me });
    else note(`You work with ${server} as ${printable(me.organisation.name)} (${me.role}).`);
  });
}
