import { isJsonObject } from '@belltower/stix';
import { countryName } from '@belltower/telecom';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import { clusterOfTag, techniqueOf } from './clusters.ts';
import { isCluster } from './galaxies.ts';
import { mispOf } from './misp-extension.ts';

/** The galaxies that MITRE's ids belong to, by the type of the object. */
const ofMitre: ReadonlyMap<unknown, string> = new Map([
  ['attack-pattern', 'mitre-attack-pattern'],
  ['course-of-action', 'mitre-course-of-action'],
  ['intrusion-set', 'mitre-intrusion-set'],
  ['malware', 'mitre-malware'],
  ['tool', 'mitre-tool'],
]);

/** Where names alone are known. */
const byName: ReadonlyMap<unknown, string> = new Map([
  ['intrusion-set', 'threat-actor'],
  ['threat-actor', 'threat-actor'],
  ['malware', 'malpedia'],
  ['tool', 'tool'],
]);

/** Objects that a galaxy has, and that did not come out of MISP with its words. */
export interface ForeignClusters {
  /** Their tags, by their ids: what an event can say of them. */
  readonly tags: ReadonlyMap<unknown, string>;
  /** Ids of techniques that tags among the labels name already. */
  readonly named: ReadonlySet<unknown>;
}

export function foreignClusters(objects: readonly Json[]): ForeignClusters {
  const named = namedTechniques(objects);
  const tags = new Map<unknown, string>();
  for (const object of objects) {
    const tag = isCluster(object) || named.has(object['id']) ? undefined : tagOf(object);
    if (tag !== undefined && mispOf(object) === undefined) tags.set(object['id'], tag);
  }
  return { tags, named };
}

function namedTechniques(objects: readonly Json[]): ReadonlySet<unknown> {
  const tags = new Set<string>();
  for (const { labels } of objects)
    if (Array.isArray(labels))
      for (const label of labels)
        if (typeof label === 'string' && label.startsWith('misp-galaxy:')) tags.add(label);
  const ids = new Set<unknown>();
  for (const tag of tags) {
    const cluster = clusterOfTag(tag);
    const object = cluster === undefined ? undefined : techniqueOf(cluster);
    if (object !== undefined) ids.add(object['id']);
  }
  return ids;
}

function tagOf(object: Json): string | undefined {
  const type = object['type'];
  const name = plainText(object['name']).replaceAll('"', "'");
  const [galaxy, value] = galaxyOf(object, type, name) ?? [];
  return galaxy === undefined || value === undefined || value === ''
    ? undefined
    : `misp-galaxy:${galaxy}="${value}"`;
}

function galaxyOf(object: Json, type: unknown, name: string): readonly [string, string] | undefined {
  const known = ofMitre.get(type);
  if (known !== undefined || byName.has(type)) {
    const references: unknown = object['external_references'];
    for (const reference of Array.isArray(references) ? references : []) {
      if (!isJsonObject(reference) || typeof reference['external_id'] !== 'string') continue;
      const { source_name: source, external_id: id } = reference;
      if (source === 'mitre-attack' && known !== undefined) return [known, `${name} - ${id}`];
      if (source === 'gsma-motif' && type === 'attack-pattern') return ['gsma-motif', name];
      if (source === 'mitre-fight' && type === 'attack-pattern')
        return ['mitre-fight-techniques', `${name} - ${id}`];
    }
    const galaxy = byName.get(type);
    return galaxy === undefined ? undefined : [galaxy, name];
  }
  if (type === 'location' && typeof object['country'] === 'string') {
    const country = countryName(object['country'].toUpperCase()).replace(/ \([A-Z]{2}\)$/, '');
    return ['country', country.toLowerCase()];
  }
  if (type === 'identity' && object['identity_class'] === 'class') return ['sector', name];
  return undefined;
}
