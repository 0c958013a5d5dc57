import type { Organisation, OrganisationChange } from '@belltower/client';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { printFields, printTable } from '../output/table.ts';
import { note, print, printJson } from '../output/terminal.ts';
import { findOrganisation } from '../session/find-organisation.ts';
import type { ServerOptions } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { commaList } from './option-values.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly json?: boolean;
}

/** `belltower org list|create|change|suspend|resume` */
export function orgCommand(): Command {
  return teaching('org', {
    summary: 'organisations that take part',
    about:
      'Organisations that take part: see them, admit one, change what it is and whom it trusts, suspend it.',
    examples: ['org list', 'org create "Telco Nord" --kind operator', 'org suspend "Telco Nord"'],
  })
    .addCommand(listSubcommand())
    .addCommand(createSubcommand())
    .addCommand(changeSubcommand())
    .addCommand(suspendSubcommand())
    .addCommand(resumeSubcommand());
}

function listSubcommand(): Command {
  const command = teaching('list', {
    summary: 'show all organisations',
    examples: ['org list', 'org list --json'],
  });
  return withServer(withJson(command)).action(async (options: Options) => {
    const { api } = await openSession(options);
    const organisations = await api.organisations();
    if (options.json === true) return printJson(organisations);
    await printTable(
      organisations,
      [
        ['ID', ({ id }) => id],
        ['NAME', ({ name }) => name],
        ['KIND', ({ kind }) => kind],
        ['STATE', state],
        ['ENROLLED', ({ enrolled }) => enrolled],
      ],
      'There are no organisations.',
    );
  });
}

function kindOption(): Option {
  return new Option('--kind <kind>', 'what it is in the sector').choices([
    'operator',
    'vendor',
    'law-enforcement',
    'researcher',
    'authority',
    'cert',
  ]);
}

function createSubcommand(): Command {
  const command = teaching('create', {
    summary: 'admit an organisation',
    about:
      'Admits an organisation and prints an enrolment, once: the secret with which its first administrator comes in, ' +
      '"belltower enrol". From then on it administers its own people and tokens.',
    examples: ['org create "Telco Nord" --kind operator', 'org create "CERT X" --kind cert --id identity--…'],
  });
  return withServer(withJson(command))
    .argument('<name>', 'how the community knows it')
    .addOption(kindOption().makeOptionMandatory())
    .option('--id <identity>', 'the STIX identity id that it uses already; otherwise one is made')
    .option('--administrator <name>', 'who comes in first', 'Administrator')
    .action(async (name: string, options: CreateOptions) => {
      const { api } = await openSession(options);
      const { kind, id } = options;
      const organisation = await api.createOrganisation({ name, kind, id });
      const person = { name: options.administrator, role: 'organisation-administrator' };
      const administrator = await api.createPerson(organisation.id, person);
      if (options.json === true) return printJson({ ...organisation, administrator });
      await show(organisation, options);
      const { text, expires } = administrator.enrolment;
      note(
        `Hand this enrolment to its administrator, who runs "belltower enrol"; it works once, until ${expires}:`,
      );
      await print(text);
    });
}

interface CreateOptions extends Options {
  readonly kind: string;
  readonly id?: string;
  readonly administrator: string;
}

interface ChangeOptions extends Options {
  readonly name?: string;
  readonly kind?: string;
  readonly clients?: readonly string[];
  readonly delegates?: readonly string[];
}

function changeSubcommand(): Command {
  const command = teaching('change', {
    summary: 'change its name, its kind, or whom it trusts',
    about:
      'Changes an organisation; what is left out stays. Clients are organisations to which its TLP:AMBER may be passed on ' +
      '(rule G4). Delegates are organisations that may publish on its behalf where a collection allows it (rule G7). Both ' +
      'lists replace what was there; "" empties one.',
    examples: [
      'org change "Telco Nord" --name "Telco North"',
      'org change "Telco Nord" --clients "Nord MVNO,Nord IoT"',
    ],
  });
  return withServer(withJson(command))
    .argument('<organisation>', 'id or name')
    .option('--name <name>', 'its new name')
    .addOption(kindOption())
    .option('--clients <organisations>', 'ids or names, separated by commas', commaList)
    .option('--delegates <organisations>', 'ids or names, separated by commas', commaList)
    .action(async (named: string, options: ChangeOptions) => {
      const { name, kind } = options;
      if (![name, kind, options.clients, options.delegates].some((value) => value !== undefined)) {
        throw new CommandError('Nothing is to be changed.', {
          advice: '"belltower org change --help" shows what can be.',
        });
      }
      const { api } = await openSession(options);
      const ids = (list: readonly string[] | undefined) =>
        list === undefined ? undefined : Promise.all(list.map((item) => findOrganisation(api, item)));
      const change = {
        name,
        kind,
        clients: await ids(options.clients),
        delegates: await ids(options.delegates),
      };
      await show(await api.changeOrganisation(await findOrganisation(api, named), change), options);
    });
}

function suspendSubcommand(): Command {
  const command = teaching('suspend', {
    summary: 'end all its access at once',
    about:
      'Ends all access of an organisation within a second, on open streams as well. Its tokens work again after "org resume".',
    examples: ['org suspend "Telco Nord"'],
  });
  return changing(command, { suspended: true });
}

function resumeSubcommand(): Command {
  const command = teaching('resume', {
    summary: 'give a suspended organisation its access back',
    examples: ['org resume "Telco Nord"'],
  });
  return changing(command, { suspended: false });
}

function changing(command: Command, change: OrganisationChange): Command {
  return withServer(withJson(command))
    .argument('<organisation>', 'id or name')
    .action(async (named: string, options: Options) => {
      const { api } = await openSession(options);
      await show(await api.changeOrganisation(await findOrganisation(api, named), change), options);
    });
}

function state({ suspended, administered }: Organisation): string {
  if (suspended) return 'suspended';
  return administered ? 'active' : 'not enrolled';
}

async function show(organisation: Organisation, { json }: Options): Promise<void> {
  if (json === true) return printJson(organisation);
  await printFields([
    ['id', organisation.id],
    ['name', organisation.name],
    ['kind', organisation.kind],
    ['state', state(organisation)],
    ['clients', organisation.clients.join(', ') || 'none'],
    ['delegates', organisation.delegates.join(', ') || 'none'],
  ]);
}
