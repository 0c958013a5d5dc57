import type { ApiClient, Collection, CollectionEffect, CollectionSettings } from '@belltower/client';
import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { printable } from '../output/printable.ts';
import { printFields, printTable } from '../output/table.ts';
import { print, printJson, styled } from '../output/terminal.ts';
import { findOrganisation } from '../session/find-organisation.ts';
import type { ServerOptions } from '../session/session.ts';
import { openSession, withServer } from '../session/session.ts';
import { mergeMembers, readMembers } from './member-option.ts';
import { collect } from './option-values.ts';
import { teaching, withJson } from './teaching.ts';

interface Options extends ServerOptions {
  readonly json?: boolean;
}

interface SettingOptions extends Options {
  readonly title?: string;
  readonly alias?: string;
  readonly description?: string;
  readonly audience?: string;
  readonly marking?: string;
  readonly audienceWrites?: boolean;
  readonly onBehalf?: boolean;
  readonly anonymous?: boolean;
  readonly personalData?: string;
  readonly member?: readonly string[];
  readonly person?: readonly string[];
}

/** `belltower collection list|show|create|change` */
export function collectionCommand(): Command {
  return teaching('collection', {
    summary: 'collections: STIX objects with an audience',
    about:
      'A collection is STIX objects with an audience: who may read an entry is decided by the collection it stands in.',
    examples: [
      'collection list',
      'collection show fraud',
      'collection change fraud --member "Telco Nord" --preview',
    ],
  })
    .addCommand(listSubcommand())
    .addCommand(showSubcommand())
    .addCommand(createSubcommand())
    .addCommand(changeSubcommand());
}

function listSubcommand(): Command {
  const command = teaching('list', {
    summary: 'show the collections that are there for you',
    examples: ['collection list', 'collection list --json'],
  });
  return withServer(withJson(command)).action(async (options: Options) => {
    const { api } = await openSession(options);
    const collections = await api.collections();
    if (options.json === true) return printJson(collections);
    await printTable(
      collections,
      [
        ['ID', ({ id }) => id],
        ['ALIAS', ({ alias }) => alias],
        ['TITLE', ({ title }) => title],
        ['AUDIENCE', ({ audience }) => audience],
        ['MARKING', ({ defaultMarking }) => defaultMarking],
        ['YOU', ({ canRead, canWrite }) => `${canRead ? 'r' : '-'}${canWrite ? 'w' : '-'}`],
      ],
      'There are no collections for you.',
    );
  });
}

function showSubcommand(): Command {
  const command = teaching('show', {
    summary: 'show one collection and its members',
    examples: ['collection show fraud', 'collection show fraud --json'],
  });
  return withServer(withJson(command))
    .argument('<collection>', 'id or alias')
    .action(async (name: string, options: Options) => {
      const { api } = await openSession(options);
      await show(await api.collection(name), { ...options, api });
    });
}

function createSubcommand(): Command {
  const command = teaching('create', {
    summary: 'make a collection',
    about:
      'Makes a collection. Its audience: public (anybody), community (all members), organisations (those named with ' +
      '--member) or people (those named with --person). Its marking is the least strict that an object in it can have.',
    examples: [
      'collection create "Fraud" --alias fraud --audience community',
      'collection create "Nordic ring" --audience organisations --member "Telco Nord=both" --member "CERT X"',
    ],
  });
  return withSettings(command)
    .argument('<title>', 'what it is called')
    .option('--owner <organisation>', 'who decides on it, id or name; otherwise your own')
    .action(async (title: string, options: SettingOptions & { readonly owner?: string }) => {
      const { audience } = options;
      if (audience === undefined)
        throw new CommandError('A collection needs an audience.', { advice: 'Give --audience.' });
      const { api } = await openSession(options);
      const { member: organisations = [], person: people = [] } = options;
      const owner = options.owner === undefined ? undefined : await findOrganisation(api, options.owner);
      const members = await readMembers(api, { organisations, people });
      await show(await api.createCollection({ ...settings(options), title, audience, owner, members }), {
        ...options,
        api,
      });
    });
}

interface ChangeOptions extends SettingOptions {
  readonly remove?: readonly string[];
  readonly preview?: boolean;
}

function changeSubcommand(): Command {
  const command = teaching('change', {
    summary: 'change a collection, or see what a change would do',
    about:
      'Changes a collection; what is left out stays. Where more can read it afterwards, the answer says what becomes ' +
      'readable and by whom, and the change is refused where a marking forbids it (rule G5). --preview shows that and ' +
      'changes nothing.\n\nExit code: 0 changed, or it could be; 1 refused.',
    examples: [
      'collection change fraud --audience community --preview',
      'collection change fraud --personal-data warn',
      'collection change ring --member "Telco Nord=both" --remove identity--…',
    ],
  });
  return withSettings(command)
    .argument('<collection>', 'id or alias')
    .option('--title <title>', 'what it is called')
    .option('--remove <id>', 'an organisation or person that is a member no longer; may be repeated', collect)
    .option('--preview', 'show who would read what, and change nothing')
    .action(async (name: string, options: ChangeOptions) => {
      const { api } = await openSession(options);
      const { member: organisations = [], person: people = [], remove: removed = [] } = options;
      const named = await readMembers(api, { organisations, people });
      const membersChange = named.length + removed.length > 0;
      const members = membersChange
        ? mergeMembers((await api.collection(name)).members, { named, removed })
        : undefined;
      const change = { ...settings(options), members };
      if (Object.values(change).every((value) => value === undefined)) {
        throw new CommandError('Nothing is to be changed.', {
          advice: '"belltower collection change --help" shows what can be.',
        });
      }
      const effect = await (options.preview === true
        ? api.previewCollection(name, change)
        : api.changeCollection(name, change));
      if (options.json === true) await printJson(effect);
      else await printEffect(effect);
    });
}

function withSettings(command: Command): Command {
  const audience = new Option('--audience <audience>', 'whom it reaches').choices([
    'public',
    'community',
    'organisations',
    'people',
  ]);
  const marking = new Option('--marking <level>', 'the least strict marking of what is in it').choices([
    'clear',
    'green',
    'amber',
    'amber+strict',
    'red',
  ]);
  return withServer(withJson(command))
    .option('--alias <alias>', 'a short name for addresses and commands')
    .option('--description <text>', 'what it is for')
    .addOption(audience)
    .addOption(marking)
    .option('--audience-writes', 'whoever reads may publish')
    .option('--no-audience-writes', 'only the owner and members with write may publish')
    .option('--on-behalf', 'members may publish for those that delegated it to them')
    .option('--no-on-behalf', 'everybody publishes for themselves')
    .option('--anonymous', 'members may publish without their name')
    .option('--no-anonymous', 'whoever publishes gives their name')
    .addOption(
      new Option(
        '--personal-data <rule>',
        'what becomes of objects that name subscribers in plain (rule G9); from now on, what is there stays',
      ).choices(['warn', 'refuse']),
    )
    .option('--member <organisation>', 'NAME, NAME=write or NAME=both; may be repeated', collect)
    .option('--person <id>', 'ID, ID=write or ID=both; may be repeated', collect);
}

function settings(options: SettingOptions): CollectionSettings {
  return {
    title: options.title,
    alias: options.alias,
    description: options.description,
    audience: options.audience,
    defaultMarking: options.marking,
    audienceWrites: options.audienceWrites,
    allowsOnBehalf: options.onBehalf,
    allowsAnonymous: options.anonymous,
    personalData: options.personalData,
  };
}

async function printEffect({ preview, collection, entries, notes, ...by }: CollectionEffect): Promise<void> {
  const readers = [
    ...(by.audience === undefined ? [] : [`the audience "${by.audience}"`]),
    ...by.organisations,
    ...by.people.map((id) => `person ${id}`),
  ];
  const verb = preview ? 'would become' : 'became';
  const what = entries === 1 ? '1 entry' : `${entries} entries`;
  await print(
    readers.length === 0
      ? `Nobody ${preview ? 'would read' : 'reads'} more than before.`
      : styled('yellow', `${what} ${verb} readable by ${printable(readers.join(', '))}.`),
  );
  for (const note of notes) await print(printable(note));
  if (preview) await print('Nothing was changed.');
  else await printFields(fields(collection));
}

async function show(
  collection: Collection,
  { api, json }: Options & { readonly api: ApiClient },
): Promise<void> {
  if (json === true) return printJson(collection);
  await printFields(fields(collection));
  if (collection.members.length === 0) return;
  // Names only help: whoever may not list organisations sees the ids.
  const organisations = await api.organisations().catch(() => []);
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  await print();
  await printTable(
    collection.members,
    [
      ['MEMBER', ({ id }) => id],
      ['NAME', ({ id }) => names.get(id)],
      ['KIND', ({ kind }) => kind],
      ['RIGHTS', ({ read, write }) => `${read ? 'r' : '-'}${write ? 'w' : '-'}`],
    ],
    '',
  );
}

function fields(collection: Collection): readonly (readonly [string, string | undefined])[] {
  const yes = (value: boolean) => (value ? 'yes' : 'no');
  return [
    ['id', collection.id],
    ['alias', collection.alias],
    ['title', collection.title],
    ['description', collection.description],
    ['owner', collection.owner],
    ['audience', collection.audience],
    ['marking', collection.defaultMarking],
    ['audience writes', yes(collection.audienceWrites)],
    ['on behalf', yes(collection.allowsOnBehalf)],
    ['anonymous', yes(collection.allowsAnonymous)],
    ['personal data', collection.personalData],
    ['you may read', yes(collection.canRead)],
    ['you may publish', yes(collection.canWrite)],
  ];
}
