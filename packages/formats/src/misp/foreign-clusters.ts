import { countryName } from '@belltower/telecom';
import type { Json } from '../json.ts';
import { isRecord, plainText } from '../json.ts';
import { isCluster } from './galaxies.ts';

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

/** The galaxy tags of objects that did not come from MISP, by their ids: what an event can say of them. */
export function foreignClusters(objects: readonly Json[]): ReadonlyMap<unknown, string> {
  const tags = new Map<unknown, string>();
  for (const object of objects) {
    const tag = isCluster(object) ? undefined : tagOf(object);
    if (tag !== undefined) tags.set(object['id'], tag);
  }
  return tags;
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
      if (!isRecord(reference) || typeof reference['external_id'] !== 'string') continue;
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
