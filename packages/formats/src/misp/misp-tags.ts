import type { TlpLevel } from '@belltower/stix';
import { isTlpLevel, tlp1AsTlp2, tlpLevelOfMarking, tlpMarkingId } from '@belltower/stix';
import type { Json } from '../json.ts';
import { confidenceOf, confidenceTag } from './confidence-tags.ts';
import { mispOf } from './misp-extension.ts';

/**
 * How the tags of an event or attribute stand in STIX: those of TLP as markings, all others as labels. What a tag says of the
 * trust in it is the confidence besides.
 */
export function tagProperties(tags: readonly string[]): Json {
  if (tags.length === 0) return {};
  const levels = tags.flatMap((tag) => tlpOf(tag) ?? []);
  const labels = tags.filter((tag) => tlpOf(tag) === undefined);
  const confidence = confidenceOf(labels);
  return {
    ...(levels.length > 0 ? { object_marking_refs: [...new Set(levels.map(tlpMarkingId))] } : {}),
    ...(labels.length > 0 ? { labels: [...new Set(labels)] } : {}),
    ...(confidence === undefined ? {} : { confidence }),
  };
}

/** How the tags of TLP were written, for `mispTags`, where that is not as TLP 2.0 writes them: `tlp:white`, `TLP:RED`. */
export function tlpSpelling(tags: readonly string[]): Json {
  const odd = tags.filter((tag) => {
    const level = tlpOf(tag);
    return level !== undefined && tag !== `tlp:${level}`;
  });
  return odd.length > 0 ? { tlp_tags: [...new Set(odd)] } : {};
}

/** The tags of an object that came from MISP as they were there, and of others as MISP writes them. */
export function mispTags(object: Json, report?: Json): readonly string[] {
  const all: unknown = object['object_marking_refs'];
  const misp = mispOf(object);
  const isOfEvent =
    report !== undefined &&
    misp?.['tlp_of_event'] === true &&
    JSON.stringify(all) === JSON.stringify(report['object_marking_refs']);
  const refs: readonly unknown[] = Array.isArray(all) && !isOfEvent ? all : [];
  const levels = refs.flatMap((ref) => (typeof ref === 'string' ? (tlpLevelOfMarking(ref) ?? []) : []));
  const spelled = textsOf(misp?.['tlp_tags']);
  const labels = textsOf(object['labels']);
  const confidence = misp === undefined ? confidenceTag(object['confidence'], labels) : undefined;
  const tlp = levels.flatMap((level) => {
    const own = spelled.filter((tag) => tlpOf(tag) === level);
    return own.length > 0 ? own : [`tlp:${level}`];
  });
  return [...new Set([...tlp, ...labels, ...(confidence === undefined ? [] : [confidence])])];
}

/** Tags as MISP has them in its JSON; nothing where there is none. */
export function tagField(tags: readonly string[]): Json {
  return tags.length === 0 ? {} : { Tag: tags.map((name) => ({ name })) };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

/** The level that a tag such as `tlp:amber` means; TLP 1's white is clear. What only stands beside TLP (`tlp:ex:chr`) has none. */
export function tlpOf(tag: string): TlpLevel | undefined {
  if (!/^\s*tlp:/i.test(tag)) return undefined;
  const level = tag.trim().slice(4).toLowerCase();
  if (level === 'white') return tlp1AsTlp2('white');
  return isTlpLevel(level) ? level : undefined;
}
