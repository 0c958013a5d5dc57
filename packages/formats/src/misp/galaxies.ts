import { isJsonObject } from '@belltower/stix';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import { carriesContent } from './clusters.ts';
import type { MispCluster } from './misp-event.ts';
import { cleaned, mispOf } from './misp-extension.ts';

/** Clusters that no object in STIX carries the content of: it stands in the extension of what they are said of. */
export function unnamedClusters(clusters: readonly MispCluster[]): Json {
  const others = clusters.filter((cluster) => !carriesContent(cluster));
  if (others.length === 0) return {};
  return {
    clusters: others.map(({ tag, galaxy, raw, galaxyRaw }) => ({
      ...cleaned(withoutNumbers(raw)),
      tag_name: tag,
      galaxy: { type: galaxy, ...cleaned(withoutNumbers(galaxyRaw)) },
    })),
  };
}

/** Without the numbers that one instance's database gave. */
function withoutNumbers({
  id: _,
  galaxy_id: __,
  event_tag_id: ___,
  attribute_tag_id: ____,
  GalaxyClusterRelation: _____,
  ...rest
}: Json): Json {
  return rest;
}

/** The galaxies that a conversion from MISP kept, as `Galaxy` of an event or attribute has them. */
export interface Galaxies {
  /** Clusters that are objects of STIX, by their tags. */
  readonly byTag: ReadonlyMap<string, Json>;
  readonly ids: ReadonlySet<unknown>;
}

/** Finds the clusters among STIX objects that came from MISP. */
export function readGalaxies(objects: readonly Json[]): Galaxies {
  const byTag = new Map<string, Json>();
  const ids = new Set<unknown>();
  for (const object of objects) {
    const misp = mispOf(object);
    const tag = misp?.['tag_name'];
    if (misp === undefined || typeof tag !== 'string' || !isJsonObject(misp['galaxy'])) continue;
    const description = object['description'];
    ids.add(object['id']);
    byTag.set(tag, {
      ...misp,
      uuid: plainText(object['id']).split('--')[1] ?? '',
      ...(typeof description === 'string' ? { description } : {}),
    });
  }
  return { byTag, ids };
}

/** Whether an object is a cluster that came from MISP. */
export function isCluster(object: Json): boolean {
  const misp = mispOf(object);
  return misp !== undefined && typeof misp['tag_name'] === 'string' && isJsonObject(misp['galaxy']);
}

/** The field `Galaxy` of something with these tags; nothing where no content of a cluster is known. */
export function galaxyField(tags: readonly string[], object: Json, { byTag }: Galaxies): Json {
  const kept: unknown = mispOf(object)?.['clusters'];
  const others: readonly unknown[] = Array.isArray(kept) ? kept : [];
  const all: readonly unknown[] = [...tags.flatMap((tag) => byTag.get(tag) ?? []), ...others];
  const found = all
    .filter((cluster) => isJsonObject(cluster))
    .filter(({ value }) => typeof value === 'string');
  if (found.length === 0) return {};
  const galaxies = new Map<string, { readonly galaxy: Json; readonly GalaxyCluster: Json[] }>();
  for (const { galaxy, ...cluster } of found) {
    const about = isJsonObject(galaxy) ? galaxy : {};
    const key = plainText(about['uuid'] ?? about['type']);
    const known = galaxies.get(key) ?? { galaxy: about, GalaxyCluster: [] };
    known.GalaxyCluster.push(cluster);
    galaxies.set(key, known);
  }
  return {
    Galaxy: [...galaxies.values()].map(({ galaxy, GalaxyCluster }) => ({ ...galaxy, GalaxyCluster })),
  };
}
