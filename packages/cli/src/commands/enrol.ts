import { hostname } from 'node:os';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { printable } from '../output/printable.ts';
import { note, print, printJson } from '../output/terminal.ts';
import { profileFile, readProfile, writeProfile } from '../session/profile.ts';
import { readToken } from '../session/read-token.ts';
import { connect, parseServer } from '../session/session.ts';
import { scopeList, wholeNumber } from './option-values.ts';
import { teaching, withJson } from './teaching.ts';

interface Options {
  readonly json?: boolean;
  readonly server?: string;
  readonly label: string;
  readonly scopes?: readonly string[];
  readonly days?: number;
}

/** `belltower enrol`: makes one's own first token with an enrolment, and keeps it as `login` does. */
export function enrolCommand(): Command {
  const command = teaching('enrol', {
    summary: 'come in with the enrolment that you were given',
    about:
      `Makes your own first token with an enrolment (be_…), and keeps it with the node in ${profileFile()}, readable by you ` +
      'alone: nobody else ever sees it. The enrolment works once. It is read from standard input, or asked for on a terminal.',
    examples: ['enrol --server https://node.example', 'enrol --server https://node.example < enrolment.txt'],
  });
  return withJson(command)
    .argument('[enrolment]', 'be_…, or - to read it from standard input', '-')
    .option('--server <url>', 'the node; otherwise BELLTOWER_SERVER, otherwise that of "belltower login"')
    .option('--label <label>', 'what the token is called', hostname())
    .option('--scopes <scopes>', 'what it allows; otherwise all that you may, but red', scopeList)
    .option('--days <number>', 'how long it lasts; 0: for ever; otherwise a year', wholeNumber)
    .action(async (given: string, options: Options) => {
      const named =
        options.server ?? (process.env['BELLTOWER_SERVER'] || undefined) ?? (await readProfile())?.server;
      if (named === undefined)
        throw new CommandError('No node is named.', { advice: 'Give --server https://node.example' });
      const server = parseServer(named);
      const { label, scopes, days } = options;
      const enrolment = await readToken(given);
      const token = await connect({ server, token: undefined }).api.enrol({ enrolment, label, scopes, days });
      await writeProfile({ server, token: token.text }).catch(async (error: unknown) => {
        // The enrolment has been used: what it gave must not be lost.
        await print(token.text);
        throw error;
      });
      const me = await connect({ server, token: token.text }).api.me();
      if (options.json === true) return printJson({ server, ...me });
      note(
        `You work with ${server} as ${printable(me.organisation.name)} (${me.role}), until ${token.expires ?? 'the token is revoked'}.`,
      );
    });
}
