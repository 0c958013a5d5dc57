import type { ApiClient, ConnectionOptions, TaxiiClient } from '@belltower/client';
import { createApiClient, createTaxiiClient } from '@belltower/client';
import type { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { readProfile } from './profile.ts';
import { readToken } from './read-token.ts';

/** Options of every command that talks to a node. */
export interface ServerOptions {
  readonly server?: string;
  readonly token?: string;
}

/** A node and who one is there. */
export interface Session {
  /** Without a slash at its end. */
  readonly server: string;
  readonly connection: ConnectionOptions;
  readonly api: ApiClient;
  readonly taxii: TaxiiClient;
}

/** Adds `--server` and `--token`. */
export function withServer(command: Command): Command {
  return command
    .option('--server <url>', 'the node; otherwise BELLTOWER_SERVER, otherwise that of "belltower login"')
    .option('--token <token>', 'your token, - to read it from standard input; otherwise BELLTOWER_TOKEN');
}

/**
 * Who talks to which node: options go before the environment, and that before the profile. The profile's token is for the profile's
 * node only: another node never sees it.
 */
export async function openSession(options: ServerOptions, signal?: AbortSignal): Promise<Session> {
  const { BELLTOWER_SERVER, BELLTOWER_TOKEN } = process.env;
  const profile = await readProfile();
  const named = options.server ?? (BELLTOWER_SERVER || undefined) ?? profile?.server;
  if (named === undefined) {
    throw new CommandError('No node is named.', { advice: 'Run "belltower login", or give --server.' });
  }
  const server = parseServer(named);
  const kept = profile !== undefined && parseServer(profile.server) === server ? profile.token : undefined;
  const token =
    options.token === undefined ? ((BELLTOWER_TOKEN || undefined) ?? kept) : await readToken(options.token);
  return connect({ server, token, signal });
}

/** The clients of a node. */
export function connect({
  server,
  token,
  signal,
}: {
  readonly server: string;
  readonly token: string | undefined;
  readonly signal?: AbortSignal | undefined;
}): Session {
  const connection: ConnectionOptions = {
    fetch: (url, init) => fetch(url, init),
    random: Math.random,
    credentials: token === undefined ? undefined : { kind: 'bearer', token },
    userAgent: 'belltower-cli',
    signal,
  };
  return {
    server,
    connection,
    api: createApiClient({ ...connection, url: server }),
    taxii: createTaxiiClient({ ...connection, url: `${server}/taxii2/` }),
  };
}

/** An address without a slash at its end. Throws CommandError. */
export function parseServer(text: string): string {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) {
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  }
  throw new CommandError(`"${text}" is not the address of a node.`, {
    advice: 'It looks like https://node.example',
  });
}
