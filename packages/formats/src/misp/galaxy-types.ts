import type { Json } from '../json.ts';

/** What clusters of a galaxy are in STIX. */
export interface GalaxyType {
  readonly type: ClusterType;
  /** Properties that every cluster of the galaxy has. */
  readonly has?: Json;
}

export type ClusterType =
  | 'attack-pattern'
  | 'course-of-action'
  | 'identity'
  | 'intrusion-set'
  | 'location'
  | 'malware'
  | 'threat-actor'
  | 'tool';

const family = (...types: readonly string[]): GalaxyType => ({
  type: 'malware',
  has: { is_family: true, ...(types.length > 0 ? { malware_types: types } : {}) },
});
const technique: GalaxyType = { type: 'attack-pattern' };
const tool: GalaxyType = { type: 'tool' };

/** Galaxies of MISP whose clusters have a type in STIX, by the type that stands in their tags. */
const galaxyTypes: ReadonlyMap<string, GalaxyType> = new Map([
  ['bhadra-framework', technique],
  ['gsma-motif', technique],
  ['mitre-attack-pattern', technique],
  ['mitre-atlas-attack-pattern', technique],
  ['mitre-ics-techniques', technique],
  ['mitre-course-of-action', { type: 'course-of-action' }],
  ['mitre-intrusion-set', { type: 'intrusion-set' }],
  ['mitre-ics-groups', { type: 'intrusion-set' }],
  ['threat-actor', { type: 'threat-actor' }],
  ['microsoft-activity-group', { type: 'threat-actor' }],
  ['360net-threat-actor', { type: 'threat-actor' }],
  ['malpedia', family()],
  ['mitre-malware', family()],
  ['mitre-ics-software', family()],
  ['android', family()],
  ['backdoor', family('backdoor')],
  ['banker', family()],
  ['botnet', family('bot')],
  ['cryptominers', family('resource-exploitation')],
  ['ransomware', family('ransomware')],
  ['rat', family('remote-access-trojan')],
  ['stealer', family('spyware')],
  ['wiper', family('wiper')],
  ['exploit-kit', { type: 'tool', has: { tool_types: ['exploitation'] } }],
  ['mitre-tool', tool],
  ['surveillance-vendor', { type: 'identity', has: { identity_class: 'organization' } }],
  ['tds', tool],
  ['tool', tool],
  ['country', { type: 'location' }],
  ['region', { type: 'location' }],
  ['target-information', { type: 'location' }],
  ['sector', { type: 'identity', has: { identity_class: 'class' } }],
]);

/** The galaxies of MITRE carry the name of their matrix in the middle. */
const matrices: readonly (readonly [RegExp, GalaxyType])[] = [
  [/^mitre-(?:enterprise|mobile|pre|ics)-attack-attack-pattern$/, technique],
  [/^mitre-(?:enterprise|mobile|pre)-attack-intrusion-set$/, { type: 'intrusion-set' }],
  [/^mitre-(?:enterprise|mobile)-attack-malware$/, family()],
  [/^mitre-(?:enterprise|mobile)-attack-tool$/, tool],
  [/^mitre-(?:enterprise|mobile)-attack-course-of-action$/, { type: 'course-of-action' }],
  [/^mitre-fight(?:-techniques?)?$/, technique],
  [/^mitre-fight-mitigations?$/, { type: 'course-of-action' }],
];

/** What the clusters of a galaxy are in STIX; undefined where STIX has nothing for them, and they stay labels. */
export function galaxyType(name: string): GalaxyType | undefined {
  return galaxyTypes.get(name) ?? matrices.find(([form]) => form.test(name))?.[1];
}
