import {
  boolean,
  deprecated,
  formed,
  integerFrom,
  list,
  numberBetween,
  open,
  reference,
  referenceTo,
  required,
  string,
  term,
  timestamp,
} from './check.ts';
import { anyReference, domainProperties, killChainPhases, observableReference } from './common.ts';

const sdo = 'sdo' as const;

/** STIX 2.1 §4.1. */
export const attackPattern = {
  name: 'attack-pattern',
  class: sdo,
  section: '4.1',
  properties: {
    ...domainProperties,
    name: required(string),
    description: string,
    aliases: list(string),
    kill_chain_phases: killChainPhases,
  },
} as const;

/** STIX 2.1 §4.2. */
export const campaign = {
  name: 'campaign',
  class: sdo,
  section: '4.2',
  properties: {
    ...domainProperties,
    name: required(string),
    description: string,
    aliases: list(string),
    first_seen: timestamp,
    last_seen: timestamp,
    objective: string,
  },
  constraints: [{ kind: 'order', earlier: 'first_seen', later: 'last_seen', section: '4.2.1' }],
} as const;

/** STIX 2.1 §4.3. `action` is reserved (§3.8). */
export const courseOfAction = {
  name: 'course-of-action',
  class: sdo,
  section: '4.3',
  properties: { ...domainProperties, name: required(string), description: string },
} as const;

/** STIX 2.1 §4.4. */
export const grouping = {
  name: 'grouping',
  class: sdo,
  section: '4.4',
  properties: {
    ...domainProperties,
    name: string,
    description: string,
    context: required(open('grouping-context-ov')),
    object_refs: required(list(anyReference)),
  },
} as const;

/** STIX 2.1 §4.5. */
export const identity = {
  name: 'identity',
  class: sdo,
  section: '4.5',
  properties: {
    ...domainProperties,
    name: required(string),
    description: string,
    roles: list(string),
    identity_class: open('identity-class-ov'),
    sectors: list(open('industry-sector-ov')),
    contact_information: string,
  },
} as const;

/** STIX 2.1 §4.6. A stub in the standard, filled by extensions. */
export const incident = {
  name: 'incident',
  class: sdo,
  section: '4.6',
  properties: { ...domainProperties, name: required(string), description: string },
} as const;

/** STIX 2.1 §4.7. */
export const indicator = {
  name: 'indicator',
  class: sdo,
  section: '4.7',
  properties: {
    ...domainProperties,
    name: string,
    description: string,
    indicator_types: list(open('indicator-type-ov')),
    pattern: required(string),
    pattern_type: required(open('pattern-type-ov')),
    pattern_version: string,
    valid_from: required(timestamp),
    valid_until: timestamp,
    kill_chain_phases: killChainPhases,
  },
  constraints: [
    { kind: 'order', earlier: 'valid_from', later: 'valid_until', strict: true, section: '4.7.1' },
  ],
} as const;

/** STIX 2.1 §4.8. */
export const infrastructure = {
  name: 'infrastructure',
  class: sdo,
  section: '4.8',
  properties: {
    ...domainProperties,
    name: required(string),
    description: string,
    infrastructure_types: list(open('infrastructure-type-ov')),
    aliases: list(string),
    kill_chain_phases: killChainPhases,
    first_seen: timestamp,
    last_seen: timestamp,
  },
  constraints: [{ kind: 'order', earlier: 'first_seen', later: 'last_seen', section: '4.8.1' }],
} as const;

/** STIX 2.1 §4.9. */
export const intrusionSet = {
  name: 'intrusion-set',
  class: sdo,
  section: '4.9',
  properties: {
    ...domainProperties,
    name: required(string),
    description: string,
    aliases: list(string),
    first_seen: timestamp,
    last_seen: timestamp,
    goals: list(string),
    resource_level: open('attack-resource-level-ov'),
    primary_motivation: open('attack-motivation-ov'),
    secondary_motivations: list(open('attack-motivation-ov')),
  },
  constraints: [{ kind: 'order', earlier: 'first_seen', later: 'last_seen', section: '4.9.1' }],
} as const;

/** STIX 2.1 §4.10. */
export const location = {
  name: 'location',
  class: sdo,
  section: '4.10',
  properties: {
    ...domainProperties,
    name: string,
    description: string,
    latitude: numberBetween(-90, 90),
    longitude: numberBetween(-180, 180),
    precision: { kind: 'number' },
    region: open('region-ov'),
    country: formed('country'),
    administrative_area: string,
    city: string,
    street_address: string,
    postal_code: string,
  },
  constraints: [
    { kind: 'at-least-one', of: ['region', 'country', 'latitude', 'longitude'], section: '4.10.1' },
    { kind: 'requires', given: 'latitude', needs: ['longitude'], section: '4.10.1' },
    { kind: 'requires', given: 'longitude', needs: ['latitude'], section: '4.10.1' },
    { kind: 'requires', given: 'precision', needs: ['latitude', 'longitude'], section: '4.10.1' },
  ],
} as const;

/** STIX 2.1 §4.11. */
export const malware = {
  name: 'malware',
  class: sdo,
  section: '4.11',
  properties: {
    ...domainProperties,
    name: string,
    description: string,
    malware_types: list(open('malware-type-ov')),
    is_family: required(boolean),
    aliases: list(string),
    kill_chain_phases: killChainPhases,
    first_seen: timestamp,
    last_seen: timestamp,
    operating_system_refs: list(reference('software')),
    architecture_execution_envs: list(open('processor-architecture-ov')),
    implementation_languages: list(open('implementation-language-ov')),
    capabilities: list(open('malware-capabilities-ov')),
    sample_refs: list(reference('file', 'artifact')),
  },
  constraints: [{ kind: 'order', earlier: 'first_seen', later: 'last_seen', section: '4.11.1' }],
} as const;

/** STIX 2.1 §4.12. */
export const malwareAnalysis = {
  name: 'malware-analysis',
  class: sdo,
  section: '4.12',
  properties: {
    ...domainProperties,
    product: required(formed('lower-hyphen')),
    version: string,
    host_vm_ref: reference('software'),
    operating_system_ref: reference('software'),
    installed_software_refs: list(reference('software')),
    configuration_version: string,
    modules: list(string),
    analysis_engine_version: string,
    analysis_definition_version: string,
    submitted: timestamp,
    analysis_started: timestamp,
    analysis_ended: timestamp,
    result_name: string,
    result: open('malware-result-ov'),
    analysis_sco_refs: list(observableReference),
    sample_ref: reference('file', 'artifact', 'network-traffic'),
  },
  constraints: [{ kind: 'at-least-one', of: ['result', 'analysis_sco_refs'], section: '4.12.1' }],
} as const;

/** STIX 2.1 §4.13. */
export const note = {
  name: 'note',
  class: sdo,
  section: '4.13',
  properties: {
    ...domainProperties,
    abstract: string,
    content: required(string),
    authors: list(string),
    object_refs: required(list(anyReference)),
  },
} as const;

/** STIX 2.1 §4.14. `objects` is deprecated in favour of `object_refs`. */
export const observedData = {
  name: 'observed-data',
  class: sdo,
  section: '4.14',
  properties: {
    ...domainProperties,
    first_observed: required(timestamp),
    last_observed: required(timestamp),
    number_observed: required(integerFrom(1, 999_999_999)),
    objects: deprecated({ kind: 'observable-container' }),
    object_refs: list(referenceTo({ classes: ['sco', 'sro'], words: 'an SCO or SRO' })),
  },
  constraints: [
    { kind: 'order', earlier: 'first_observed', later: 'last_observed', section: '4.14.1' },
    { kind: 'at-least-one', of: ['objects', 'object_refs'], section: '4.14.1' },
    { kind: 'at-most-one', of: ['objects', 'object_refs'], section: '4.14.1' },
  ],
} as const;

/** STIX 2.1 §4.15. */
export const opinion = {
  name: 'opinion',
  class: sdo,
  section: '4.15',
  properties: {
    ...domainProperties,
    explanation: string,
    authors: list(string),
    opinion: required(term('opinion-enum')),
    object_refs: required(list(anyReference)),
  },
} as const;

/** STIX 2.1 §4.16. */
export const report = {
  name: 'report',
  class: sdo,
  section: '4.16',
  properties: {
    ...domainProperties,
    name: required(string),
    description: string,
    report_types: list(open('report-type-ov')),
    published: required(timestamp),
    object_refs: required(list(anyReference)),
  },
} as const;

/** STIX 2.1 §4.17. */
export const threatActor = {
  name: 'threat-actor',
  class: sdo,
  section: '4.17',
  properties: {
    ...domainProperties,
    name: required(string),
    description: string,
    threat_actor_types: list(open('threat-actor-type-ov')),
    aliases: list(string),
    first_seen: timestamp,
    last_seen: timestamp,
    roles: list(open('threat-actor-role-ov')),
    goals: list(string),
    sophistication: open('threat-actor-sophistication-ov'),
    resource_level: open('attack-resource-level-ov'),
    primary_motivation: open('attack-motivation-ov'),
    secondary_motivations: list(open('attack-motivation-ov')),
    personal_motivations: list(open('attack-motivation-ov')),
  },
  constraints: [{ kind: 'order', earlier: 'first_seen', later: 'last_seen', section: '4.17.1' }],
} as const;

/** STIX 2.1 §4.18. */
export const tool = {
  name: 'tool',
  class: sdo,
  section: '4.18',
  properties: {
    ...domainProperties,
    name: required(string),
    description: string,
    tool_types: list(open('tool-type-ov')),
    aliases: list(string),
    kill_chain_phases: killChainPhases,
    tool_version: string,
  },
} as const;

/** STIX 2.1 §4.19. */
export const vulnerability = {
  name: 'vulnerability',
  class: sdo,
  section: '4.19',
  properties: { ...domainProperties, name: required(string), description: string },
} as const;

/** STIX 2.1 §5.1. */
export const relationship = {
  name: 'relationship',
  class: 'sro',
  section: '5.1',
  properties: {
    ...domainProperties,
    relationship_type: required(formed('relationship-type')),
    description: string,
    source_ref: required(referenceTo({ classes: ['sdo', 'sco'], words: 'an SDO or SCO' })),
    target_ref: required(referenceTo({ classes: ['sdo', 'sco'], words: 'an SDO or SCO' })),
    start_time: timestamp,
    stop_time: timestamp,
  },
  constraints: [{ kind: 'order', earlier: 'start_time', later: 'stop_time', strict: true, section: '5.1.2' }],
} as const;

/** STIX 2.1 §5.2. */
export const sighting = {
  name: 'sighting',
  class: 'sro',
  section: '5.2',
  properties: {
    ...domainProperties,
    description: string,
    first_seen: timestamp,
    last_seen: timestamp,
    count: integerFrom(0, 999_999_999),
    sighting_of_ref: required(referenceTo({ classes: ['sdo'], words: 'an SDO' })),
    observed_data_refs: list(reference('observed-data')),
    where_sighted_refs: list(reference('identity', 'location')),
    summary: boolean,
  },
  constraints: [{ kind: 'order', earlier: 'first_seen', later: 'last_seen', section: '5.2.1' }],
} as const;
