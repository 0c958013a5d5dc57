import {
  isTlpLevel,
  strictestTlp,
  type TlpLevel,
  tlp2Extension,
  tlpLevelOfLabel,
  tlpLevelOfMarking,
} from './tlp.ts';

/**
 * Finds the marking definition of an id; `undefined` when it is not known. Without one, only the ids of the nine well-known
 * TLP markings count.
 */
export type MarkingResolver = (id: string) => unknown;

/** How to find the effective marking of an object. */
export interface MarkingOptions {
  /** What counts when the object has no TLP marking, and in any case as the least: a collection's default. */
  readonly atLeast?: TlpLevel;
  readonly resolve?: MarkingResolver;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The TLP level that a marking definition carries, of either version; `undefined` when it is about something else. Definitions that
 * only say a TLP label, in the forms of OpenCTI and MISP, carry that level too: who marked so meant it.
 */
export function tlpLevelOfDefinition(definition: unknown): TlpLevel | undefined {
  const level2 = member(member(member(definition, 'extensions'), tlp2Extension), 'tlp_2_0');
  if (isTlpLevel(level2)) return level2;
  const content = member(definition, 'definition');
  const level1 = member(definition, 'definition_type') === 'tlp' ? member(content, 'tlp') : undefined;
  const labels = [
    typeof level1 === 'string' ? `tlp:${level1}` : undefined,
    member(definition, 'name'),
    member(content, 'statement'),
    member(content, 'TLP'),
    member(definition, 'x_opencti_definition'),
  ];
  return strictestTlp(labels.flatMap((label) => tlpLevelOfLabel(label) ?? []));
}

/** Every marking that an object refers to, as a whole or in part (STIX 2.1 §7.2.2, §7.2.3), in order, with repetitions. */
export function markingRefs(object: unknown): readonly string[] {
  const granular = items(member(object, 'granular_markings')).map((marking) =>
    member(marking, 'marking_ref'),
  );
  const refs = [...items(member(object, 'object_marking_refs')), ...granular];
  return refs.filter((ref) => typeof ref === 'string');
}

/**
 * The strictest TLP level of an object: of its object markings, its granular markings and `atLeast`. Markings of TLP 1 are read as
 * their TLP 2.0 meaning. `undefined` when nothing says one.
 */
export function effectiveMarking(object: unknown, options: MarkingOptions = {}): TlpLevel | undefined {
  const levels: TlpLevel[] = options.atLeast === undefined ? [] : [options.atLeast];
  for (const ref of markingRefs(object)) {
    const level = tlpLevelOfMarking(ref) ?? tlpLevelOfDefinition(options.resolve?.(ref));
    if (level !== undefined) levels.push(level);
  }
  return strictestTlp(levels);
}
