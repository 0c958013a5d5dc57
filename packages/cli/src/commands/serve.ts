import { type Config, exitOnDefects, readConfig, startNode } from '@belltower/server';
import { Command } from 'commander';
import { aborted, untilInterrupted } from '../until-interrupted.ts';

interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  readonly data?: string;
}

/** `belltower serve` */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Run a node: store, check and pass on threat intelligence')
    .option('--port <number>', 'port to listen on; 0 takes a free one (BELLTOWER_PORT, 8021)')
    .option('--host <address>', 'address to listen on (BELLTOWER_HOST, 127.0.0.1)')
    .option('--data <directory>', 'where the data is kept (BELLTOWER_DATA, ./belltower-data)')
    .addHelpText(
      'after',
      `
The first start prints a one-time administrator token; with it you add yourself, and come in with the
enrolment that you get. All other settings are environment variables; docs/operations.md lists them.

Examples:
  $ belltower serve
  $ belltower serve --host 0.0.0.0 --port 8080 --data /var/lib/belltower
  $ BELLTOWER_DATABASE_URL=postgres://localhost/belltower belltower serve`,
    )
    .action(async (options: ServeOptions) => {
      const config = readConfig({
        ...process.env,
        ...(options.port === undefined ? {} : { BELLTOWER_PORT: options.port }),
        ...(options.host === undefined ? {} : { BELLTOWER_HOST: options.host }),
        ...(options.data === undefined ? {} : { BELLTOWER_DATA: options.data }),
      });
      exitOnDefects(config);
      using signal = untilInterrupted();
      await using node = await startNode(config);
      console.log(`Belltower listens on ${node.url}`);
      console.log(`TAXII 2.1: ${node.url}/taxii2/`);
      if (node.firstStartToken !== undefined)
        console.log(firstStart(addressForLogin(config, node.url), node.firstStartToken));
      await aborted(signal);
    });
}

/** A certificate is for the public name as a rule, and under the address that is listened on nobody would trust it. */
function addressForLogin({ tlsCertificate, publicUrl }: Config, url: string): string {
  return tlsCertificate === undefined ? url : (publicUrl ?? url);
}

function firstStart(url: string, token: string): string {
  const steps = [
    [`belltower login --server ${url}`, 'paste the token'],
    ['belltower org list', 'your organisation is there: "org change" gives it its name'],
    ['belltower person add "Your name" --role node-operator', 'prints an enrolment'],
    [
      `belltower enrol --server ${url}`,
      'paste the enrolment: you hold a lasting token, and the first has ended',
    ],
  ] as const;
  const width = Math.max(...steps.map(([command]) => command.length));
  return `
One-time administrator token (shown once, good for 24 hours, ends when you make a lasting one):

  ${token}

Next:
${steps.map(([command, says]) => `  ${command.padEnd(width)}  ${says}`).join('\n')}
`;
}
