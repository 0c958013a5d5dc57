import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPattern, isTimestamp, parsePattern, validateObject } from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import fc from 'fast-check';
import { readIndicators } from '../indicator/read-indicator.ts';
import type { Json } from '../json.ts';
import { concordiaTemplate } from './concordia.ts';
import { fromMisp } from './from-misp.ts';
import { telecomTemplates } from './telecom-templates.ts';
import { toMisp } from './to-misp.ts';

const now = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(now));
const about = { now, uuid: '11111111-1111-4111-8111-111111111111' };

/** An event with one object, whose attributes are given as `relation: value`, or `relation: [value, type, flag]`. */
function eventWith(
  name: string,
  fields: readonly (readonly [relation: string, value: string, type?: string, toIds?: boolean])[],
) {
  const uuid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  return {
    Event: {
      uuid: uuid(1),
      info: 'x',
      date: '2026-01-31',
      timestamp: '1780000000',
      Orgc: { uuid: uuid(2), name: 'Operator' },
      Tag: [{ name: 'tlp:amber' }],
      Attribute: [],
      Object: [
        {
          uuid: uuid(3),
          name,
          template_uuid: 'f3493d8b-a7ab-48d0-a775-046c4d64d782',
          template_version: '5',
          'meta-category': 'network',
          timestamp: '1780000000',
          Attribute: fields.map(([object_relation, value, type = 'text', to_ids = false], at) => ({
            uuid: uuid(100 + at),
            type,
            object_relation,
            value,
            to_ids,
            category: 'Other',
            disable_correlation: true,
            timestamp: '1780000000',
          })),
        },
      ],
    },
  };
}

function converted(event: unknown) {
  const read = fromMisp(JSON.stringify(event));
  assert.ok(read.ok, read.ok ? '' : `${read.error.message} ${read.error.at}`);
  const { objects } = read.value;
  for (const object of objects) {
    const { errors } = validateObject(object, { types: telecomTypes });
    assert.deepEqual(errors, [], JSON.stringify(object));
  }
  return read.value;
}

function ofType(objects: readonly Json[], type: string): readonly Json[] {
  return objects.filter((object) => object['type'] === type);
}

function attributesOf(event: Json): unknown {
  const { Event } = JSON.parse(JSON.stringify(event)) as {
    Event: { Attribute: unknown[]; Object?: unknown[] };
  };
  return [Event.Attribute, Event.Object];
}

const ss7 = eventWith('ss7-attack', [
  ['MapOpCode', '71'],
  ['MapApplicationContext', '0.4.0.0.1.0.29.3'],
  ['Category', 'Cat1'],
  ['Category', 'CatSpoofing'],
  ['SccpCgGT', '+32 475 00 00 01'],
  ['SccpCgGT-CountryISO2', 'BE'],
  ['SccpCgGT-TADIG', 'BELMO'],
  ['SccpCgSSN', '147'],
  ['GtAssignee', 'Assignee NV'],
  ['GtLessee', 'Lessee Ltd'],
  ['SccpCdGT', '352621000001'],
  ['MapImsi', '270011234567890', 'text', true],
  ['MapMsisdn', '+352621123456'],
  ['MapVersion', '3'],
  ['first-seen', '2026-01-30T10:00:00Z', 'datetime'],
  ['text', 'Location of a subscriber was asked for.'],
  ['SccpCgPC', 'who knows'],
]);

test('an SS7 attack is a signalling message between typed nodes, with its category and whose the title is', () => {
  const { objects, losses } = converted(ss7);
  const [message] = ofType(objects, 'signalling-message');
  const titles = ofType(objects, 'ss7-global-title');
  const [from, to] = titles;
  const [imsi] = ofType(objects, 'mobile-subscriber-id');
  assert.equal(titles.length, 2);
  assert.deepEqual(
    [
      message?.['protocol'],
      message?.['op_code'],
      message?.['operation'],
      message?.['category'],
      message?.['category_source'],
    ],
    ['map', 71, 'anyTimeInterrogation', 1, 'misp:ss7-attack'],
  );
  assert.deepEqual(
    [message?.['src_ref'], message?.['dst_ref'], message?.['subscriber_ref'], message?.['start']],
    [from?.['id'], to?.['id'], imsi?.['id'], '2026-01-30T10:00:00.000Z'],
  );
  assert.deepEqual(
    [from?.['value'], from?.['country'], from?.['tadig'], from?.['subsystem']],
    ['32475000001', 'BE', 'BELMO', 147],
  );
  const named = (ref: unknown) => objects.find(({ id }) => id === ref)?.['name'];
  assert.deepEqual(
    [named(from?.['assignee_ref']), named(from?.['lessee_ref'])],
    ['Assignee NV', 'Lessee Ltd'],
  );
  assert.equal(ofType(objects, 'phone-number')[0]?.['value'], '352621123456');
  const [observed] = ofType(objects, 'observed-data');
  assert.deepEqual(observed?.['labels'], ['ss7-attack:category="Cat1"', 'ss7-attack:category="CatSpoofing"']);
  assert.ok((observed?.['object_refs'] as unknown[]).includes(message?.['id']));
  for (const object of objects)
    if (/^(?:ss7-|signalling|mobile-|observed|phone)/.test(String(object['type'])))
      assert.ok(
        Array.isArray(object['object_marking_refs']),
        `${String(object['type'])} has the TLP of the event`,
      );
  assert.deepEqual(
    losses.map(({ what }) => what),
    ['detection of MapImsi'],
  );
});

test('the calling title of an attack is the indicator; the victim never is, whatever its flag says', () => {
  const { objects } = converted(ss7);
  const { indicators } = readIndicators(objects, { now });
  assert.deepEqual(
    indicators.flatMap(({ targets }) => targets),
    [{ kind: 'global-title', value: '32475000001' }],
  );
});

test('what is not what its relation says is kept as a note, and marked', () => {
  const { objects } = converted(ss7);
  const note = ofType(objects, 'note').find(({ content }) => content === 'who knows');
  assert.match(JSON.stringify(note), /"unvalidated":"A point code is written as/);
});

test('an SS7 attack comes back with its template, relations, values and flags, in its order', () => {
  const { objects } = converted(ss7);
  const { event, losses } = toMisp(objects, about);
  assert.deepEqual(losses, []);
  assert.deepEqual(attributesOf(event), attributesOf(ss7));
});

const cases: readonly (readonly [
  what: string,
  event: ReturnType<typeof eventWith>,
  types: Readonly<Record<string, number>>,
  indicators: readonly string[],
])[] = [
  [
    'a Diameter attack',
    eventWith('diameter-attack', [
      ['Origin-Host', 'MME01.epc.mnc001.mcc206.3gppnetwork.org'],
      ['Origin-Realm', 'epc.mnc001.mcc206.3gppnetwork.org'],
      ['Destination-Realm', 'epc.mnc001.mcc270.3gppnetwork.org', 'text', false],
      ['Username', '270011234567890'],
      ['CmdCode', '316'],
      ['ApplicationId', '16777251'],
      ['category', 'Cat2'],
      ['Origin-Realm-TADIG', 'BELMO'],
      ['text', 'x'],
    ]),
    { 'diameter-node': 3, 'signalling-message': 1, 'mobile-subscriber-id': 1, 'mobile-network-id': 1 },
    [
      'diameter-host mme01.epc.mnc001.mcc206.3gppnetwork.org',
      'diameter-realm epc.mnc001.mcc206.3gppnetwork.org',
    ],
  ],
  [
    'a GTP attack',
    eventWith('gtp-attack', [
      ['ipSrc', '198.51.100.7', 'ip-src', true],
      ['ipDest', '203.0.113.9', 'ip-dst', true],
      ['PortSrc', '2123', 'port'],
      ['PortDest', '2123'],
      ['GtpMessageType', '32'],
      ['GtpVersion', '2'],
      ['GtpInterface', 'S8'],
      ['GtpImsi', '270011234567890'],
      ['GtpImei', '490154203237518'],
      ['GtpServingNetwork', '206-01'],
      ['text', 'x'],
    ]),
    {
      'ipv4-addr': 2,
      'network-traffic': 1,
      'signalling-message': 1,
      'mobile-equipment-id': 1,
      'mobile-network-id': 1,
    },
    ['ipv4 198.51.100.7'],
  ],
  [
    'a record of an IMSI catcher',
    eventWith('imsi-catcher', [
      ['imsi', '206011234567890'],
      ['mcc', '206'],
      ['mnc', '01'],
      ['lac', '1234'],
      ['cellid', '56789'],
      ['operator', 'Proximus'],
      ['tmsi-1', '0x1234'],
      ['seq', '7', 'integer'],
      ['first-seen', '2026-01-30T10:00:00Z', 'datetime'],
    ]),
    { 'mobile-subscriber-id': 1, 'mobile-network-id': 1, 'mobile-cell': 1, note: 2 },
    [],
  ],
  [
    'a phone',
    eventWith('phone', [
      ['imei', '490154203237518', 'text', true],
      ['imsi', '206011234567890'],
      ['msisdn', '+32475123456', 'text'],
      ['iccid', '8932042000002328538'],
      ['model', 'Model X'],
      ['brand', 'Brand'],
      ['guti', 'x'],
    ]),
    { 'mobile-equipment-id': 1, 'mobile-subscriber-id': 1, 'phone-number': 1, 'uicc-id': 1, note: 2 },
    ['imei 490154203237518'],
  ],
  [
    'a telephone number',
    eventWith('phone-number', [
      ['phone-number', '+32475123456', 'phone-number', true],
      ['country-code', 'BE'],
      ['country-code-numeric', '+32'],
      ['subscriber-number', '123456'],
    ]),
    { 'phone-number': 1, note: 0 },
    ['msisdn +32475123456'],
  ],
  [
    'a short message',
    eventWith('short-message-service', [
      ['from', "B'ANK", 'phone-number', true],
      ['to', '+32475123456', 'phone-number', true],
      ['smsc', '32475000009', 'phone-number'],
      ['body', 'Your parcel waits'],
      ['sent-date', '2026-01-30T10:00:00Z', 'datetime'],
      ['received-date', '2026-01-30T10:00:05Z', 'datetime'],
    ]),
    { 'sms-sender': 1, 'phone-number': 1, 'ss7-global-title': 1, note: 1 },
    ["sms-sender b'ank"],
  ],
  [
    'an autonomous system',
    eventWith('asn', [
      ['asn', 'AS64496', 'AS', true],
      ['name', 'Example'],
      ['subnet-announced', '198.51.100.0/24', 'ip-src', false],
      ['country', 'BE'],
    ]),
    { 'autonomous-system': 1, 'ipv4-addr': 1, note: 1 },
    ['asn 64496'],
  ],
  [
    'a phase of CONCORDIA',
    eventWith(concordiaTemplate, [
      ['AttackName', 'Location tracking'],
      ['CMTMF_ATCKID', '12', 'integer'],
      ['PhName', 'Initial Access'],
      ['PhSequence', '1', 'integer'],
    ]),
    { 'attack-pattern': 1, note: 1 },
    [],
  ],
];

for (const [what, event, types, wanted] of cases) {
  test(`${what} becomes typed STIX and comes back as it was`, () => {
    const { objects } = converted(event);
    for (const [type, count] of Object.entries(types))
      assert.equal(ofType(objects, type).length, count, type);
    const { indicators } = readIndicators(objects, { now });
    assert.deepEqual(
      indicators.flatMap(({ targets }) => targets.map(({ kind, value }) => `${kind} ${value}`)),
      wanted,
    );
    const { event: back, losses } = toMisp(objects, about);
    assert.deepEqual(losses, []);
    assert.deepEqual(attributesOf(back), attributesOf(event));
  });
}

test('observables that several objects name are one, with the markings of all', () => {
  const one = eventWith('phone', [['imsi', '206011234567890']]).Event;
  const [first] = one.Object;
  assert.ok(first !== undefined);
  const [attribute] = first.Attribute;
  const second = {
    ...first,
    uuid: '00000000-0000-4000-8000-000000000004',
    Attribute: [{ ...attribute, uuid: '00000000-0000-4000-8000-000000000200', Tag: [{ name: 'tlp:red' }] }],
  };
  const { objects } = converted({ Event: { ...one, Object: [first, second] } });
  const [imsi, ...others] = ofType(objects, 'mobile-subscriber-id');
  assert.deepEqual(others, []);
  assert.equal((imsi?.['object_marking_refs'] as unknown[]).length, 2);
});

test('objects of telecom come back as they were, whatever their attributes hold', () => {
  const relation = fc.constantFrom(
    ...[...telecomTemplates].flatMap(([name, { rules }]) =>
      [...Object.keys(rules), 'text', 'unheard-of'].map((one) => [name, one] as const),
    ),
    [concordiaTemplate, 'AttackName'] as const,
    [concordiaTemplate, 'PhName'] as const,
  );
  const value = fc.oneof(
    fc.constantFrom(
      '32475000001',
      '+32475123456',
      '206011234567890',
      '206',
      '01',
      '71',
      'BE',
      'BELMO',
      'Cat2.1',
      '3247*',
    ),
    fc.constantFrom(
      '198.51.100.7',
      '2001:db8::1',
      'AS64496',
      "it's",
      '\\',
      'x|y',
      '2026-01-30T10:00:00Z',
      '2-013-1',
      '490154203237518',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  );
  const field = fc.tuple(relation, value, fc.boolean(), fc.constantFrom('text', 'phone-number', 'ip-src'));
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 8 }), ([first, ...others]) => {
      assert.ok(first !== undefined);
      const [[name]] = first;
      const event = eventWith(
        name,
        [first, ...others].map(([[, relationName], text, toIds, type]) => [relationName, text, type, toIds]),
      );
      const { objects } = converted(event);
      for (const { pattern, pattern_type: language } of ofType(objects, 'indicator')) {
        const parsed = parsePattern(String(pattern));
        assert.ok(parsed.ok && language === 'stix', String(pattern));
        assert.deepEqual(checkPattern(parsed.pattern, telecomTypes), []);
      }
      const { event: back } = toMisp(objects, about);
      assert.deepEqual(attributesOf(back), attributesOf(event));
      assert.deepEqual(converted(back).objects, objects);
    }),
    { numRuns: 400 },
  );
});

test('a signalling message that did not come from MISP is an attack object there, with the TLP of what it names', () => {
  const { objects } = converted(ss7);
  const bare = objects
    .filter(({ type }) => /^(?:signalling|ss7-|mobile-|ipv4)/.test(String(type)))
    .map(({ id, ...rest }): Json => ({ id, ...rest }));
  const { event, losses } = toMisp(bare, about);
  assert.deepEqual(losses, []);
  const { Object: made } = event['Event'] as {
    Object: { name: string; Attribute: { object_relation: string; value: string; Tag: unknown }[] }[];
  };
  assert.deepEqual(
    made.map(({ name, Attribute }) => [name, Attribute.map((one) => `${one.object_relation} ${one.value}`)]),
    [
      [
        'ss7-attack',
        [
          'MapOpCode 71',
          'MapApplicationContext 0.4.0.0.1.0.29.3',
          'Category Cat1',
          'first-seen 2026-01-30T10:00:00.000Z',
          'text map anyTimeInterrogation',
          'SccpCgGT 32475000001',
          'SccpCdGT 352621000001',
          'MapImsi 270011234567890',
        ],
      ],
    ],
  );
  for (const { Tag } of made.flatMap(({ Attribute }) => Attribute))
    assert.deepEqual(Tag, [{ name: 'tlp:amber' }]);
  const again = converted(event);
  assert.equal(
    ofType(again.objects, 'signalling-message')[0]?.['id'],
    ofType(objects, 'signalling-message')[0]?.['id'],
  );
});
