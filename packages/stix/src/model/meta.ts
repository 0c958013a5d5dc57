import { any, list, open, required, string, term, timestamp } from './check.ts';
import {
  anyReference,
  extensionDefinitionProperties,
  languageContentProperties,
  markingDefinitionProperties,
} from './common.ts';

/** STIX 2.1 §7.1. */
export const languageContent = {
  name: 'language-content',
  class: 'meta',
  section: '7.1',
  properties: {
    ...languageContentProperties,
    object_ref: required(anyReference),
    object_modified: timestamp,
    contents: required({
      kind: 'dictionary',
      of: { kind: 'dictionary', of: any },
      keys: 'language',
    }),
  },
} as const;

/** STIX 2.1 §7.2.1. What `definition` holds depends on `definition_type`, see `validate/marking-rules.ts`. */
export const markingDefinition = {
  name: 'marking-definition',
  class: 'meta',
  section: '7.2.1',
  properties: {
    ...markingDefinitionProperties,
    name: string,
    definition_type: open('marking-definition-type-ov'),
    definition: { kind: 'dictionary', of: any, keys: 'any-case' },
  },
} as const;

/** STIX 2.1 §7.3. */
export const extensionDefinition = {
  name: 'extension-definition',
  class: 'meta',
  section: '7.3',
  properties: {
    ...extensionDefinitionProperties,
    name: required(string),
    description: string,
    schema: required(string),
    version: required(string),
    extension_types: required(list(term('extension-type-enum'))),
    extension_properties: list(string),
  },
} as const;

/** STIX 2.1 §8. The objects in it are validated one by one. */
export const bundle = {
  name: 'bundle',
  class: 'bundle',
  section: '8',
  properties: { id: required({ kind: 'id' }), objects: { kind: 'objects' } },
} as const;
