import { type ObjectTypes, standardTypes } from '../model/shapes.ts';
import { canonicalize } from './canonical-json.ts';
import { makeStixId, type StixId } from './stix-id.ts';
import { stixNamespace, uuidV5 } from './uuid.ts';

/** Of several hashes only the first of these contributes (STIX 2.1 §6.7.1), else the first in order of names. */
const hashPreference = ['MD5', 'SHA-1', 'SHA-256', 'SHA-512'] as const;

function ownValue(object: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(object, name)?.value;
}

function oneHash(hashes: unknown): unknown {
  if (typeof hashes !== 'object' || hashes === null || Array.isArray(hashes)) return hashes;
  const names = Object.keys(hashes);
  const name = hashPreference.find((candidate) => Object.hasOwn(hashes, candidate)) ?? names.sort()[0];
  return name === undefined ? undefined : { [name]: ownValue(hashes, name) };
}

/**
 * The ID contributing properties of an SCO that are present on it (STIX 2.1 §2.9), as they go into its UUID. `undefined` when
 * the type has none, or none of them is there: such an object gets a UUIDv4.
 *
 * @param by the types that are known, with those of extensions; or the names of the properties that contribute
 */
export function contributingProperties(
  object: object,
  by: ObjectTypes | readonly string[] = standardTypes,
): Readonly<Record<string, unknown>> | undefined {
  const type = ownValue(object, 'type');
  const names = 'shapes' in by ? by.shapes.get(String(type))?.contributing : by;
  if (names === undefined) return undefined;
  let found: Record<string, unknown> | undefined;
  for (const name of names) {
    const value = ownValue(object, name);
    if (value === undefined) continue;
    found ??= {};
    found[name] = name === 'hashes' ? oneHash(value) : value;
  }
  return found;
}

/**
 * The deterministic id of an SCO: UUIDv5 in the STIX namespace over the canonical JSON of its ID contributing properties
 * (STIX 2.1 §2.9). `undefined` when a UUIDv4 has to be used. `by` is as in {@link contributingProperties}.
 *
 * Throws `CanonicalJsonError` when these properties have no canonical form.
 */
export function deterministicId(
  object: object,
  by: ObjectTypes | readonly string[] = standardTypes,
): StixId | undefined {
  const type = ownValue(object, 'type');
  const properties = contributingProperties(object, by);
  if (typeof type !== 'string' || properties === undefined) return undefined;
  return makeStixId(type, uuidV5(stixNamespace, canonicalize(properties)));
}
