import { isJsonObject } from '@belltower/stix';
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json } from '../json.ts';

/**
 * The lines of `hashes.csv`, by which a MISP instance finds out without fetching events whether a feed has a value: the MD5 of each value
 * and the UUID of its event. Of values in several parts each part has a line.
 */
export function hashLines(event: Json, uuid: string): readonly string[] {
  return [...attributesOf(event)].flatMap(({ type, value }) => {
    const parts = hasParts(type) ? String(value).split('|') : [String(value)];
    return parts.map((part) => `${bytesToHex(md5(utf8ToBytes(part.toWellFormed())))},${uuid}`);
  });
}

function hasParts(type: unknown): boolean {
  return type === 'malware-sample' || (typeof type === 'string' && type.includes('|'));
}

function* attributesOf({ Attribute, Object: objects }: Json): Iterable<Json> {
  if (Array.isArray(Attribute)) yield* Attribute.filter(isJsonObject);
  if (Array.isArray(objects))
    for (const object of objects)
      if (isJsonObject(object)) yield* attributesOf({ Attribute: object['Attribute'] });
}
