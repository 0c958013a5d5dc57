import { isJsonObject } from '@belltower/stix';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';
import type { Loss } from '../loss.ts';
import { observablesOf } from './observables.ts';

export interface FromStix20 {
  readonly objects: readonly Json[];
  readonly losses: readonly Loss[];
}

export interface Stix20About {
  /** A random UUID (version 4), for each observable that has nothing to name it by. */
  readonly uuid: () => string;
}

/** What `labels` became, type by type: STIX 2.1, appendix on changes. */
const typesProperty: ReadonlyMap<unknown, string> = new Map([
  ['indicator', 'indicator_types'],
  ['malware', 'malware_types'],
  ['report', 'report_types'],
  ['threat-actor', 'threat_actor_types'],
  ['tool', 'tool_types'],
  ['identity', 'roles'],
]);

/** Whether an object is written in STIX 2.0: a bundle says so, and others lack `spec_version`. */
export function isStix20(bundle: unknown): boolean {
  return isJsonObject(bundle) && bundle['type'] === 'bundle' && bundle['spec_version'] === '2.0';
}

/**
 * Objects of STIX 2.0 as STIX 2.1: labels become the property of their type, patterns say that they are STIX, and what observed data
 * held in itself become observables with deterministic ids. Ids and times of the objects stay.
 */
export function fromStix20(objects: readonly Json[], about: Stix20About): FromStix20 {
  const losses: Loss[] = [];
  const converted = new Map<string, Json>();
  for (const object of objects) {
    for (const made of convert(object, about, losses))
      converted.set(`${plainText(made['id'])} ${plainText(made['modified'])}`, made);
  }
  return { objects: [...converted.values()], losses };
}

function convert(object: Json, about: Stix20About, losses: Loss[]): readonly Json[] {
  const { type, id } = object;
  const common = withTypes({ ...object, spec_version: '2.1' });
  switch (type) {
    case 'indicator':
      return [{ ...common, pattern_type: 'stix' }];
    case 'malware':
      losses.push({
        at: plainText(id) || 'malware',
        what: 'is_family',
        why: 'STIX 2.0 does not say whether it is a family; it is written as one of its kind.',
      });
      return [{ ...common, is_family: false }];
    case 'observed-data':
      return observedData(common, about, losses);
    default:
      return [common];
  }
}

function withTypes(object: Json): Json {
  const property = typesProperty.get(object['type']);
  const { labels, ...rest } = object;
  if (property === undefined || !Array.isArray(labels) || labels.length === 0) return object;
  // What the producer said in a property of that name of their own stays where it is.
  return Object.hasOwn(rest, property) ? object : { ...rest, [property]: labels };
}

function observedData(object: Json, about: Stix20About, losses: Loss[]): readonly Json[] {
  const { objects: contained, ...rest } = object;
  if (!isJsonObject(contained)) return [object];
  const { observables, refs } = observablesOf(contained, about);
  for (const key of Object.keys(contained))
    if (!refs.has(key))
      losses.push({
        at: `${plainText(object['id'])} objects.${key}`,
        what: 'observable',
        why: 'It is no object with a type.',
      });
  if (observables.length === 0) return [object];
  return [...observables, { ...rest, object_refs: [...new Set(refs.values())] }];
}
