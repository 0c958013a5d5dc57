import type { Json } from '../json.ts';

/** What the clusters of a galaxy are in STIX. */
export interface GalaxyType {
  readonly type: string;
  /** Properties that all of them have. */
  readonly properties: Json;
}

const family = (...types: readonly string[]): GalaxyType => ({
  type: 'malware',
  properties: { ...(types.length > 0 ? { malware_types: types } : {}), is_family: true },
});
const plain = (type: string): GalaxyType => ({ type, properties: {} });

/** Galaxies whose name does not end with what they hold. */
const byName: ReadonlyMap<string, GalaxyType> = new Map([
  ['gsma-motif', plain('attack-pattern')],
  ['mitre-fight', plain('attack-pattern')],
  ['bhadra-framework', plain('attack-pattern')],
  ['attck4fraud', plain('attack-pattern')],
  ['mitre-fraud-framework', plain('attack-pattern')],
  ['mitre-d3fend', plain('course-of-action')],
  ['mitre-fight-mitigations', plain('course-of-action')],
  ['preventive-measure', plain('course-of-action')],
  ['threat-actor', plain('threat-actor')],
  ['microsoft-activity-group', plain('threat-actor')],
  ['360net-threat-actor', plain('threat-actor')],
  ['tool', plain('tool')],
  ['exploit-kit', { type: 'tool', properties: { tool_types: ['exploitation'] } }],
  ['malpedia', family()],
  ['android', family()],
  ['mitre-ics-software', family()],
  ['backdoor', family('backdoor')],
  ['banker', family('trojan')],
  ['botnet', family('bot')],
  ['cryptominers', family('resource-exploitation')],
  ['ransomware', family('ransomware')],
  ['rat', family('remote-access-trojan')],
  ['stealer', family('spyware')],
  ['branded-vulnerability', plain('vulnerability')],
]);

/** What the names of galaxies end with: all those of MITRE, and of others who follow it. */
const byEnding: readonly (readonly [ending: RegExp, is: GalaxyType])[] = [
  [/(?:^|-)(?:attack-patterns?|techniques?)$/, plain('attack-pattern')],
  [/(?:^|-)(?:courses?-of-action|countermeasures?)$/, plain('course-of-action')],
  [/(?:^|-)(?:intrusion-sets?|groups?)$/, plain('intrusion-set')],
  [/(?:^|-)malware$/, family()],
  [/(?:^|-)tools?$/, plain('tool')],
  [/(?:^|-)campaigns?$/, plain('campaign')],
];

/** What the clusters of a galaxy of a type are; undefined where STIX has nothing for them. */
export function galaxyTypeOf(type: string): GalaxyType | undefined {
  return byName.get(type) ?? byEnding.find(([ending]) => ending.test(type))?.[1];
}

/** Whose ids the external ids of a galaxy are: the `source_name` of its references. */
export function sourceNameOf(type: string): string {
  if (type.startsWith('mitre-fight')) return 'mitre-fight';
  if (/^mitre-(?:atlas|d3fend|fraud|engage)/.test(type)) return type;
  return type.startsWith('mitre-') ? 'mitre-attack' : type;
}
