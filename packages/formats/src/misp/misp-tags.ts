import type { TlpLevel } from '@belltower/stix';
import { isTlpLevel, tlp2Markings, tlpMarkingId } from '@belltower/stix';
import type { Json } from '../json.ts';

/** How the tags of an event or attribute stand in STIX: those of TLP as markings, all others as labels. */
export function tagProperties(tags: readonly string[]): Json {
  const levels = tags.flatMap((tag) => tlpOf(tag) ?? []);
  const labels = tags.filter((tag) => tlpOf(tag) === undefined);
  return {
    ...(levels.length > 0 ? { object_marking_refs: [...new Set(levels.map(tlpMarkingId))] } : {}),
    ...(labels.length > 0 ? { labels: [...new Set(labels)] } : {}),
  };
}

/** The definitions of the TLP markings that some objects refer to. */
export function tlpDefinitions(objects: readonly Json[]): readonly Json[] {
  const refs = new Set(
    objects.flatMap((object) =>
      Array.isArray(object['object_marking_refs']) ? object['object_marking_refs'] : [],
    ),
  );
  return tlp2Markings.filter(({ id }) => refs.has(id));
}

/** The level that a tag such as `tlp:amber` means; TLP 1's white is clear. */
export function tlpOf(tag: string): TlpLevel | undefined {
  const level = /^tlp:(.+)$/i.exec(tag.trim())?.[1]?.toLowerCase();
  if (level === 'white') return 'clear';
  return level !== undefined && isTlpLevel(level) ? level : undefined;
}
