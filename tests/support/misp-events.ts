import { pick, type RandomNumber, randomNumbers } from './mutate.ts';

type Value = (random: RandomNumber) => string;
const digits =
  (length: number): Value =>
  (random) =>
    Array.from({ length }, () => random(10)).join('');
const hex =
  (length: number): Value =>
  (random) =>
    Array.from({ length }, () => random(16).toString(16)).join('');

/** Types of attributes with their categories, and values as events have them. */
const types: readonly (readonly [type: string, category: string, value: Value])[] = [
  ['ip-dst', 'Network activity', (random) => `203.0.113.${random(256)}`],
  ['ip-src', 'Network activity', (random) => `2001:db8::${hex(4)(random)}`],
  ['ip-dst|port', 'Network activity', (random) => `198.51.100.${random(256)}|${1 + random(65_535)}`],
  ['domain', 'Network activity', (random) => `${hex(8)(random)}.example.org`],
  ['hostname', 'Network activity', (random) => `hss${random(99)}.epc.mnc001.mcc206.3gppnetwork.org`],
  ['url', 'Network activity', (random) => `http://${hex(6)(random)}.example.com/${hex(12)(random)}?a='b`],
  ['md5', 'Payload delivery', hex(32)],
  ['sha256', 'Payload delivery', hex(64)],
  ['filename|sha256', 'Payload delivery', (random) => `setup ${random(99)}.exe|${hex(64)(random)}`],
  ['email-src', 'Payload delivery', (random) => `${hex(5)(random)}@example.net`],
  ['phone-number', 'Person', (random) => `+32475${digits(6)(random)}`],
  ['vulnerability', 'External analysis', (random) => `CVE-2024-${1_000 + random(9_000)}`],
  ['link', 'External analysis', (random) => `https://example.org/report/${random(1_000)}`],
  ['text', 'Other', (random) => `seen from GT 32475${digits(6)(random)} – "twice"`],
  ['yara', 'Payload delivery', (random) => `rule r${hex(6)(random)} { condition: filesize < ${random(9)} }`],
  ['user-agent', 'Network activity', (random) => `curl/8.${random(20)} (x; y)`],
];

const uuid: Value = (random) =>
  `${hex(8)(random)}-${hex(4)(random)}-4${hex(3)(random)}-8${hex(3)(random)}-${hex(12)(random)}`;
const tags = ['tlp:green', 'tlp:amber', 'type:OSINT', 'gsma-attack-category:spoofing', 'PAP:AMBER'] as const;

function attributeOf(random: RandomNumber): Readonly<Record<string, unknown>> {
  const [type, category, value] = pick(types, random);
  return {
    uuid: uuid(random),
    type,
    category,
    value: value(random),
    to_ids: random(3) > 0,
    timestamp: String(1_700_000_000 + random(60_000_000)),
    comment: random(4) === 0 ? 'from the operator’s own records' : '',
    distribution: '5',
    deleted: false,
    ...(random(6) === 0 ? { Tag: [{ name: pick(tags, random), colour: '#ffffff' }] } : {}),
    ...(random(10) === 0
      ? { Sighting: [{ uuid: uuid(random), type: String(random(3)), date_sighting: '1767225600' }] }
      : {}),
  };
}

/** An event with so many attributes, a fifth of them in objects; the same for the same seed. Objects of telecoms are among them. */
export function mispEvent(attributes: number, seed: number): { readonly Event: object } {
  const random = randomNumbers(seed);
  const inObjects = Math.floor(attributes / 5);
  const telecom = [
    ['ss7-attack', 'SccpCgGT', (other: RandomNumber) => `32475${digits(6)(other)}`],
    ['diameter-attack', 'OriginHost', () => 'hss.epc.mnc001.mcc206.3gppnetwork.org'],
    ['gtp-attack', 'GtpInterface', () => 'S8'],
    ['phone', 'imsi', (other: RandomNumber) => `20601${digits(10)(other)}`],
  ] as const;
  const objects = Array.from({ length: Math.ceil(inObjects / 5) }, (_, at) => {
    const [name, relation, value] = pick(telecom, random);
    return {
      uuid: uuid(random),
      name,
      'meta-category': 'network',
      template_uuid: uuid(random),
      template_version: '3',
      timestamp: '1767225600',
      Attribute: Array.from({ length: Math.min(5, inObjects - at * 5) }, (__, place) => ({
        ...attributeOf(random),
        ...(place === 0
          ? { type: 'text', category: 'Other', object_relation: relation, value: value(random) }
          : { object_relation: `other-${place}` }),
      })),
      ObjectReference: [],
    };
  });
  return {
    Event: {
      uuid: uuid(random),
      info: 'Location requests from a leased title',
      date: '2026-01-31',
      timestamp: '1769900000',
      publish_timestamp: '1769900001',
      published: true,
      analysis: '2',
      threat_level_id: '2',
      Orgc: { uuid: uuid(random), name: 'Some CSIRT' },
      Tag: [{ name: 'tlp:green' }, { name: 'misp-galaxy:mitre-attack-pattern="Phishing - T1566"' }],
      Galaxy: [],
      Attribute: Array.from({ length: attributes - inObjects }, () => attributeOf(random)),
      Object: objects,
      EventReport: [
        {
          uuid: uuid(random),
          name: 'Summary',
          content: '# What happened\nIt stopped.',
          timestamp: '1769900000',
        },
      ],
    },
  };
}
