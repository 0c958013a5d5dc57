import { makeStixId, type StixId, uuidV5 } from '@belltower/stix';
import type { Framework } from './framework.ts';

/** Namespace of everything here that has a name in a framework: the UUIDv5 of `urn:belltower:techniques` in the URL namespace (RFC 4122, appendix C). */
export const techniqueNamespace = '3fb02cff-9ddc-5ec6-9777-d4ad142b8213';

/**
 * The id of the object of a type that a framework gives a name: UUIDv5 of `<framework> <external id>`. Whoever makes an object of the
 * same technique, with these words or with the source's own, gives it this id.
 */
export function frameworkObjectId(type: string, framework: Framework, externalId: string): StixId {
  return makeStixId(type, uuidV5(techniqueNamespace, `${framework} ${externalId}`));
}

/** The id of a relationship between two objects: UUIDv5 of `<source> <type> <target>`. One relationship of a type stands between two objects. */
export function frameworkRelationshipId(ends: {
  readonly source: string;
  readonly type: string;
  readonly target: string;
}): StixId {
  return makeStixId('relationship', uuidV5(techniqueNamespace, `${ends.source} ${ends.type} ${ends.target}`));
}
