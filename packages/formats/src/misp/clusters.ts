import { countryCodes, isJsonObject, vocabularies } from '@belltower/stix';
import { attackPattern, technique, techniques } from '@belltower/telecom';
import { derivedUuid } from '../derived-uuid.ts';
import type { Json } from '../json.ts';
import { textsOf } from '../misp-galaxy/cluster-references.ts';
import type { GalaxyType } from '../misp-galaxy/galaxy-types.ts';
import { sourceNameOf } from '../misp-galaxy/galaxy-types.ts';
import { killChainPhases } from '../misp-galaxy/kill-chain.ts';
import { clusterType } from './cluster-type.ts';
import { countryNamed } from './country-names.ts';
import type { MispCluster } from './misp-event.ts';
import { cleaned, mispProperties } from './misp-extension.ts';
import { noTime, timestampOf } from './misp-time.ts';
import { slugOf } from './slug.ts';

/** The clusters of an event: what is known of them, and what STIX objects were made of them. */
export interface Clusters {
  readonly known: ReadonlyMap<string, MispCluster>;
  /** By their ids. */
  readonly made: Map<string, Json>;
  /** The id that a tag names; undefined for tags that name no object. */
  readonly idOf: Map<string, string | undefined>;
}

/** Known are clusters whose content the event brings along; a tag alone tells galaxy and value. */
export function clustersOf(all: Iterable<MispCluster>): Clusters {
  const known = new Map<string, MispCluster>();
  for (const cluster of all) if (!known.has(cluster.tag)) known.set(cluster.tag, cluster);
  return { known, made: new Map(), idOf: new Map() };
}

/** The ids of the STIX objects that some tags name. */
export function clusterIds(tags: readonly string[], { known, made, idOf }: Clusters): readonly string[] {
  return tags.flatMap((tag) => {
    if (!idOf.has(tag)) {
      const cluster = known.get(tag) ?? clusterOfTag(tag);
      const object = cluster === undefined ? undefined : clusterObject(cluster);
      const id = object === undefined ? undefined : String(object['id']);
      if (object !== undefined && id !== undefined && !made.has(id)) made.set(id, object);
      idOf.set(tag, id);
    }
    return idOf.get(tag) ?? [];
  });
}

/** What a galaxy tag says: `misp-galaxy:threat-actor="LightBasin"`. */
export function clusterOfTag(tag: string): MispCluster | undefined {
  const [, galaxy = '', value = ''] = /^misp-galaxy:([a-z0-9-]{1,100})="(.{1,400})"$/s.exec(tag) ?? [];
  return value === '' ? undefined : { tag, galaxy, value, uuid: undefined, raw: {}, galaxyRaw: {} };
}

/** Whether the object of a cluster carries what the galaxy says of it; else it travels as a tag, with its content beside it. */
export function carriesContent(cluster: MispCluster): boolean {
  return techniqueOf(cluster) === undefined && clusterObject(cluster) !== undefined;
}

/** The object of a technique of MoTIF or FiGHT that a cluster is: everybody's is the same, so that nothing can be added to it. */
export function techniqueOf(cluster: MispCluster): Json | undefined {
  const source = sourceNameOf(cluster.galaxy);
  if (source !== 'gsma-motif' && source !== 'mitre-fight') return undefined;
  if (clusterType(cluster.galaxy)?.type !== 'attack-pattern') return undefined;
  const { name, id } = namedId(cluster);
  const known =
    (id === undefined ? undefined : technique(id)) ??
    techniques.find((one) => one.framework === source && one.name.toLowerCase() === name.toLowerCase());
  return known === undefined ? undefined : attackPattern(known);
}

function clusterObject(cluster: MispCluster): Json | undefined {
  const kind = clusterType(cluster.galaxy);
  if (kind === undefined) return undefined;
  const known = techniqueOf(cluster);
  if (known !== undefined) return known;
  const own = ownProperties(cluster, kind);
  if (own === undefined) return undefined;
  const { raw, galaxyRaw, uuid, tag, galaxy } = cluster;
  const { description, ...rest } = raw;
  const references = referencesOf(cluster);
  return {
    type: kind.type,
    spec_version: '2.1',
    id: `${kind.type}--${uuid ?? derivedUuid(tag)}`,
    created: noTime,
    // MITRE and others publish objects with these ids: whatever they say is newer than what a galaxy repeats of it.
    modified: timestampOf(raw['version']) ?? noTime,
    ...own,
    ...kind.properties,
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
  const said = textsOf(metaOf(raw)['external_id']).find((id) => externalId.test(id));
  if (externalId.test(behind)) return { name: value.slice(0, cut), id: said ?? behind };
  return { name: value, id: said };
}

function ownProperties(cluster: MispCluster, { type }: GalaxyType): Json | undefined {
  const { name } = namedId(cluster);
  const synonyms = textsOf(metaOf(cluster.raw)['synonyms']).slice(0, 200);
  const aliases = synonyms.length > 0 ? { aliases: synonyms } : {};
  const phases = killChainPhases(metaOf(cluster.raw)['kill_chain'], cluster.galaxy);
  switch (type) {
    case 'location':
      return locationOf(cluster);
    case 'identity':
      return { name, ...sectorOf(name) };
    case 'course-of-action':
    case 'vulnerability':
      return { name };
    case 'attack-pattern':
      return { name, ...aliases, ...(phases.length > 0 ? { kill_chain_phases: phases } : {}) };
    default:
      return { name, ...aliases };
  }
}

function sectorOf(name: string): Json {
  const slug = slugOf(name).replace(/^telecoms?$/, 'telecommunications');
  return vocabularies['industry-sector-ov'].some((sector) => sector === slug) ? { sectors: [slug] } : {};
}

function locationOf({ value, raw }: MispCluster): Json | undefined {
  const region = slugOf(value.replace(/^\d{3} - /, ''));
  if (vocabularies['region-ov'].some((known) => known === region)) return { name: value, region };
  const said = [...textsOf(metaOf(raw)['ISO']), ...textsOf(metaOf(raw)['iso-code'])].map((code) =>
    code.toUpperCase(),
  );
  const country = said.find((code) => countryCodes.has(code)) ?? countryNamed(value);
  return country === undefined ? undefined : { name: value, country };
}

function referencesOf(cluster: MispCluster): readonly Json[] {
  const { id } = namedId(cluster);
  const links = textsOf(metaOf(cluster.raw)['refs']).filter((link) =>
    /^https?:\/\/[^\s\p{Cc}<>"{}|\\^`]{3,2000}$/u.test(link),
  );
  const source = sourceNameOf(cluster.galaxy);
  return [
    ...(id === undefined ? [] : [{ source_name: source, external_id: id }]),
    ...links.slice(0, 50).map((url) => ({ source_name: 'misp-galaxy', url })),
  ];
}

function metaOf({ meta }: Json): Json {
  return isJsonObject(meta) ? meta : {};
}
