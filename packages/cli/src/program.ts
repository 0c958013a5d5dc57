import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { backupCommand } from './commands/backup.ts';
import { collectionCommand } from './commands/collection.ts';
import { convertCommand } from './commands/convert.ts';
import { explainCommand } from './commands/explain.ts';
import { extractCommand } from './commands/extract.ts';
import { loginCommand } from './commands/login.ts';
import { migrateCommand } from './commands/migrate.ts';
import { orgCommand } from './commands/org.ts';
import { patternCommand } from './commands/pattern.ts';
import { personCommand } from './commands/person.ts';
import { publishCommand } from './commands/publish.ts';
import { pullCommand } from './commands/pull.ts';
import { restoreCommand } from './commands/restore.ts';
import { tokenCommand } from './commands/token.ts';
import { validateCommand } from './commands/validate.ts';
import { watchCommand } from './commands/watch.ts';
import { whoamiCommand } from './commands/whoami.ts';
import { withdrawCommand } from './commands/withdraw.ts';
import { styledForErrors } from './output/terminal.ts';
import { programVersion } from './version.ts';

const groups: readonly (readonly [title: string, commands: () => readonly Command[]])[] = [
  [
    'Without a node:',
    () => [validateCommand(), patternCommand(), explainCommand(), extractCommand(), convertCommand()],
  ],
  ['Share:', () => [publishCommand(), pullCommand(), watchCommand(), withdrawCommand()]],
  [
    'Take part and administer:',
    () => [
      loginCommand(),
      whoamiCommand(),
      orgCommand(),
      personCommand(),
      tokenCommand(),
      collectionCommand(),
      auditCommand(),
    ],
  ],
  ["Look after a node's data:", () => [migrateCommand(), backupCommand(), restoreCommand()]],
];

/**
 * `belltower`, to be run with the command that is asked for. It throws CommanderError where Commander would end the
 * process.
 */
export async function createProgram(asked: string | undefined): Promise<Command> {
  const program = new Command('belltower')
    .description('Where telecoms warn each other: STIX 2.1, TAXII 2.1, and a live stream.')
    .version(programVersion)
    .addHelpText(
      'after',
      `
Begin with:
  $ belltower demo                                        a node with six members, and an incident
  $ belltower validate report.json                        is this STIX 2.1?
  $ belltower login --server https://node.example         keep a node and your token
  $ belltower watch --collection fraud                    see what is published, as it is published

Exit codes: 0 it worked, 1 the answer is no, 2 it could not be done. "belltower COMMAND --help" teaches each.`,
    );
  const light = groups.map(([title, commands]) => [title, commands()] as const);
  const known = light.some(([, commands]) => commands.some((command) => command.name() === asked));
  for (const [title, commands] of known ? light : [await nodeCommands(), ...light]) {
    program.commandsGroup(title);
    for (const command of commands) program.addCommand(command);
  }
  throwInsteadOfExit(program);
  return program;
}

/** Loaded for those who want them, or all: a whole node comes along, and the other commands start in half the time. */
async function nodeCommands(): Promise<readonly [title: string, commands: readonly Command[]]> {
  const { demoCommand } = await import('./commands/demo.ts');
  const { serveCommand } = await import('./commands/serve.ts');
  return ['Try it, run it:', [demoCommand(), serveCommand()]];
}

function throwInsteadOfExit(command: Command): void {
  command
    .exitOverride()
    .helpCommand(false)
    .configureOutput({ outputError: (text, write) => write(usageError(text)) });
  for (const child of command.commands) throwInsteadOfExit(child);
}

function usageError(text: string): string {
  const message = text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ')
    .replace(/\.+$/, '');
  return `${styledForErrors('red', 'belltower:')} ${message}. Add --help to see what it takes.\n`;
}
