import type { CheckKind, ObjectShape, Shape } from '../model/check.ts';
import type { ObjectTypes } from '../model/shapes.ts';
import { closestName } from './closest-name.ts';
import type { PatternObjectPath } from './pattern.ts';

/** What the tables say of the end of an object path. `unknown`: it goes through something custom or open. */
export type ObjectPathType =
  | {
      readonly kind: 'known';
      readonly check: CheckKind;
      readonly property: string;
      /** The names of the object types that have the property, or of what stands in their place, such as `hashes`. */
      readonly owners: readonly string[];
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wrong'; readonly message: string; readonly section: string };

/** A place in an object path: a property, and the objects that have it. */
type Place = {
  readonly check: CheckKind;
  readonly property: string;
  readonly owners: readonly (Shape | ObjectShape)[];
};

/** Follows an object path through the object types that are known (STIX 2.1 §6, §9.7). */
export function objectPathType(path: PatternObjectPath, types: ObjectTypes): ObjectPathType {
  const root = types.shapes.get(path.type);
  if (root?.class !== 'sco') return { kind: 'unknown' };
  let place: Place = { check: { kind: 'object', shape: root }, property: path.type, owners: [] };
  for (const step of path.steps) {
    const next = step.kind === 'key' ? stepIntoKey(place, step.key, types) : stepIntoList(place);
    if ('kind' in next) return next;
    place = next;
  }
  if (place.check.kind === 'any') return { kind: 'unknown' };
  const owners = place.owners.map(({ name }) => name);
  return { kind: 'known', check: place.check, property: place.property, owners };
}

function stepIntoList(place: Place): Place | ObjectPathType {
  switch (place.check.kind) {
    case 'list':
      return { ...place, check: place.check.of };
    case 'dictionary':
    case 'hashes':
    case 'any':
      return { kind: 'unknown' };
    default:
      return {
        kind: 'wrong',
        message: `'${place.property}' is not a list and takes no index.`,
        section: '9.7.2',
      };
  }
}

function stepIntoKey(place: Place, key: string, types: ObjectTypes): Place | ObjectPathType {
  const { check } = place;
  switch (check.kind) {
    case 'hashes':
      return {
        check: { kind: 'string' },
        property: key,
        owners: [{ name: 'hashes', section: '2.7', properties: {} }],
      };
    case 'object':
      return stepIntoObject([check.shape], key);
    case 'reference': {
      const targets = check.to.types?.map((type) => types.shapes.get(type)) ?? [];
      const known = targets.filter((shape) => shape !== undefined);
      return known.length === 0 || known.length < targets.length
        ? { kind: 'unknown' }
        : stepIntoObject(known, key);
    }
    case 'extensions':
      return stepIntoExtension(place, key);
    case 'dictionary':
      return check.of === undefined ? { kind: 'unknown' } : { check: check.of, property: key, owners: [] };
    case 'any':
    case 'objects':
    case 'observable-container':
      return { kind: 'unknown' };
    case 'list':
      return {
        kind: 'wrong',
        message: `'${place.property}' is a list: write ${place.property}[*].${key} for any of its elements.`,
        section: '9.7.2',
      };
    default:
      return { kind: 'wrong', message: `'${place.property}' has no properties of its own.`, section: '9.7' };
  }
}

function stepIntoExtension(place: Place, key: string): Place | ObjectPathType {
  for (const owner of place.owners) {
    const extensions = 'extensions' in owner ? owner.extensions : undefined;
    const shape = extensions !== undefined && Object.hasOwn(extensions, key) ? extensions[key] : undefined;
    if (shape !== undefined) return { check: { kind: 'object', shape }, property: key, owners: [] };
  }
  return { kind: 'unknown' };
}

function stepIntoObject(shapes: readonly Shape[], key: string): Place | ObjectPathType {
  const owners = shapes.filter(({ properties }) => Object.hasOwn(properties, key));
  // The tables leave `type` out, since it says which table is meant.
  const isType = key === 'type' && shapes.every((shape) => 'class' in shape);
  const check: CheckKind | undefined = isType ? { kind: 'string' } : owners[0]?.properties[key];
  if (check !== undefined) return { check, property: key, owners };
  const close = closestName(
    key,
    shapes.flatMap(({ properties }) => Object.keys(properties)),
  );
  const types = shapes.map(({ name }) => name).join(', ');
  const where = shapes[0]?.document ?? 'the standard';
  return {
    kind: 'wrong',
    message: `In ${where} ${types} has no property '${key}'.${close === undefined ? '' : ` Is '${close}' meant?`}`,
    section: '9.7',
  };
}
