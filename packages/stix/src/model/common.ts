import {
  boolean,
  embedded,
  formed,
  hashes,
  integerFrom,
  list,
  reference,
  referenceTo,
  required,
  string,
  timestamp,
} from './check.ts';

/** STIX 2.1 §2.5. */
export const externalReference = {
  name: 'external-reference',
  section: '2.5',
  properties: {
    source_name: required(string),
    description: string,
    url: formed('external-url'),
    hashes,
    external_id: string,
  },
} as const;

/** STIX 2.1 §2.11. */
export const killChainPhase = {
  name: 'kill-chain-phase',
  section: '2.11',
  properties: { kill_chain_name: required(formed('kill-chain')), phase_name: required(formed('kill-chain')) },
} as const;

/** STIX 2.1 §7.2.3.1. */
export const granularMarking = {
  name: 'granular-marking',
  section: '7.2.3.1',
  properties: {
    lang: formed('language'),
    marking_ref: reference('marking-definition'),
    selectors: required(list(string)),
  },
} as const;

/** `kill_chain_phases`, as five object types have it. */
export const killChainPhases = list(embedded(killChainPhase));

/** A reference to any SCO. */
export const observableReference = referenceTo({ classes: ['sco'], words: 'an SCO' });

/** A reference to any STIX object. */
export const anyReference = referenceTo({ classes: ['any'], words: 'any STIX object' });

const specVersion = { kind: 'literal', value: '2.1' } as const;
const identifier = { kind: 'id' } as const;
const extensions = { kind: 'extensions' } as const;

const markings = {
  object_marking_refs: list(reference('marking-definition')),
  granular_markings: list(embedded(granularMarking)),
} as const;

const origin = {
  created_by_ref: reference('identity'),
  external_references: list(embedded(externalReference)),
} as const;

const versioned = {
  created: required({ ...timestamp, precise: true }),
  modified: required({ ...timestamp, precise: true }),
  revoked: boolean,
  labels: list(string),
} as const;

/** Common properties of SDOs and SROs (STIX 2.1 §3.2). */
export const domainProperties = {
  spec_version: required(specVersion),
  id: required(identifier),
  ...versioned,
  ...origin,
  ...markings,
  confidence: integerFrom(0, 100),
  lang: formed('language'),
  extensions,
} as const;

/** Common properties of SCOs (STIX 2.1 §3.2). */
export const observableProperties = {
  spec_version: specVersion,
  id: required(identifier),
  ...markings,
  defanged: boolean,
  extensions,
} as const;

/** Common properties of language content (STIX 2.1 §7.1). */
export const languageContentProperties = {
  spec_version: required(specVersion),
  id: required(identifier),
  ...versioned,
  ...origin,
  ...markings,
  confidence: integerFrom(0, 100),
  extensions,
} as const;

/** Common properties of a marking definition (STIX 2.1 §7.2.1.1). */
export const markingDefinitionProperties = {
  spec_version: required(specVersion),
  id: required(identifier),
  created: required({ ...timestamp, precise: true }),
  ...origin,
  ...markings,
  extensions,
} as const;

/** Common properties of an extension definition (STIX 2.1 §7.3.1). */
export const extensionDefinitionProperties = {
  spec_version: required(specVersion),
  id: required(identifier),
  ...versioned,
  ...origin,
  created_by_ref: required(reference('identity')),
  ...markings,
} as const;

/** Names of all common properties of STIX 2.1 §3.2, whatever they apply to. */
export const commonPropertyNames: ReadonlySet<string> = new Set([
  'type',
  'spec_version',
  'id',
  'created_by_ref',
  'created',
  'modified',
  'revoked',
  'labels',
  'confidence',
  'lang',
  'external_references',
  'object_marking_refs',
  'granular_markings',
  'defanged',
  'extensions',
]);
