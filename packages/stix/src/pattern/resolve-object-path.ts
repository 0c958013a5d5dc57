import { isJsonObject } from '../json/json-object.ts';
import type { PatternObjectPath } from './pattern.ts';

/** An object of an observation, as it was parsed from JSON. */
export type ObservedObject = Readonly<Record<string, unknown>>;

/** The objects of one observed-data by their ids, or by their keys in the deprecated `objects` dictionary. */
export type ObservationScope = ReadonlyMap<string, ObservedObject>;

/** The values at an object path, seen from one object; none when the path is not present. */
export type PathResolver = (root: ObservedObject, scope: ObservationScope) => readonly unknown[];

/**
 * Prepares an object path (STIX 2.1 §9.7). References are followed to objects of the same observation only
 * (§9.7.4); circles of references do no harm, since a path has an end and an object is visited once for each step.
 */
export function compileObjectPath(path: PatternObjectPath): PathResolver {
  const [first] = path.steps;
  // The usual path is one property, and matching spends most of its time here.
  if (path.steps.length === 1 && first?.kind === 'key') {
    const { key } = first;
    return (root) => (Object.hasOwn(root, key) ? [root[key]] : []);
  }
  return (root, scope) => {
    let values: ReadonlySet<unknown> = new Set([root]);
    let key = '';
    for (const step of path.steps) {
      const next = new Set<unknown>();
      for (const value of values) {
        if (step.kind === 'key') addMember(next, followReference(value, { key, scope }), step.key);
        else addElements(next, value, step.kind === 'any' ? undefined : step.index);
      }
      if (next.size === 0) return [];
      if (step.kind === 'key') key = step.key;
      values = next;
    }
    return [...values];
  };
}

/** The property whose values a path ends at: it decides whether they are binary (STIX 2.1 §9.6.4). */
export function propertyOfPath(path: PatternObjectPath): string {
  const last = path.steps.findLast((step) => step.kind === 'key');
  return last?.kind === 'key' ? last.key : '';
}

function followReference(
  value: unknown,
  from: { readonly key: string; readonly scope: ObservationScope },
): unknown {
  if (typeof value !== 'string' || !(from.key.endsWith('_ref') || from.key.endsWith('_refs'))) return value;
  return from.scope.get(value);
}

function addMember(into: Set<unknown>, value: unknown, key: string): void {
  if (isJsonObject(value) && Object.hasOwn(value, key)) into.add(value[key]);
}

/** The elements of a list; for `[*]` also the values of a dictionary, which is how `hashes[*]` is written in practice. */
function addElements(into: Set<unknown>, value: unknown, index: number | undefined): void {
  if (Array.isArray(value)) {
    if (index === undefined) for (const element of value) into.add(element);
    else if (index >= 0 && index < value.length) into.add(value[index]);
  } else if (index === undefined && isJsonObject(value)) {
    for (const element of Object.values(value)) into.add(element);
  }
}
