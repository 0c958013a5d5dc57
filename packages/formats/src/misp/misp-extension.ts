import { isJsonObject } from '@belltower/stix';
import { telecomExtensionAuthor } from '@belltower/telecom';
import type { Json } from '../json.ts';

/** The extension under which STIX objects keep what MISP says and STIX has no place for, so that they go back as they came. */
export const mispExtension = 'extension-definition--8e220cf6-2abc-5768-af0e-3f43d72d217a';

/** The definition of that extension (STIX 2.1 §7.3). */
export const mispExtensionDefinition = {
  type: 'extension-definition',
  spec_version: '2.1',
  id: mispExtension,
  created_by_ref: telecomExtensionAuthor.id,
  created: '2026-11-22T00:00:00.000Z',
  modified: '2026-11-22T00:00:00.000Z',
  name: 'MISP',
  description: 'What an event, an attribute or an object of MISP says beside what STIX has a property for.',
  schema:
    'The property misp holds the fields of the MISP core format, without those that only mean something on one instance.',
  version: '1.0.0',
  extension_types: ['property-extension'],
} as const;

/** Who defines it. */
export const mispExtensionAuthor = telecomExtensionAuthor;

/** Numbers of one instance's database, who made a thing there, and what is given in another place. */
const leftBehind: ReadonlySet<string> = new Set([
  'id',
  'event_id',
  'attribute_id',
  'object_id',
  'galaxy_id',
  'galaxy_cluster_id',
  'tag_id',
  'event_tag_id',
  'attribute_tag_id',
  'referenced_id',
  'source_uuid',
  'object_uuid',
  'org_id',
  'orgc_id',
  'sharing_group_id',
  'user_id',
  'event_creator_email',
  'event_uuid',
  'uuid',
  'Attribute',
  'Object',
  'EventReport',
  'Tag',
  'Galaxy',
  'ShadowAttribute',
  'Sighting',
  'RelatedEvent',
  'Orgc',
  'Org',
  'ObjectReference',
  'attribute_count',
  'locked',
  'proposal_email_lock',
  'SharingGroup',
  'CryptographicKey',
  'Related',
  'data',
]);

/** The extension of an object made of `raw`. */
export function mispProperties(raw: Json, more: Json = {}): Json {
  return { [mispExtension]: { extension_type: 'property-extension', misp: { ...keptFields(raw), ...more } } };
}

/** What MISP said of an object that came from there; undefined for others. */
export function mispOf(object: Json): Json | undefined {
  const extensions = object['extensions'];
  const extension = isJsonObject(extensions) ? extensions[mispExtension] : undefined;
  const misp = isJsonObject(extension) ? extension['misp'] : undefined;
  return isJsonObject(misp) ? misp : undefined;
}

/** Fields with a content; what begins with a capital is a record of its own, and has its place elsewhere or none. */
export function keptFields(raw: Json): Json {
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(raw)) {
    if (leftBehind.has(name) || !/^[a-z][a-z0-9_-]{1,249}$/.test(name)) continue;
    const value = contentOf(raw[name], 0);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

/** The members of an object that have a content. */
export function cleaned(raw: Json): Json {
  const content = contentOf(raw, 0);
  return isJsonObject(content) ? content : {};
}

/** Fields of MISP are flat, and what a galaxy knows of a cluster is two levels deep. */
const deepestContent = 8;

/** STIX has no null, no empty lists and dictionaries (STIX 2.1 §2, §2.3, §2.12); without them, and without what is nested too deep. */
function contentOf(value: unknown, depth: number): unknown {
  if (value === null || value === '' || value === undefined) return undefined;
  if (typeof value !== 'object') return value;
  if (depth === deepestContent) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => contentOf(item, depth + 1)).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  const members = Object.entries(value).flatMap(([name, member]) => {
    const content = contentOf(member, depth + 1);
    return content === undefined ? [] : [[name, content] as const];
  });
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}
