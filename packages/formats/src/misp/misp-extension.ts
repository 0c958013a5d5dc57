import type { Json } from '../json.ts';
import { isRecord } from '../json.ts';

/** The extension under which STIX objects keep what MISP says and STIX has no place for, so that they go back as they came. */
export const mispExtension = 'extension-definition--8e220cf6-2abc-5768-af0e-3f43d72d217a';

/** The definition of that extension (STIX 2.1 §7.3). */
export const mispExtensionDefinition = {
  type: 'extension-definition',
  spec_version: '2.1',
  id: mispExtension,
  created_by_ref: 'identity--006475d8-f487-466c-a703-f2fa74d641dd',
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
export const mispExtensionAuthor = {
  type: 'identity',
  spec_version: '2.1',
  id: mispExtensionDefinition.created_by_ref,
  created: '2026-11-22T00:00:00.000Z',
  modified: '2026-11-22T00:00:00.000Z',
  name: 'Belltower',
  identity_class: 'organization',
} as const;

/** Numbers of one instance's database, who made a thing there, and what is given in another place. */
const leftBehind: ReadonlySet<string> = new Set([
  'id',
  'event_id',
  'object_id',
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
  return { [mispExtension]: { extension_type: 'property-extension', misp: { ...kept(raw), ...more } } };
}

/** What MISP said of an object that came from there; undefined for others. */
export function mispOf(object: Json): Json | undefined {
  const extensions = object['extensions'];
  const extension = isRecord(extensions) ? extensions[mispExtension] : undefined;
  const misp = isRecord(extension) ? extension['misp'] : undefined;
  return isRecord(misp) ? misp : undefined;
}

/** Fields with a content: STIX has no null and no empty lists (STIX 2.1 §2, §2.12). */
function kept(raw: Json): Json {
  const entries = Object.entries(raw).filter(
    ([name, value]) =>
      !leftBehind.has(name) &&
      value !== null &&
      value !== '' &&
      value !== undefined &&
      !(Array.isArray(value) && value.length === 0) &&
      !(isRecord(value) && Object.keys(value).length === 0),
  );
  return Object.fromEntries(entries.filter(([name]) => /^[a-z][a-z0-9_]{2,}$/.test(name)));
}
