import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mostPlaces, personalData } from './personal-data.ts';
import { createReadingBudget } from './reading-budget.ts';

const inPattern = (pattern: string) => personalData({ type: 'indicator', pattern_type: 'stix', pattern });

for (const [pattern, kinds] of [
  ["[mobile-subscriber-id:value = '206011234567890']", ['imsi']],
  ["[mobile-subscriber-id:value != '206011234567890']", ['imsi']],
  ["[mobile-subscriber-id:value NOT IN ('206011234567890', '206-01')]", ['imsi']],
  [
    "[mobile-subscriber-id:id_type = 'gpsi' AND mobile-subscriber-id:value = 'msisdn-32475123456']",
    ['msisdn'],
  ],
  ["[mobile-subscriber-id:value = 'suci-0-206-01-1-0-0-1234567890']", ['imsi']],
  ["[mobile-subscriber-id:value = 'suci-0-206-01-1-1-27-0a1b2c3d']", []],
  ["[mobile-subscriber-id:value LIKE '20601%']", []],
  ["[mobile-subscriber-id:value LIKE '206011234567890%']", ['imsi']],
  ["[mobile-subscriber-id:value LIKE '20601123456789_']", []],
  ["[mobile-subscriber-id:value MATCHES '^206011234567890$']", ['imsi']],
  ["[mobile-subscriber-id:value MATCHES '^20601[0-9]+$']", []],
  ["[mobile-subscriber-id:value >= '206011234567890']", []],
  ["[phone-number:value = '+32475123456']", ['msisdn']],
  ['[phone-number:value = 32475123456]', ['msisdn']],
  ["[phone-number:value MATCHES '^\\\\+?32475123456$']", ['msisdn']],
  ["[phone-number:value LIKE '32475%']", []],
  ["[phone-number:value = '18005551234']", []],
  ["[phone-number:country = 'BEL']", []],
  ["[url:value = 'tel:+32475123456' OR url:value = 'https://example.org']", ['msisdn']],
  ["[sip-identity:value = 'sip:206011234567890@ims.mnc001.mcc206.3gppnetwork.org']", ['imsi']],
  ["[uicc-id:value IN ('8944110068256270054')]", ['iccid']],
  ["[mobile-equipment-id:value = '49015420']", []],
  ["[signalling-message:subscriber_ref.value = '206011234567890']", ['imsi']],
  ["[signalling-message:src_ref.value = '32475000001']", []],
  ["[network-traffic:src_ref.value = 'tel:+32475123456']", ['msisdn']],
  ["[ipv4-addr:value = '1.2.3.4'] AND ([sms-sender:value = '+32475123456'] WITHIN 5 SECONDS)", ['msisdn']],
  ["[phone-number:value = '32475123456' AND", []],
] as const) {
  test(`${pattern} names ${kinds.join(' and ') || 'nobody'}`, () => {
    assert.deepEqual(
      inPattern(pattern),
      kinds.map((kind) => ({ path: '$.pattern', kind })),
    );
  });
}

test('what is kept of MISP names subscribers by the names of its fields', () => {
  const key = 'extension-definition--8e220cf6-2abc-5768-af0e-3f43d72d217a';
  const kept = (misp: unknown) => personalData({ type: 'grouping', extensions: { [key]: { misp } } });
  const at = `$.extensions['${key}'].misp`;
  assert.deepEqual(
    kept({
      attributes: [
        { type: 'text', object_relation: 'SccpCgGT', value: '447000000001' },
        { type: 'text', object_relation: 'MapImsi', value: '206011234567890' },
        { type: 'text', object_relation: 'MapMsisdn', value: '32475123456' },
        { type: 'text', object_relation: 'MapMscGT', value: '32475000001' },
        { type: 'text', object_relation: 'GtpImei', value: '490154203237518' },
        { type: 'text', object_relation: 'imsi', value: 'not one' },
      ],
    }),
    [
      { path: `${at}.attributes[1].value`, kind: 'imsi' },
      { path: `${at}.attributes[2].value`, kind: 'msisdn' },
      { path: `${at}.attributes[4].value`, kind: 'imei' },
    ],
  );
  assert.deepEqual(kept({ type: 'phone-number', value: '+32475123456' }), [
    { path: `${at}.value`, kind: 'msisdn' },
  ]);
  const many = Array.from({ length: 1_500 }, () => ({ object_relation: 'text', value: 'x' }));
  assert.deepEqual(
    kept({ attributes: [...many, { object_relation: 'MapImsi', value: '206011234567890' }] }),
    [{ path: `${at}.attributes[1500].value`, kind: 'imsi' }],
    'however much stands before it',
  );
  for (const odd of [
    null,
    [],
    'text',
    { attributes: 'text' },
    { attributes: [null, 1, [{}]] },
    { value: {} },
  ])
    assert.deepEqual(kept(odd), []);
});

test('a pattern of another language, and free text, are not searched', () => {
  const pattern = "[phone-number:value = '32475123456']";
  assert.deepEqual(personalData({ type: 'indicator', pattern_type: 'sigma', pattern }), []);
  assert.deepEqual(personalData({ type: 'note', content: '+32475123456' }), []);
});

test('observed data are searched for what they hold, and a place repeats nothing of the input', () => {
  const objects = Object.fromEntries(
    ['0', '32475123456'].map((name) => [name, { type: 'phone-number', value: '32475123456' }]),
  );
  assert.deepEqual(
    personalData({ type: 'observed-data', objects }).map(({ path }) => path),
    ["$.objects['0'].value", '$.objects.*.value'],
  );
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [String(at), objects['0']]));
  assert.equal(personalData({ type: 'observed-data', objects: many }).length, mostPlaces);
});

test('any value may stand anywhere, and nothing is thrown', () => {
  const types = [
    'indicator',
    'observed-data',
    'phone-number',
    'phone-number-range',
    'mobile-subscriber-id',
    'url',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.jsonValue(),
      fc.jsonValue(),
      fc.jsonValue(),
      (type, value, other, more) => {
        personalData({ type, value, id_type: other, objects: more, range_start: value, range_end: value });
        personalData({ type, pattern: value, pattern_type: 'stix' });
      },
    ),
  );
});

test('what is left to read runs out over many objects, and then a place says that it was not looked at', () => {
  const budget = createReadingBudget(1_000);
  const number = { type: 'phone-number', value: '18005551234' };
  const found = Array.from({ length: 200 }, () => personalData(number, budget));
  assert.equal(found.filter((places) => places.length === 0).length, 100);
  assert.deepEqual(found.at(-1), [{ path: '$.value', kind: undefined }]);
  assert.deepEqual(personalData({ type: 'domain-name', value: 'example.org' }, budget), []);
  const pattern = `[phone-number:value IN (${Array(15_000).fill("'18005551234'").join(', ')})]`;
  assert.deepEqual(personalData({ type: 'indicator', pattern_type: 'stix', pattern }, budget), [
    { path: '$.pattern', kind: undefined },
  ]);
});
