import { closestName } from './closest-name.ts';
import type { PatternObjectPath } from './pattern.ts';
import { propertyNamesOf, propertyTypeOf, STANDARD_OBSERVABLE_TYPES } from './sco-properties.ts';

/** What the standard says of the end of an object path. `unknown`: it goes through something custom or open. */
export type ObjectPathType =
  | {
      readonly kind: 'known';
      readonly type: string;
      readonly property: string;
      readonly objectTypes: readonly string[];
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wrong'; readonly message: string; readonly section: string };

/** A place in an object path: the types the objects there can have (`any`: not known), or a property's type. */
type Place = { readonly type: string; readonly property: string; readonly owners: readonly string[] };

/** Follows an object path through the standard's object types (STIX 2.1 §6, §9.7). */
export function objectPathType(path: PatternObjectPath): ObjectPathType {
  if (!STANDARD_OBSERVABLE_TYPES.includes(path.type)) return { kind: 'unknown' };
  let place: Place = { type: `object ${path.type}`, property: path.type, owners: [] };
  for (const step of path.steps) {
    if (step.kind === 'key') {
      const next = stepInto(place, step.key);
      if (next === undefined) return { kind: 'unknown' };
      if ('kind' in next) return next;
      place = next;
    } else {
      if (place.type === 'dictionary' || place.type === 'hashes') return { kind: 'unknown' };
      if (!place.type.startsWith('list ')) {
        return {
          kind: 'wrong',
          message: `'${place.property}' is not a list and takes no index.`,
          section: '9.7.2',
        };
      }
      place = { ...place, type: place.type.slice('list '.length) };
    }
  }
  return { kind: 'known', type: place.type, property: place.property, objectTypes: place.owners };
}

function stepInto(place: Place, key: string): Place | ObjectPathType | undefined {
  const [kind = '', ...names] = place.type.split(' ');
  switch (kind) {
    case 'hashes':
      return { type: 'string', property: key, owners: ['hashes'] };
    case 'dictionary':
      return undefined;
    case 'extensions':
      return names.includes(key) ? { type: `object ${key}`, property: key, owners: [] } : undefined;
    case 'object':
    case 'ref':
      return names.length === 0 ? undefined : stepIntoObject(names, key);
    case 'list':
      return {
        kind: 'wrong',
        message: `'${place.property}' is a list: write ${place.property}[*].${key} for any of its elements.`,
        section: '9.7.2',
      };
    default:
      return {
        kind: 'wrong',
        message: `'${place.property}' is of the type ${kind} and has no property '${key}'.`,
        section: '9.7',
      };
  }
}

function stepIntoObject(types: readonly string[], key: string): Place | ObjectPathType {
  const owners = types.filter((type) => propertyTypeOf(type, key) !== undefined);
  const type = propertyTypeOf(owners[0] ?? '', key);
  if (type !== undefined) return { type, property: key, owners };
  const names = types.flatMap((name) => propertyNamesOf(name));
  const close = closestName(key, names);
  return {
    kind: 'wrong',
    message: `The standard's ${types.join(', ')} has no property '${key}'.${close === undefined ? '' : ` Is '${close}' meant?`}`,
    section: '9.7',
  };
}
