import {
  fightSoftware,
  frameworkObjectId,
  frameworkReleases,
  telecomExtensionAuthor,
} from '@belltower/telecom';
import { type CountedLosses, countLosses } from '../counted-losses.ts';
import { framedObject, framedRelationship, type ObjectFrame, phaseName } from '../framework-object.ts';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import { readBoundedYaml, type YamlError } from './bounded-yaml.ts';
import { detailsOf } from './fight-details.ts';
import { type FightEntry, type FightFile, fightFileOf, Misfit, textOf, textsAt } from './fight-file.ts';
import { tellFightLosses } from './fight-losses.ts';
import { numberReferences, techniqueReferences } from './fight-references.ts';
import { partsOf, relationsOf } from './fight-relations.ts';

/** STIX objects, and what they could not carry. */
export interface FromFight {
  readonly objects: readonly Json[];
  readonly losses: readonly Loss[];
}

export type FightConversion =
  | { readonly ok: true; readonly value: FromFight }
  /** `at` is a line and column, or a JSON path. */
  | { readonly ok: false; readonly error: YamlError };

/**
 * The file of MITRE FiGHT (`fight.yaml`) as STIX 2.1, with its own texts: techniques as attack patterns, mitigations as courses of action,
 * groups as intrusion sets, software as malware and tools, campaigns, and what uses and mitigates what. What a technique says
 * beside (conditions, assets, examples, detections) is a note on it. Ids are those of `techniqueObjects`, which has the same
 * techniques in other words.
 *
 * @param about.now the time of the conversion: the file says nothing of times, and a later conversion makes later versions
 */
export function fromFight(text: string, about: { readonly now: string }): FightConversion {
  const read = readBoundedYaml(text);
  if (!read.ok) return read;
  try {
    return { ok: true, value: convert(fightFileOf(read.value), about.now) };
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return { ok: false, error: { message: error.message, at: error.at } };
  }
}

const framework = 'mitre-fight';

/** The types of what is neither technique nor tactic. */
const softwareTypes: ReadonlyMap<string, 'malware' | 'tool'> = new Map(
  fightSoftware.map(({ id, type }) => [id, type]),
);

function convert(file: FightFile, now: string): FromFight {
  const frame: ObjectFrame = {
    created: frameworkReleases[framework].published,
    now,
    creator: telecomExtensionAuthor.id,
  };
  const losses = countLosses();
  tellFightLosses(file, losses);
  const phases = new Map(file.tactics.map(({ id, name }) => [id, phaseName(name)]));
  const named = (type: string, entry: FightEntry, more: Json = {}) => ({
    ...framedObject(frameworkObjectId(type, framework, entry.id), frame),
    name: entry.name,
    ...(entry.description === '' ? {} : { description: entry.description }),
    ...more,
    external_references: numberReferences(entry.id),
  });
  const entries: readonly Json[] = [
    ...file.techniques.flatMap((entry) => techniqueObjectsOf(entry, { frame, phases, losses })),
    ...file.mitigations.map((entry) => named('course-of-action', entry)),
    ...file.groups.map((entry) => named('intrusion-set', entry)),
    ...file.software.map((entry) => {
      const type = softwareTypes.get(entry.id);
      if (type === undefined)
        losses.add({
          at: entry.at,
          what: 'kind of software',
          why: 'Whether it is made to do harm is not said; it is written as malware.',
        });
      return named(type ?? 'malware', entry, type === 'tool' ? {} : { is_family: true });
    }),
    ...file.campaigns.map((entry) => named('campaign', entry)),
  ];
  const ids = new Map(file.software.map(({ id }) => [id, softwareTypes.get(id) ?? 'malware']));
  const relations = relationsOf(file, { ids, losses }).map((relation) => framedRelationship(relation, frame));
  return { objects: [telecomExtensionAuthor, ...entries, ...relations], losses: losses.all() };
}

interface Context {
  readonly frame: ObjectFrame;
  /** Phases by the ids of tactics. */
  readonly phases: ReadonlyMap<string, string>;
  readonly losses: CountedLosses;
}

/** A technique and the note on it. */
function techniqueObjectsOf(entry: FightEntry, { frame, phases, losses }: Context): readonly Json[] {
  const { id, name, raw, at } = entry;
  const parts = partsOf(entry);
  const said = textOf(raw['status']);
  const status = statusOf(said);
  const tactics = distinct(
    textsAt(raw, 'tactics').map((tactic) => phases.get(tactic) ?? phaseName(tactic)),
  ).filter((phase) => phase !== '');
  if (status === undefined && said !== '')
    losses.add({
      at: `${at}.status`,
      what: 'status',
      why: 'It is none that is known; it stands in the note.',
    });
  const labels = [
    ...(status === undefined ? [] : [status]),
    ...distinct(textsAt(raw, 'architecture-segment').map((segment) => `segment:${phaseName(segment)}`)),
    ...distinct(
      parts.flatMap((part) => textsAt(part.raw, 'platforms')).map((on) => `platform:${phaseName(on)}`),
    ),
  ];
  const patternId = frameworkObjectId('attack-pattern', framework, id);
  const pattern = {
    ...framedObject(patternId, frame),
    name,
    description: descriptionOf(entry),
    ...(tactics.length === 0
      ? {}
      : { kill_chain_phases: tactics.map((phase) => ({ kill_chain_name: framework, phase_name: phase })) }),
    ...(labels.length === 0 ? {} : { labels }),
    external_references: techniqueReferences(
      id,
      parts.flatMap((part) => textList(part.raw['references'])),
    ),
  };
  const details = detailsOf(parts, said.toLowerCase().replaceAll(' ', '-') === status ? '' : said);
  if (details === '') return [pattern];
  const note = {
    ...framedObject(frameworkObjectId('note', framework, `${id} details`), frame),
    abstract: `What FiGHT says beside ${id}`,
    content: details,
    object_refs: [patternId],
  };
  return [pattern, note];
}

/** Its description, after the summary where that says something else, and what FiGHT adds to a technique of ATT&CK behind it. */
function descriptionOf(entry: FightEntry): string {
  const summary = textOf(entry.raw['bluf']);
  const [, ...additions] = partsOf(entry);
  const texts = [
    ...(entry.description.startsWith(summary) ? [] : [summary]),
    entry.description,
    ...additions.map(({ raw }) => textOf(raw['name'])),
  ].filter((text) => text !== '');
  return texts.length === 0 ? entry.name : texts.join('\n\n');
}

/** The free text of a status as one of three. */
function statusOf(text: string): 'theoretical' | 'proof-of-concept' | 'observed' | undefined {
  const lower = text.toLowerCase();
  if (lower.startsWith('observed')) return 'observed';
  if (lower === 'poc' || lower.startsWith('proof of concept')) return 'proof-of-concept';
  return lower.startsWith('theoretical') ? 'theoretical' : undefined;
}

/** Texts as they stand: references have commas in them. */
function textList(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map(textOf).filter((text) => text !== '');
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
