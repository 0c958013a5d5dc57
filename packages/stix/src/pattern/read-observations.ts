import { isJsonObject } from '../json/json-object.ts';
import { parseTimestamp } from '../timestamp.ts';
import type { ObservationScope, ObservedObject } from './resolve-object-path.ts';

/** An observed-data object with the objects that it refers to (STIX 2.1 §4.14). */
export type Observation = {
  readonly id: string;
  /** Microseconds since 1970. */
  readonly firstObserved: number;
  readonly lastObserved: number;
  /** How many observations it stands for, at least 1. */
  readonly numberObserved: number;
  readonly objects: ObservationScope;
};

/** What `readObservations` found. A problem names an observed-data object that was left out and why. */
export type ObservationReading = {
  readonly observations: readonly Observation[];
  readonly problems: readonly { readonly id: string; readonly message: string }[];
};

type Found = { readonly object: ObservedObject; readonly siblings: ReadonlyMap<string, ObservedObject> };

/**
 * Reads the observed-data objects of a bundle, of a list of bundles, or of a list of objects. References lead into the
 * same bundle or list. Of several versions of an object the newest counts, once; revoked objects are left out.
 */
export function readObservations(input: unknown): ObservationReading {
  const newest = new Map<string, Found>();
  const problems: { id: string; message: string }[] = [];
  for (const objects of objectLists(input)) {
    const siblings = indexById(objects);
    for (const object of objects) {
      if (object['type'] !== 'observed-data') continue;
      const id = object['id'];
      if (typeof id !== 'string') {
        problems.push({ id: '', message: 'An observed-data object has no id.' });
        continue;
      }
      const known = newest.get(id);
      if (known === undefined || isNewer(object, known.object)) newest.set(id, { object, siblings });
    }
  }
  const observations: Observation[] = [];
  for (const [id, found] of newest) {
    if (found.object['revoked'] === true) continue;
    const observation = readObservation(id, found);
    if (typeof observation === 'string') problems.push({ id, message: observation });
    else observations.push(observation);
  }
  return { observations, problems };
}

function objectLists(input: unknown): readonly (readonly ObservedObject[])[] {
  if (isJsonObject(input)) return [input['type'] === 'bundle' ? objectsOf(input) : [input]];
  if (!Array.isArray(input)) return [];
  const items = input.filter(isJsonObject);
  const bundles = items.filter((item) => item['type'] === 'bundle');
  return [...bundles.map(objectsOf), items.filter((item) => item['type'] !== 'bundle')];
}

function objectsOf(bundle: ObservedObject): readonly ObservedObject[] {
  const objects = bundle['objects'];
  return Array.isArray(objects) ? objects.filter(isJsonObject) : [];
}

function indexById(objects: readonly ObservedObject[]): ReadonlyMap<string, ObservedObject> {
  const byId = new Map<string, ObservedObject>();
  for (const object of objects) {
    const id = object['id'];
    if (typeof id !== 'string') continue;
    const known = byId.get(id);
    if (known === undefined || isNewer(object, known)) byId.set(id, object);
  }
  return byId;
}

function isNewer(candidate: ObservedObject, known: ObservedObject): boolean {
  const a = readTime(candidate, 'modified');
  const b = readTime(known, 'modified');
  return a !== undefined && b !== undefined && a > b;
}

function readObservation(id: string, found: Found): Observation | string {
  const first = readTime(found.object, 'first_observed');
  const last = readTime(found.object, 'last_observed');
  if (first === undefined || last === undefined) return 'first_observed or last_observed is not a timestamp.';
  if (last < first) return 'last_observed is before first_observed.';
  const count = found.object['number_observed'];
  return {
    id,
    firstObserved: first,
    lastObserved: last,
    numberObserved: typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 1,
    objects: readScope(found),
  };
}

/** Only the objects named in `object_refs` belong to the observation (STIX 2.1 §9.7.4). */
function readScope({ object, siblings }: Found): ObservationScope {
  const scope = new Map<string, ObservedObject>();
  const refs = object['object_refs'];
  if (Array.isArray(refs)) {
    for (const ref of refs) {
      const target = typeof ref === 'string' ? siblings.get(ref) : undefined;
      if (typeof ref === 'string' && target !== undefined) scope.set(ref, target);
    }
  }
  const dictionary = object['objects'];
  if (isJsonObject(dictionary)) {
    for (const [key, target] of Object.entries(dictionary)) if (isJsonObject(target)) scope.set(key, target);
  }
  return scope;
}

function readTime(object: ObservedObject, property: string): number | undefined {
  const value = object[property];
  return typeof value === 'string' ? parseTimestamp(value)?.microseconds : undefined;
}
