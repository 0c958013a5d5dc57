import { tlp2Markings } from '@belltower/stix';
import type { Json } from './json.ts';

/** The definitions of the TLP markings that some objects refer to. */
export function tlpDefinitions(objects: readonly Json[]): readonly Json[] {
  const refs = new Set<unknown>();
  for (const { object_marking_refs: own } of objects)
    if (Array.isArray(own)) for (const ref of own) refs.add(ref);
  return tlp2Markings.filter(({ id }) => refs.has(id));
}
