import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTimestamp, validateObject } from '@belltower/stix';
import fc from 'fast-check';
import type { Json } from '../json.ts';
import { fromMisp } from './from-misp.ts';
import { toMisp } from './to-misp.ts';

const now = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(now));
const about = { now, uuid: '11111111-1111-4111-8111-111111111111' };

function converted(event: unknown) {
  const read = fromMisp(JSON.stringify(event));
  assert.ok(read.ok, read.ok ? '' : `${read.error.message} ${read.error.at}`);
  return read.value;
}

/** Everything that an event says of content, in an order that does not matter to MISP. */
function said(event: unknown): unknown {
  const { Event } = JSON.parse(JSON.stringify(event)) as { Event: Json };
  return inOrder(Event);
}

const scale = [
  'Tag',
  'Galaxy',
  'GalaxyCluster',
  'Sighting',
  'Attribute',
  'Object',
  'ObjectReference',
  'EventReport',
];

function inOrder(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => inOrder(item));
    return scale.includes(name)
      ? items.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
      : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .filter(([, member]) => member !== '' && !(Array.isArray(member) && member.length === 0))
    .map(([key, member]) => [key, inOrder(member, key)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members);
}

const uuid = fc.uuid({ version: 4 });
const seconds = fc.integer({ min: 1_600_000_000, max: 1_790_000_000 }).map(String);
const word = fc
  .string({ unit: fc.constantFrom(...'abcXYZ 0123-_."\\\'<é'), minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() === text);
const names = [
  'tlp:green',
  'tlp:white',
  'TLP:RED',
  'tlp:ex:chr',
  'tlp:unclear',
  'PAP:RED',
  'gsma-fraud:technical="data-charing-bypass"',
  'gsma-attack-category:spoofing',
  'gsma-network-technology:end-devices-and-components="ms"',
  'admiralty-scale:information-credibility="2"',
  'estimative-language:likelihood-probability="very-likely"',
];
const galaxies = [
  ['threat-actor', 'LightBasin'],
  ['mitre-attack-pattern', 'Phishing - T1566'],
  ['ransomware', 'Some Ransomware'],
  ['country', 'belgium'],
  ['sector', 'Telecoms'],
  ['region', '155 - Western Europe'],
  ['surveillance-vendor', 'Somebody'],
  ['cert-eu-govsector', 'Constituency'],
  ['gsma-motif', 'Monitor Radio Interface'],
  ['mitre-fight', 'Network Sniffing - FGT1040'],
] as const;
const clusterUuids = new Map(
  galaxies.map(([type], at) => [type, `7e0c7f0c-0000-4000-8000-${String(at).padStart(12, '0')}`]),
);
const galaxyOf = (type: (typeof galaxies)[number][0], value: string) => ({
  uuid: `7e0c7f0c-1111-4000-8000-${String(galaxies.findIndex(([one]) => one === type)).padStart(12, '0')}`,
  name: `galaxy of ${type}`,
  type,
  version: '3',
  GalaxyCluster: [
    {
      uuid: clusterUuids.get(type),
      type,
      value,
      tag_name: `misp-galaxy:${type}="${value}"`,
      description: 'what it is',
      source: 'somewhere',
      authors: ['somebody'],
      version: '12',
      meta: { synonyms: ['another name'], refs: ['https://example.org/x'], 'cfr-type': ['x'] },
    },
  ],
});
const tagged = fc
  .record({
    plain: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
    clusters: fc.uniqueArray(fc.constantFrom(...galaxies), { maxLength: 2, selector: ([type]) => type }),
  })
  .map(({ plain, clusters }) => ({
    Tag: [...plain, ...clusters.map(([type, value]) => `misp-galaxy:${type}="${value}"`)].map((name) => ({
      name,
    })),
    Galaxy: clusters.map(([type, value]) => galaxyOf(type, value)),
  }));
const sighting = fc.record(
  {
    uuid,
    type: fc.constantFrom('0', '1', '2'),
    date_sighting: seconds,
    source: word,
    Organisation: fc.record({
      uuid: fc.constant('55f6ea5e-2c60-40e5-964f-47a8950d210f'),
      name: fc.constant('Some CSIRT'),
    }),
  },
  { requiredKeys: ['uuid', 'type', 'date_sighting'] },
);
const typed = fc.oneof(
  fc.tuple(fc.constant('ip-dst'), fc.ipV4()),
  fc.tuple(fc.constant('domain'), fc.constantFrom('bad.example.org', 'x.example')),
  fc.tuple(fc.constant('text'), word),
  fc.tuple(fc.constant('vulnerability'), fc.constantFrom('CVE-2021-44228', 'none')),
);
const attribute = fc
  .tuple(
    uuid,
    typed,
    tagged,
    seconds,
    fc.array(sighting, { maxLength: 2 }),
    fc.record({
      to_ids: fc.boolean(),
      disable_correlation: fc.boolean(),
      comment: fc.oneof(fc.constant(''), word),
      category: fc.constantFrom('Network activity', 'Other'),
      first_seen: fc.constantFrom('', '2024-01-31T12:00:00.000000+00:00'),
    }),
  )
  .map(([id, [type, value], tags, timestamp, Sighting, rest]) => ({
    uuid: id,
    type,
    value,
    timestamp,
    ...rest,
    ...tags,
    Sighting,
  }));
const mispObject = fc.record({
  uuid,
  name: fc.constantFrom('file', 'network-connection'),
  'meta-category': fc.constant('network'),
  template_uuid: uuid,
  template_version: fc.constantFrom('3', '24'),
  description: word,
  timestamp: seconds,
  Attribute: fc.array(attribute, { minLength: 1, maxLength: 3 }),
});
const event = fc
  .record({
    uuid,
    info: word,
    date: fc.constantFrom('2021-06-07', '2026-01-31'),
    timestamp: seconds,
    extends_uuid: fc.constantFrom('', '55f6ea5e-2c60-40e5-964f-47a8950d2100'),
    Orgc: fc.record({ uuid, name: word }),
    more: tagged,
    Attribute: fc.array(attribute, { maxLength: 3 }),
    Object: fc.array(mispObject, { maxLength: 3 }),
    EventReport: fc.array(fc.record({ uuid, name: word, content: word, timestamp: seconds }), {
      maxLength: 1,
    }),
    links: fc.array(
      fc.record({
        uuid,
        from: fc.nat(),
        to: fc.nat(),
        timestamp: seconds,
        comment: fc.oneof(fc.constant(''), word),
        relationship_type: fc.constantFrom('communicates-with', 'Connected To', 'used_by', ''),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ links, more, ...rest }) => {
    const targets = [...rest.Attribute, ...rest.Object, ...rest.Object.flatMap((one) => one.Attribute)];
    const references = rest.Object.map((): Json[] => []);
    for (const { from, to, ...link } of links)
      references[from % Math.max(references.length, 1)]?.push({
        ...link,
        object_uuid: rest.Object[from % rest.Object.length]?.uuid,
        referenced_uuid: targets[to % targets.length]?.uuid,
      });
    const objects = rest.Object.map((one, at) => ({ ...one, ObjectReference: references[at] ?? [] }));
    return { Event: { ...rest, ...more, Object: objects } };
  });

test('an event with galaxies, references and sightings becomes valid STIX and comes back as it was', () => {
  fc.assert(
    fc.property(event, (misp) => {
      const first = converted(misp);
      assert.deepEqual(first.losses, []);
      for (const object of first.objects) {
        const { errors } = validateObject(object);
        assert.deepEqual(errors, [], JSON.stringify(object));
      }
      const back = toMisp(first.objects, about);
      assert.deepEqual(back.losses, []);
      assert.deepEqual(said(back.event), said(misp));
      const second = converted(back.event);
      assert.deepEqual(second.objects.toSorted(byId), first.objects.toSorted(byId));
    }),
    { numRuns: 200 },
  );
});

function byId(one: Json, other: Json): number {
  return String(one['id']) < String(other['id']) ? -1 : 1;
}
