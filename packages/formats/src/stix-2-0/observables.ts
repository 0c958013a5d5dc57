import { deterministicId, isJsonObject, isTypeName } from '@belltower/stix';
import type { Json } from '../json.ts';
import { plainText } from '../json.ts';

export interface Observables {
  readonly observables: readonly Json[];
  /** The id of each, by its key in the container. */
  readonly refs: ReadonlyMap<string, string>;
}

/** Properties that have another name in STIX 2.1. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['user-account password_last_changed', 'credential_last_changed'],
]);

/** Observables of which each refers to the next: to go on from one to the other takes from the stack. */
const longestChain = 200;

/**
 * The observables that observed data of STIX 2.0 holds under keys, as objects of their own. References by key become references by id,
 * so the objects that others refer to get their ids first.
 */
export function observablesOf(container: Json, { uuid }: { readonly uuid: () => string }): Observables {
  const made = new Map<string, Json>();
  const refs = new Map<string, string>();
  const underWay = new Set<string>();

  function idOf(key: unknown): string | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(container, key)) return undefined;
    const known = refs.get(key);
    if (known !== undefined) return known;
    const source = container[key];
    const type = isJsonObject(source) ? source['type'] : undefined;
    // Objects that refer to each other in a circle, or in a chain that is too long: the reference that closes it is left out of the id.
    if (!isJsonObject(source) || typeof type !== 'string' || !isTypeName(type)) return undefined;
    if (underWay.has(key) || underWay.size >= longestChain) return undefined;
    underWay.add(key);
    const object = withReferences(source, idOf);
    underWay.delete(key);
    const id = identify(object) ?? `${type}--${uuid()}`;
    refs.set(key, id);
    made.set(id, { ...object, id });
    return id;
  }

  for (const key of Object.keys(container)) idOf(key);
  // Once more for the references that a circle left out; the ids stand now.
  for (const [key, id] of refs) {
    const source = container[key];
    if (isJsonObject(source))
      made.set(id, {
        ...withReferences(source, (other) => (typeof other === 'string' ? refs.get(other) : undefined)),
        id,
      });
  }
  return { observables: [...made.values()], refs };
}

function identify(object: Json): string | undefined {
  try {
    return deterministicId(object);
  } catch {
    // Content without a canonical form has no deterministic id either.
    return undefined;
  }
}

const deepest = 64;

/** An observable with the ids of what it refers to; references to what is not there are left out. */
function withReferences(source: Json, idOf: (key: unknown) => string | undefined): Json {
  const { type } = source;
  const entries = Object.entries(source).map(
    ([name, value]) => [renamed.get(`${plainText(type)} ${name}`) ?? name, value] as const,
  );
  return { ...replace(Object.fromEntries(entries), idOf, 0), spec_version: '2.1' };
}

function replace(object: Json, idOf: (key: unknown) => string | undefined, depth: number): Json {
  const entries = Object.entries(object).flatMap(([name, value]): (readonly [string, unknown])[] => {
    if (name.endsWith('_ref') && typeof value === 'string') {
      const id = idOf(value);
      return id === undefined ? [] : [[name, id]];
    }
    if (name.endsWith('_refs') && Array.isArray(value)) {
      const ids = value.flatMap((key) => idOf(key) ?? []);
      return ids.length === 0 ? [] : [[name, ids]];
    }
    return [[name, replaceValue(value, idOf, depth)]];
  });
  return Object.fromEntries(entries);
}

function replaceValue(value: unknown, idOf: (key: unknown) => string | undefined, depth: number): unknown {
  if (depth >= deepest) return value;
  if (Array.isArray(value)) return value.map((item) => replaceValue(item, idOf, depth + 1));
  return isJsonObject(value) ? replace(value, idOf, depth + 1) : value;
}
