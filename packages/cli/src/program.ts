import { Command } from 'commander';
import { styledForErrors } from './output/terminal.ts';
import { programVersion } from './version.ts';

/**
 * Every command, loaded when it is asked for: some bring a whole node along, some the numbering plans of the world, and the others start in a
 * third of the time.
 */
const groups: readonly {
  readonly title: string;
  readonly commands: Readonly<Record<string, () => Promise<Command>>>;
}[] = [
  {
    title: 'Try it, run it:',
    commands: {
      demo: async () => (await import('./commands/demo.ts')).demoCommand(),
      serve: async () => (await import('./commands/serve.ts')).serveCommand(),
    },
  },
  {
    title: 'Without a node:',
    commands: {
      validate: async () => (await import('./commands/validate.ts')).validateCommand(),
      pattern: async () => (await import('./commands/pattern.ts')).patternCommand(),
      explain: async () => (await import('./commands/explain.ts')).explainCommand(),
      techniques: async () => (await import('./commands/techniques.ts')).techniquesCommand(),
      extract: async () => (await import('./commands/extract.ts')).extractCommand(),
      convert: async () => (await import('./commands/convert.ts')).convertCommand(),
    },
  },
  {
    title: 'Subscribers:',
    commands: {
      key: async () => (await import('./commands/key.ts')).keyCommand(),
      conceal: async () => (await import('./commands/conceal.ts')).concealCommand(),
      match: async () => (await import('./commands/match.ts')).matchCommand(),
    },
  },
  {
    title: 'Share:',
    commands: {
      publish: async () => (await import('./commands/publish.ts')).publishCommand(),
      pull: async () => (await import('./commands/pull.ts')).pullCommand(),
      watch: async () => (await import('./commands/watch.ts')).watchCommand(),
      withdraw: async () => (await import('./commands/withdraw.ts')).withdrawCommand(),
    },
  },
  {
    title: 'Take part and administer:',
    commands: {
      enrol: async () => (await import('./commands/enrol.ts')).enrolCommand(),
      login: async () => (await import('./commands/login.ts')).loginCommand(),
      whoami: async () => (await import('./commands/whoami.ts')).whoamiCommand(),
      org: async () => (await import('./commands/org.ts')).orgCommand(),
      person: async () => (await import('./commands/person.ts')).personCommand(),
      token: async () => (await import('./commands/token.ts')).tokenCommand(),
      collection: async () => (await import('./commands/collection.ts')).collectionCommand(),
      audit: async () => (await import('./commands/audit.ts')).auditCommand(),
    },
  },
  {
    title: "Look after a node's data:",
    commands: {
      doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
      migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
      backup: async () => (await import('./commands/backup.ts')).backupCommand(),
      restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
      digest: async () => (await import('./commands/digest.ts')).digestCommand(),
    },
  },
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
  const isKnown = groups.some(({ commands }) => asked !== undefined && Object.hasOwn(commands, asked));
  for (const { title, commands } of groups) {
    program.commandsGroup(title);
    for (const [name, load] of Object.entries(commands)) {
      if (!isKnown || name === asked) program.addCommand(await load());
    }
  }
  throwInsteadOfExit(program);
  return program;
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
