import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { printable } from '../output/printable.ts';
import { printTable } from '../output/table.ts';
import { note, print, printJson } from '../output/terminal.ts';
import { findOrganisation } from '../session/find-organisation.ts';
import { loadNames } from '../session/names.ts';
import type { ServerOptions } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { scopeList, wholeNumber } from './option-values.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly json?: boolean;
  readonly org?: string;
}

/** `belltower token list|create|revoke` */
export function tokenCommand(): Command {
  return teaching('token', {
    summary: 'tokens with which people and machines come in',
    examples: ['token list', 'token create "SIEM" --scopes read', 'token revoke 5d0c…'],
  })
    .addCommand(listSubcommand())
    .addCommand(createSubcommand())
    .addCommand(revokeSubcommand());
}

function listSubcommand(): Command {
  const command = teaching('list', {
    summary: 'show tokens, without their secrets',
    examples: ['token list', 'token list --all --json'],
  });
  return withServer(withJson(command))
    .option('--org <organisation>', 'id or name; otherwise your own')
    .option('--all', 'revoked ones as well')
    .action(async (options: Options & { readonly all?: boolean }) => {
      const { api } = await openSession(options);
      const organisation = await findOrganisation(api, options.org);
      const tokens = (await api.tokens(organisation)).filter(
        ({ revoked }) => options.all === true || revoked === undefined,
      );
      if (options.json === true) return printJson(tokens);
      const nameOf = await loadNames(api, [organisation]);
      await printTable(
        tokens,
        [
          ['ID', ({ id }) => id],
          ['LABEL', ({ label }) => label],
          ['SCOPES', ({ scopes }) => scopes.join(',')],
          ['PERSON', ({ person }) => nameOf(person) ?? 'a machine'],
          ['MADE BY', ({ madeBy }) => nameOf(madeBy)],
          ['LAST USED', ({ lastUsed }) => lastUsed ?? 'never'],
          [
            'EXPIRES',
            ({ expires, revoked }) => (revoked === undefined ? (expires ?? 'never') : `revoked ${revoked}`),
          ],
        ],
        'There are no tokens here that yours may manage.',
      );
    });
}

interface CreateOptions extends Options {
  readonly scopes: readonly string[];
  readonly mine?: boolean;
  readonly days?: number;
}

function createSubcommand(): Command {
  const command = teaching('create', {
    summary: 'make a token',
    about:
      "Makes a token and prints it, once: it is kept nowhere. It is a machine's, which reads and publishes, or with --mine your " +
      'own; nobody makes tokens for somebody else.\nScopes: read, publish, manage, red (TLP:RED that is addressed to you by name).',
    examples: [
      'token create "SIEM" --scopes read',
      'token create "laptop" --mine --scopes read,publish,manage,red --days 90',
      'token create "feed" --scopes read,publish > token.txt',
    ],
  });
  return withServer(withJson(command))
    .argument('<label>', 'what it is for')
    .option('--scopes <scopes>', 'what it allows, separated by commas', scopeList, ['read'])
    .option('--mine', 'it speaks for you')
    .option('--days <number>', 'how long it lasts; 0: for ever; otherwise a year', wholeNumber)
    .action(async (label: string, options: CreateOptions) => {
      const { api } = await openSession(options);
      const { scopes, days } = options;
      const personal = scopes.filter((scope) => scope === 'manage' || scope === 'red');
      if (personal.length > 0 && options.mine !== true) {
        throw new CommandError(
          `A machine's token cannot carry ${personal.join(' and ')}: that is for people.`,
          {
            advice: 'Give --mine for a token of your own.',
          },
        );
      }
      const me = await api.me();
      const person = options.mine === true ? me.person : undefined;
      const token = await api.createToken(me.organisation.id, { label, scopes, person, days });
      if (options.json === true) return printJson(token);
      note(
        `Token ${token.id} (${token.scopes.join(', ')}), valid until ${token.expires ?? 'it is revoked'}. Keep it now:`,
      );
      await print(token.text);
    });
}

function revokeSubcommand(): Command {
  const command = teaching('revoke', {
    summary: 'end a token within a second, on open streams as well',
    examples: ['token revoke 5d0c2f8e-…'],
  });
  return withServer(withJson(command))
    .argument('<id>', 'the id that "token list" shows')
    .action(async (id: string, options: Options) => {
      const { api } = await openSession(options);
      const token = await api.revokeToken(id);
      if (options.json === true) return printJson(token);
      note(`Token ${token.id} (${printable(token.label)}) has ended.`);
    });
}
