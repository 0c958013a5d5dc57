import type { EnrolledPerson, Person } from '@belltower/client';
import { type Command, Option } from 'commander';
import { printable } from '../output/printable.ts';
import { printFields, printTable } from '../output/table.ts';
import { note, print, printJson } from '../output/terminal.ts';
import { findOrganisation } from '../session/find-organisation.ts';
import type { ServerOptions } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly json?: boolean;
  readonly org?: string;
}

/** `belltower person list|add|enrol|remove` */
export function personCommand(): Command {
  return teaching('person', {
    summary: 'people of an organisation',
    examples: ['person list', 'person add "Ada Berg" --role analyst', 'person remove 0b6f…'],
  })
    .addCommand(listSubcommand())
    .addCommand(addSubcommand())
    .addCommand(enrolSubcommand())
    .addCommand(removeSubcommand());
}

function listSubcommand(): Command {
  const command = teaching('list', {
    summary: 'show the people of an organisation',
    examples: ['person list', 'person list --org "Telco Nord" --json'],
  });
  return withOrganisation(command).action(async (options: Options) => {
    const { api } = await openSession(options);
    const people = await api.people(await findOrganisation(api, options.org));
    if (options.json === true) return printJson(people);
    await printTable(
      people,
      [
        ['ID', ({ id }) => id],
        ['NAME', ({ name }) => name],
        ['ROLE', ({ role }) => role],
        ['EMAIL', ({ email }) => email],
        ['STATE', ({ removed }) => (removed ? 'removed' : 'active')],
      ],
      'This organisation has no people here.',
    );
  });
}

interface AddOptions extends Options {
  readonly role: string;
  readonly email?: string;
}

function addSubcommand(): Command {
  const command = teaching('add', {
    summary: 'add a person to an organisation',
    about:
      'Adds a person to an organisation and prints an enrolment, once: the secret with which they make their own token, ' +
      '"belltower enrol". It works once, within a week. An organisation adds its own people; the node\'s operator adds an ' +
      'administrator to one that has none.',
    examples: [
      'person add "Ada Berg" --role analyst',
      'person add "Bo Lund" --role organisation-administrator --org "Telco Nord"',
    ],
  });
  return withOrganisation(command)
    .argument('<name>', 'their name')
    .addOption(
      new Option('--role <role>', 'what they may do')
        .choices(['analyst', 'organisation-administrator', 'node-operator'])
        .default('analyst'),
    )
    .option('--email <address>', 'where they can be reached')
    .action(async (name: string, options: AddOptions) => {
      const { api } = await openSession(options);
      const { role, email } = options;
      const organisation = await findOrganisation(api, options.org);
      await showEnrolled(await api.createPerson(organisation, { name, role, email }), options);
    });
}

function enrolSubcommand(): Command {
  const command = teaching('enrol', {
    summary: 'make another enrolment for somebody who has not come in yet',
    about: 'Makes another enrolment for a person who has not used theirs; the one before it ends.',
    examples: ['person enrol 0b6f3a52-8f0e-4b7e-9d0e-2f6a1c9b7d11'],
  });
  return withServer(withJson(command))
    .argument('<id>', 'the id that "person list" shows')
    .action(async (id: string, options: Options) => {
      const { api } = await openSession(options);
      await showEnrolled(await api.renewEnrolment(id), options);
    });
}

function removeSubcommand(): Command {
  const command = teaching('remove', {
    summary: 'remove a person; their tokens end at once',
    examples: ['person remove 0b6f3a52-8f0e-4b7e-9d0e-2f6a1c9b7d11'],
  });
  return withServer(withJson(command))
    .argument('<id>', 'the id that "person list" shows')
    .action(async (id: string, options: Options) => {
      const { api } = await openSession(options);
      await show(await api.removePerson(id), options);
    });
}

function withOrganisation(command: Command): Command {
  return withServer(withJson(command)).option('--org <organisation>', 'id or name; otherwise your own');
}

async function showEnrolled(person: EnrolledPerson, options: Options): Promise<void> {
  if (options.json === true) return printJson(person);
  note(
    `${printable(person.name)} (${person.role}) has the id ${person.id}. Hand them this enrolment; it works once, until ${person.enrolment.expires}:`,
  );
  await print(person.enrolment.text);
}

async function show(person: Person, { json }: Options): Promise<void> {
  if (json === true) return printJson(person);
  await printFields([
    ['id', person.id],
    ['name', person.name],
    ['role', person.role],
    ['email', person.email],
    ['organisation', person.organisation],
    ['state', person.removed ? 'removed' : 'active'],
  ]);
}
