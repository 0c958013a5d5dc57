import { randomUUID } from 'node:crypto';
import {
  type Framework,
  frameworkReleases,
  objectsOfTechniques,
  type Technique,
  technique,
  techniqueFacts,
  techniqueObjectId,
  techniques,
} from '@belltower/telecom';
import { type Command, Option } from 'commander';
import { exitCodes } from '../command-error.ts';
import { printable } from '../output/printable.ts';
import { printFields, printTable } from '../output/table.ts';
import { note, print, printJson, styled, write } from '../output/terminal.ts';
import { teaching, withJson } from './teaching.ts';

interface Options {
  readonly framework?: 'fight' | 'motif';
  readonly json?: boolean;
  readonly stix?: boolean;
}

const named: Readonly<Record<'fight' | 'motif', Framework>> = { fight: 'mitre-fight', motif: 'gsma-motif' };

/** `belltower techniques [ID…]`: exit code 0 when every number is known, 1 when one is not. */
export function techniquesCommand(): Command {
  const command = teaching('techniques', {
    summary: 'list and explain the techniques of MITRE FiGHT and GSMA MoTIF, and write them as STIX',
    about:
      'Lists the techniques of MITRE FiGHT and GSMA MoTIF, or tells of some of them by their numbers: what happens, for which aim, whether it has ' +
      'been seen, what is near it and what helps. With --stix they are written as a bundle of STIX 2.1, whose ids are the same wherever ' +
      'it is made.\n\nNumbers, names and tactics are those of the frameworks; the sentences are not.\n\n' +
      'Exit code: 0 every number is known, 1 one of them is not.',
    examples: [
      'techniques --framework motif',
      'techniques FGT5012.008 MOT3003.301',
      'techniques --framework fight --stix > fight.json',
    ],
  });
  return withJson(command, 'print [{framework, id, name, tactics, parent, status, links, says, stixId}]')
    .argument('[id...]', 'numbers such as FGT5012.008 or MOT3003.301; all where none is given')
    .addOption(new Option('--framework <name>', 'one framework only').choices(['fight', 'motif']))
    .addOption(new Option('--stix', 'write a bundle of STIX 2.1').conflicts('json'))
    .action(async (ids: readonly string[], { framework, json, stix }: Options) => {
      const asked = ids.length === 0 ? techniques : ids.flatMap((id) => technique(id) ?? []);
      const chosen = asked.filter((one) => framework === undefined || one.framework === named[framework]);
      if (stix === true) await writeBundle(chosen);
      else if (json === true)
        await printJson(chosen.map((one) => ({ ...one, stixId: techniqueObjectId(one.id) })));
      else if (ids.length === 0) await list(chosen);
      else for (const one of chosen) await tell(one);
      const unknown = ids.filter((id) => !chosen.some((one) => one.id === id.trim().toUpperCase()));
      for (const id of unknown)
        note(`${printable(id)}: no technique of ${framework ?? 'FiGHT or MoTIF'} has this number.`);
      if (unknown.length > 0) process.exitCode = exitCodes.no;
    });
}

async function writeBundle(chosen: readonly Technique[]): Promise<void> {
  await write(
    `${JSON.stringify({ type: 'bundle', id: `bundle--${randomUUID()}`, objects: objectsOfTechniques(chosen) }, null, 2)}\n`,
  );
}

function list(chosen: readonly Technique[]): Promise<void> {
  return printTable(
    chosen,
    [
      ['ID', ({ id }) => id],
      ['NAME', ({ name }) => name],
      ['TACTICS', ({ tactics }) => tactics.map(({ name }) => name).join(', ')],
      ['SEEN', ({ status }) => status?.replaceAll('-', ' ')],
    ],
    'There is none.',
  );
}

async function tell(one: Technique): Promise<void> {
  const { title, version } = frameworkReleases[one.framework];
  await print(`${styled('bold', one.id)}  ${styled('dim', `${title} ${version}`)}`);
  await printFields(techniqueFacts(one).map(([name, fact]) => [`  ${name}`, fact]));
}
