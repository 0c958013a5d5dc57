import { type JsonObject, ownString } from '../json/json-object.ts';
import type { ObjectClass } from '../model/check.ts';
import { type ObjectTypes, standardTypes } from '../model/shapes.ts';
import { extensionTypes, isIntroducedElsewhere } from './extensions.ts';

/**
 * The class of an object (STIX 2.1 §1.2): as the table of its type has it, or as the extension says that introduces it (§7.3).
 * `undefined` for an object that says neither.
 */
export function objectClass(object: JsonObject, types: ObjectTypes = standardTypes): ObjectClass | undefined {
  const shape = types.shapes.get(ownString(object, 'type') ?? '');
  if (shape !== undefined) {
    const { definition } = shape;
    if (definition === undefined || !isIntroducedElsewhere(object, definition)) return shape.class;
  }
  const introduced = extensionTypes(object);
  return (['sco', 'sdo', 'sro'] as const).find((one) => introduced.has(`new-${one}`));
}
