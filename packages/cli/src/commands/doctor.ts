import type { Command } from 'commander';
import { exitCodes } from '../command-error.ts';
import type { ClientSubject, NodeSubject } from '../doctor/check.ts';
import { clientChecks } from '../doctor/client-checks.ts';
import type { CheckedFinding, Finding } from '../doctor/finding.ts';
import { nodeChecks } from '../doctor/node-checks.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { printable } from '../output/printable.ts';
import { print, printJson, type Style, styled } from '../output/terminal.ts';
import { profileFile, readProfile } from '../session/profile.ts';
import { readToken } from '../session/read-token.ts';
import { parseServer, type ServerOptions, withServer } from '../session/session.ts';
import { loadServer, type StorageOptions, withStorage } from '../session/storage-options.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends StorageOptions, ServerOptions {
  readonly client?: boolean;
  readonly json?: boolean;
}

/** `belltower doctor`: exit code 0 when nothing is wrong, else 1. */
export function doctorCommand(): Command {
  const command = teaching('doctor', {
    summary: 'say what is wrong with a set-up, and what to do',
    about:
      'Looks at a node on this machine: settings, data, database, tables, content, NATS, port, public address, certificates, ' +
      'clock. It changes nothing and may run beside the node. With --server, --token or --client it looks at how this machine ' +
      'talks to a node instead. It never shows a secret.\n\nExit code: 0 nothing is wrong, 1 something is.',
    examples: ['doctor', 'doctor --data /var/lib/belltower --json', 'doctor --server https://node.example'],
  });
  return withServer(withStorage(withJson(command)))
    .option('--client', 'look at the node that this machine works with, as "belltower login" has kept it')
    .action(async (options: Options) => {
      const client = options.client === true || options.server !== undefined || options.token !== undefined;
      const findings = client
        ? runChecks(clientChecks, await clientSubject(options))
        : runChecks(nodeChecks, await nodeSubject(options));
      const all: CheckedFinding[] = [];
      for await (const finding of findings) {
        all.push(finding);
        if (options.json !== true) await printFinding(finding);
      }
      const problems = all.filter(({ level }) => level === 'problem').length;
      if (problems > 0) process.exitCode = exitCodes.no;
      if (options.json === true) return printJson({ healthy: problems === 0, findings: all });
      await print();
      await print(
        problems === 0
          ? styled('green', 'Nothing is wrong.')
          : styled('red', `${problems === 1 ? '1 thing is' : `${problems} things are`} wrong.`),
      );
    });
}

async function nodeSubject({ data }: Options): Promise<NodeSubject> {
  const server = await loadServer();
  const variables = { ...process.env, ...(data === undefined ? {} : { BELLTOWER_DATA: data }) };
  return { server, variables, config: usableConfig(server, variables), now: Date.now };
}

function usableConfig(
  { ConfigError, readConfig }: NodeSubject['server'],
  variables: NodeSubject['variables'],
) {
  try {
    return readConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

async function clientSubject(options: Options): Promise<ClientSubject> {
  const { BELLTOWER_SERVER, BELLTOWER_TOKEN } = process.env;
  // One of the checks says so itself.
  const kept = await readProfile(profileFile(), () => undefined);
  const profile = kept === undefined ? undefined : { ...kept, server: parseServer(kept.server) };
  const named = options.server ?? (BELLTOWER_SERVER || undefined) ?? profile?.server;
  const server = named === undefined ? undefined : parseServer(named);
  const given = options.token === undefined ? BELLTOWER_TOKEN || undefined : await readToken(options.token);
  const token = given ?? (profile?.server === server ? profile?.token : undefined);
  return { profile, profileFile: profileFile(), server, token, now: Date.now };
}

const marks: Readonly<Record<Finding['level'], readonly [mark: string, style: Style]>> = {
  fine: ['ok', 'green'],
  note: ['note', 'bold'],
  warning: ['warning', 'yellow'],
  problem: ['WRONG', 'red'],
  skipped: ['skipped', 'dim'],
};

async function printFinding({ check, level, says, advice }: CheckedFinding): Promise<void> {
  const [mark, style] = marks[level];
  await print(`${styled(style, mark.padEnd(7))}  ${check.padEnd(8)}  ${printable(says)}.`);
  if (advice !== undefined) await print(`${''.padEnd(19)}${styled('bold', '→')} ${printable(advice)}`);
}
