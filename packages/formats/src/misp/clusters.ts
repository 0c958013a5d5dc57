import { countryCodes, uuidV5, vocabularies } from '@belltower/stix';
import type { Json } from '../json.ts';
import { countryNamed } from './country-names.ts';
import { type GalaxyType, galaxyType } from './galaxy-types.ts';
import type { MispCluster } from './misp-event.ts';
import { cleaned, mispProperties } from './misp-extension.ts';
import { noTime, timestampOf, urlNamespace } from './misp-time.ts';
import { slugOf } from './slug.ts';

/** The clusters of an event: what is known of them, and what STIX objects were made of them. */
export interface Clusters {
  readonly known: ReadonlyMap<string, MispCluster>;
  /** By their ids. */
  readonly made: Map<string, Json>;
}

/** Known are clusters whose content the event brings along; a tag alone tells galaxy and value. */
export function clustersOf(all: Iterable<MispCluster>): Clusters {
  const known = new Map<string, MispCluster>();
  for (const cluster of all) if (!known.has(cluster.tag)) known.set(cluster.tag, cluster);
  return { known, made: new Map() };
}

/** The ids of the STIX objects that some tags name. */
export function clusterIds(tags: readonly string[], { known, made }: Clusters): readonly string[] {
  return tags.flatMap((tag) => {
    const cluster = known.get(tag) ?? clusterOfTag(tag);
    const object = cluster === undefined ? undefined : clusterObject(cluster);
    if (object === undefined) return [];
    const id = String(object['id']);
    if (!made.has(id)) made.set(id, object);
    return [id];
  });
}

/** What a galaxy tag says: `misp-galaxy:threat-actor="LightBasin"`. */
export function clusterOfTag(tag: string): MispCluster | undefined {
  const [, galaxy = '', value = ''] = /^misp-galaxy:([a-z0-9-]{1,100})="(.{1,400})"$/s.exec(tag) ?? [];
  return value === '' ? undefined : { tag, galaxy, value, uuid: undefined, raw: {}, galaxyRaw: {} };
}

/** Whether a cluster has an object of its own in STIX; all others travel as tags, with their content beside them. */
export function hasObject(cluster: MispCluster): boolean {
  return clusterObject(cluster) !== undefined;
}

function clusterObject(cluster: MispCluster): Json | undefined {
  const kind = galaxyType(cluster.galaxy);
  if (kind === undefined) return undefined;
  const own = ownProperties(cluster, kind);
  if (own === undefined) return undefined;
  const { raw, galaxyRaw, uuid, tag, galaxy } = cluster;
  const { description, ...rest } = raw;
  const references = referencesOf(cluster);
  return {
    type: kind.type,
    spec_version: '2.1',
    id: `${kind.type}--${uuid ?? uuidV5(urlNamespace, tag)}`,
    created: noTime,
    // MITRE and others publish objects with these ids: whatever they say is newer than what a galaxy repeats of it.
    modified: timestampOf(raw['version']) ?? noTime,
    ...own,
    ...kind.has,
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    ...(references.length > 0 ? { external_references: references } : {}),
    extensions: mispProperties(rest, {
      galaxy: { type: galaxy, ...cleaned(galaxyRaw) },
      tag_name: tag,
    }),
  };
}

/** An id of a technique, group, software, mitigation or the like behind a name: `Phishing - T1566`. */
const externalId = /^(?:T|TA|S|G|M|C|FGT|FGM|MOT)\d{4}(?:\.\d{3})?$/;

/** The name of a cluster without the id behind it, and the id that it or its value says. */
export function namedId({ value, raw }: Pick<MispCluster, 'value' | 'raw'>): {
  readonly name: string;
  readonly id: string | undefined;
} {
  const cut = value.lastIndexOf(' - ');
  const behind = cut > 0 ? value.slice(cut + 3) : '';
  const said = textsOf(raw, 'external_id').find((id) => externalId.test(id));
  if (externalId.test(behind)) return { name: value.slice(0, cut), id: said ?? behind };
  return { name: value, id: said };
}

function ownProperties(cluster: MispCluster, { type }: GalaxyType): Json | undefined {
  const { name } = namedId(cluster);
  const synonyms = textsOf(cluster.raw, 'synonyms').slice(0, 200);
  const aliases = synonyms.length > 0 ? { aliases: synonyms } : {};
  switch (type) {
    case 'location':
      return locationOf(cluster);
    case 'identity':
      return { name, ...sectorOf(name) };
    case 'course-of-action':
      return { name };
    case 'attack-pattern':
      return { name, ...aliases, ...phasesOf(cluster) };
    default:
      return { name, ...aliases };
  }
}

function sectorOf(name: string): Json {
  const slug = slugOf(name).replace(/^telecoms?$/, 'telecommunications');
  return vocabularies['industry-sector-ov'].some((sector) => sector === slug) ? { sectors: [slug] } : {};
}

/** `mitre-attack:initial-access`, and `Techniques:Reconnaissance` where a galaxy has one chain only. */
function phasesOf({ raw, galaxy }: MispCluster): Json {
  const phases = textsOf(raw, 'kill_chain').flatMap((text) => {
    const cut = text.indexOf(':');
    const [chain, phase] = [
      slugOf(text.slice(0, Math.max(cut, 0))),
      slugOf(text.slice(text.lastIndexOf(':') + 1)),
    ];
    if (cut < 1 || phase === '') return [];
    return [{ kill_chain_name: chain === 'techniques' ? galaxy : chain, phase_name: phase }];
  });
  return phases.length > 0 ? { kill_chain_phases: phases } : {};
}

function locationOf({ value, raw }: MispCluster): Json | undefined {
  const region = slugOf(value.replace(/^\d{3} - /, ''));
  if (vocabularies['region-ov'].some((known) => known === region)) return { name: value, region };
  const said = [...textsOf(raw, 'ISO'), ...textsOf(raw, 'iso-code')].map((code) => code.toUpperCase());
  const country = said.find((code) => countryCodes.has(code)) ?? countryNamed(value);
  return country === undefined ? undefined : { name: value, country };
}

const sources: readonly (readonly [RegExp, string])[] = [
  [/^MOT/, 'gsma-motif'],
  [/^FG/, 'mitre-fight'],
  [/^/, 'mitre-attack'],
];

function referencesOf(cluster: MispCluster): readonly Json[] {
  const { id } = namedId(cluster);
  const links = textsOf(cluster.raw, 'refs').filter((link) =>
    /^https?:\/\/[^\s\p{Cc}<>"{}|\\^`]{3,2000}$/u.test(link),
  );
  const source = sources.find(([form]) => form.test(id ?? ''))?.[1];
  return [
    ...(id === undefined ? [] : [{ source_name: source, external_id: id }]),
    ...links.slice(0, 50).map((url) => ({ source_name: 'misp-galaxy', url })),
  ];
}

/** Texts under a name of a cluster's meta, which has lists and sometimes a single text. */
function textsOf({ meta }: Json, name: string): readonly string[] {
  const value: unknown =
    typeof meta === 'object' && meta !== null
      ? Object.getOwnPropertyDescriptor(meta, name)?.value
      : undefined;
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((text) => typeof text === 'string').filter((text) => text !== '');
}
