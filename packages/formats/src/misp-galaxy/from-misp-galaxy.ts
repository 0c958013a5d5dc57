import { isUuid, makeStixId, uuidV5 } from '@belltower/stix';
import {
  type Framework,
  frameworkObjectId,
  frameworkReleases,
  frameworks,
  technique,
  techniqueNamespace,
  techniqueObjectId,
  telecomExtensionAuthor,
} from '@belltower/telecom';
import { type CountedLosses, countLosses } from '../counted-losses.ts';
import {
  cleanText,
  framedObject,
  framedRelationship,
  type ObjectFrame,
  type Relation,
} from '../framework-object.ts';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Loss } from '../loss.ts';
import { fieldName } from '../loss.ts';
import { clusterReferences, textsOf } from './cluster-references.ts';
import { type GalaxyType, galaxyTypeOf, sourceNameOf } from './galaxy-types.ts';
import { killChainPhases } from './kill-chain.ts';
import { type Cluster, type Galaxy, type GalaxyError, readGalaxy } from './read-galaxy.ts';

/** STIX objects, and what they could not carry. */
export interface FromMispGalaxy {
  readonly objects: readonly Json[];
  readonly losses: readonly Loss[];
}

export type GalaxyConversion =
  | { readonly ok: true; readonly value: FromMispGalaxy }
  | { readonly ok: false; readonly error: GalaxyError };

/** When clusters were made nobody says; the beginning of MISP's calendar. */
const noTime = '1970-01-01T00:00:01.000Z';

/**
 * A file of clusters of a MISP galaxy as STIX 2.1: attack patterns, intrusion sets, malware, tools and so on, by the type of the galaxy.
 * The UUID of a cluster becomes that of its object, so those of ATT&CK have MITRE's own ids. Techniques of MoTIF and FiGHT have the
 * ids that `techniqueObjects` gives them.
 *
 * @param about.now the time of the conversion: files say nothing of times, and a later conversion makes later versions
 */
export function fromMispGalaxy(text: string, about: { readonly now: string }): GalaxyConversion {
  const read = readGalaxy(text);
  if (!read.ok) return read;
  const is = galaxyTypeOf(read.value.type);
  if (is === undefined) {
    const message = `STIX has no type for what the galaxy ${read.value.type} holds.`;
    return { ok: false, error: { message, at: '$.type' } };
  }
  return { ok: true, value: convert(read.value, is, about.now) };
}

/** Types that have `aliases`, and those that have `kill_chain_phases`. */
const withAliases: ReadonlySet<string> = new Set([
  'attack-pattern',
  'campaign',
  'intrusion-set',
  'malware',
  'threat-actor',
  'tool',
]);
const withPhases: ReadonlySet<string> = new Set(['attack-pattern', 'malware', 'tool']);

/** Relations of MISP that STIX or ATT&CK has as well, and between which objects. */
const relationTypes: ReadonlyMap<unknown, string> = new Map([
  ['subtechnique-of', 'attack-pattern'],
  ['variant-of', 'malware'],
]);

/** One file under way. */
interface Conversion {
  readonly galaxy: Galaxy;
  readonly is: GalaxyType;
  /** `source_name` of its numbers. */
  readonly source: string;
  /** The framework whose techniques it holds, where everybody computes their ids. */
  readonly framework: Framework | undefined;
  readonly frame: ObjectFrame;
  readonly losses: CountedLosses;
}

function convert(galaxy: Galaxy, is: GalaxyType, now: string): FromMispGalaxy {
  const source = sourceNameOf(galaxy.type);
  const framework = frameworks.find((one) => one === source);
  const frame: ObjectFrame =
    framework === undefined
      ? { created: noTime, now }
      : { created: frameworkReleases[framework].published, now, creator: telecomExtensionAuthor.id };
  const conversion: Conversion = { galaxy, is, source, framework, frame, losses: countLosses() };
  const objects = new Map<string, Json>();
  const ids = new Map<string, string>();
  for (const cluster of galaxy.clusters) {
    const id = idOf(cluster, conversion);
    if (cluster.uuid !== undefined) ids.set(cluster.uuid, id);
    if (objects.has(id))
      conversion.losses.add({ at: cluster.at, what: 'cluster', why: 'Another one has the same id.' });
    else objects.set(id, objectOf(cluster, id, conversion));
  }
  for (const cluster of galaxy.clusters)
    for (const relation of relationsOf(cluster, ids, conversion)) {
      const relationship = framedRelationship(relation, frame);
      objects.set(String(relationship['id']), relationship);
    }
  const maker = framework === undefined || objects.size === 0 ? [] : [telecomExtensionAuthor];
  return { objects: [...maker, ...objects.values()], losses: conversion.losses.all() };
}

function idOf({ uuid, value, meta }: Cluster, { is, framework, galaxy }: Conversion): string {
  const [number] = textsOf(meta['external_id']);
  if (framework !== undefined && number !== undefined) return frameworkObjectId(is.type, framework, number);
  if (uuid !== undefined && isUuid(uuid)) return makeStixId(is.type, uuid);
  const name = uuid ?? `${galaxy.type} ${value}`;
  return makeStixId(is.type, uuidV5(techniqueNamespace, `misp-galaxy ${name.toWellFormed()}`));
}

function objectOf(cluster: Cluster, id: string, { is, galaxy, source, frame, losses }: Conversion): Json {
  const { type, properties } = is;
  const { meta, at } = cluster;
  const description = cleanText(cluster.description);
  const aliases = withAliases.has(type) ? textsOf(meta['synonyms']) : [];
  const phases = withPhases.has(type) ? killChainPhases(meta['kill_chain'], galaxy.type) : [];
  const references = clusterReferences(cluster, source);
  const carried = new Set([
    'external_id',
    'refs',
    ...(withAliases.has(type) ? ['synonyms'] : []),
    ...(withPhases.has(type) ? ['kill_chain'] : []),
  ]);
  for (const [key, value] of Object.entries(meta))
    if (!carried.has(key) && !isEmpty(value)) {
      const what = fieldName(key);
      losses.add({ at: `${at}.meta.${what}`, what, why: 'STIX has no property for it.' });
    }
  return {
    ...framedObject(id, frame),
    ...(cluster.revoked ? { revoked: true } : {}),
    name: cleanText(cluster.value),
    ...(description === '' ? {} : { description }),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...properties,
    ...(phases.length === 0 ? {} : { kill_chain_phases: phases }),
    ...(references.length === 0 ? {} : { external_references: references }),
  };
}

function relationsOf(
  cluster: Cluster,
  ids: ReadonlyMap<string, string>,
  conversion: Conversion,
): readonly Relation[] {
  const { is, losses } = conversion;
  const source = idOf(cluster, conversion);
  const said = cluster.related.flatMap(({ type, tags, 'dest-uuid': dest }, index): readonly Relation[] => {
    const at = `${cluster.at}.related[${index}]`;
    const target = typeof dest === 'string' ? ids.get(dest.toLowerCase()) : undefined;
    if (target === undefined)
      losses.add({
        at,
        what: 'relation',
        why: 'It goes to a cluster of another file, whose type is not known here.',
      });
    if (target === undefined || target === source) return [];
    if (tags !== undefined)
      losses.add({ at: `${at}.tags`, what: 'tags', why: 'Relationships of STIX have no likelihood.' });
    const kept = relationTypes.get(type) === is.type;
    if (!kept && type !== 'similar')
      losses.add({
        at: `${at}.type`,
        what: plainText(type).slice(0, 100) || 'type',
        why: 'It is written as related-to.',
      });
    return [{ source, type: kept ? plainText(type) : 'related-to', target }];
  });
  return [...knownRelations(cluster, source, conversion), ...said];
}

/** What the galaxy leaves to its readers: parts of techniques by their numbers, and techniques of others in the words of its references. */
function knownRelations(
  { meta }: Cluster,
  source: string,
  { framework, is }: Conversion,
): readonly Relation[] {
  const [number = ''] = textsOf(meta['external_id']);
  const known = framework === undefined || is.type !== 'attack-pattern' ? undefined : technique(number);
  if (known === undefined) return [];
  const targets = (numbers: readonly string[]) => numbers.flatMap((one) => techniqueObjectId(one) ?? []);
  return [
    ...targets(known.parent === undefined ? [] : [known.parent]).map(
      (target): Relation => ({ source, type: 'subtechnique-of', target }),
    ),
    ...targets(known.links).map((target): Relation => ({ source, type: 'related-to', target })),
  ];
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
