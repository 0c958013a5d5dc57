/** An object for a test, with the id that it is told by. */
export type GeneratedObject = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: string;
};

/** A UUID of version 4 that is the same for the same number. */
function uuid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** What each type needs besides its id and times (STIX 2.1 §4, §5); `other` is an earlier identity. */
const kinds: readonly ((
  name: string,
  other: string,
) => Readonly<Record<string, unknown>> & { readonly type: string })[] = [
  (name) => ({ type: 'identity', name, identity_class: 'organization', sectors: ['telecommunications'] }),
  (name) => ({ type: 'attack-pattern', name, aliases: [`${name} – also spelt otherwise`] }),
  (name) => ({ type: 'campaign', name, description: 'Zeilen\nund "Anführung", 電話, 📡' }),
  (name) => ({
    type: 'course-of-action',
    name,
    x_effort: 1.5e300,
    x_steps: [1, '2', { three: [true, false] }],
  }),
  (name) => ({
    type: 'intrusion-set',
    name,
    goals: ['location tracking'],
    first_seen: '2025-01-01T00:00:00.123456Z',
  }),
  (name) => ({ type: 'malware', name, is_family: true, malware_types: ['backdoor'] }),
  (name) => ({ type: 'threat-actor', name, threat_actor_types: ['criminal'] }),
  (name) => ({ type: 'tool', name, external_references: [{ source_name: 'made', external_id: name }] }),
  (name) => ({ type: 'vulnerability', name, confidence: 50, lang: 'en' }),
  (name) => ({
    type: 'indicator',
    name,
    pattern: `[ipv4-addr:value = '198.51.100.7'] AND [domain-name:value = 'a\\'b.example']`,
    pattern_type: 'stix',
    valid_from: '2026-01-01T00:00:00Z',
  }),
  (name, other) => ({
    type: 'relationship',
    relationship_type: 'related-to',
    source_ref: other,
    target_ref: other,
    description: name,
  }),
  (name, other) => ({
    type: 'sighting',
    sighting_of_ref: other.replace('identity', 'indicator'),
    count: 7,
    description: name,
  }),
  (name, other) => ({ type: 'report', name, published: '2026-01-01T00:00:00Z', object_refs: [other] }),
];

/** Valid objects of many types, the same each time: `count` of them. */
export function generatedBundle(count: number): readonly GeneratedObject[] {
  return Array.from({ length: count }, (_, number) => {
    const make = kinds[number % kinds.length];
    if (make === undefined) throw new RangeError('There is no such kind');
    const other = `identity--${uuid(number - (number % kinds.length))}`;
    const { type, ...rest } = make(`Number ${number}`, other);
    const second = String(number % 60).padStart(2, '0');
    return {
      type,
      spec_version: '2.1',
      id: `${type}--${uuid(number)}`,
      created: `2026-01-01T00:00:${second}.000Z`,
      modified: `2026-01-02T00:00:${second}.${String(number % 1000).padStart(3, '0')}Z`,
      ...rest,
    };
  });
}
