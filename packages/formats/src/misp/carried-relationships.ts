import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Loss } from '../loss.ts';
import type { ForeignClusters } from './foreign-clusters.ts';
import type { Galaxies } from './galaxies.ts';
import { mispOf } from './misp-extension.ts';

/** Tags that relationships with clusters give, by the id of the object that they begin at. */
export function relatedTags(
  objects: readonly Json[],
  { tags }: ForeignClusters,
): ReadonlyMap<unknown, readonly string[]> {
  const related = new Map<unknown, string[]>();
  for (const { type, source_ref: source, target_ref: target } of objects) {
    const tag = type === 'relationship' ? tags.get(target) : undefined;
    if (tag === undefined) continue;
    const list = related.get(source) ?? [];
    list.push(tag);
    related.set(source, list);
  }
  return related;
}

/** Whether the event says elsewhere what a relationship says: as a reference, or as a tag of what it begins at. */
export function isCarried(
  relationship: Json,
  { galaxies, foreign }: { readonly galaxies: Galaxies; readonly foreign: ForeignClusters },
): boolean {
  const { target_ref: target } = relationship;
  return (
    mispOf(relationship)?.['referenced_uuid'] !== undefined ||
    galaxies.ids.has(target) ||
    foreign.named.has(target) ||
    foreign.tags.has(target)
  );
}

export function lostRelationship({ id, relationship_type: kind }: Json): Loss {
  return {
    at: plainText(id),
    what: `relationship ${plainText(kind)}`,
    why: 'Only objects of MISP refer to others, and what it joins are none.',
  };
}
