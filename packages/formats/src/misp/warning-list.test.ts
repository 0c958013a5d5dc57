import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validateObject } from '@belltower/stix';
import fc from 'fast-check';
import type { Json } from '../json.ts';
import { applyWarningLists } from './apply-warning-lists.ts';
import { builtInWarningLists } from './built-in-warning-lists.ts';
import { fromMisp } from './from-misp.ts';
import { toMisp } from './to-misp.ts';
import { readWarningList } from './warning-list.ts';

const now = '2026-11-22T00:00:00Z' as Parameters<typeof toMisp>[1]['now'];

function list(raw: Json) {
  const read = readWarningList(JSON.stringify({ name: 'A list', version: 1, ...raw }));
  assert.ok(read.ok, read.ok ? '' : read.error.message);
  return read.list;
}

for (const [type, entries, listed, others] of [
  ['string', ['8.8.8.8'], ['8.8.8.8'], ['8.8.8.80', '8.8.8.8 ']],
  [
    'hostname',
    ['.Example.org', 'x.test.'],
    [
      'example.org',
      'a.b.example.org',
      'EXAMPLE.org.',
      'https://u@www.example.org:8443/x?y=z.com',
      'x.test/a',
    ],
    ['badexample.org', 'example.org.bad', 'https://bad.com/example.org', ''],
  ],
  [
    'cidr',
    ['10.0.0.0/8', '2001:db8::/32', '198.51.100.7'],
    ['10.1.2.3', '10.1.0.0/16', '2001:db8::1', '198.51.100.7', 'http://10.0.0.1:80/x'],
    ['11.0.0.1', '10.0.0.0/7', '198.51.100.8', 'example.org', ''],
  ],
  ['substring', ['test'], ['a test value'], ['nothing']],
  [
    'regex',
    ['/^\\+?1\\d{3}55501\\d{2}$/g', '/ABC/i', '#a/b#'],
    ['+12125550123', 'xabcx', 'a/b'],
    ['+12125550223', 'ab'],
  ],
] as const) {
  test(`a list of the type ${type} finds what MISP finds by it`, () => {
    const { find, losses } = list({ type, list: entries });
    assert.deepEqual(losses, []);
    for (const value of listed) assert.ok(find(value) !== undefined, value);
    for (const value of others) assert.equal(find(value), undefined, value);
  });
}

test('an expression that has no linear time is told, and never run', () => {
  const hostile = ['/(?=a)b/', '/(a)\\1/', '/a/e', '/(/', '/((a{100}){100}){100}/'];
  const { find, losses } = list({ type: 'regex', list: [...hostile, '/^(a+)+$/'] });
  assert.equal(losses.length, hostile.length);
  const began = performance.now();
  assert.equal(find(`${'a'.repeat(50_000)}!`), undefined);
  assert.ok(performance.now() - began < 5_000);
});

for (const [what, raw, at] of [
  ['without a name', { list: [] }, '$.name'],
  ['without a list', { name: 'x' }, '$.list'],
  ['of an unknown type', { name: 'x', list: [], type: '__proto__' }, '$.type'],
] as const) {
  test(`a warning list ${what} is refused with the place`, () => {
    const read = readWarningList(JSON.stringify(raw));
    assert.ok(!read.ok);
    assert.equal(read.error.at, at);
  });
}

test('any JSON is read as a warning list or refused, and never throws', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          name: fc.oneof(fc.string(), fc.jsonValue()),
          type: fc.oneof(fc.constantFrom('string', 'hostname', 'cidr', 'substring', 'regex'), fc.jsonValue()),
          list: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
          matching_attributes: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
      fc.string(),
      (raw, value) => {
        const read = readWarningList(JSON.stringify(raw));
        if (read.ok) read.list.find(value);
      },
    ),
    { numRuns: 500 },
  );
});

const event = {
  Event: {
    uuid: '00000000-0000-4000-8000-000000000001',
    info: 'x',
    date: '2026-01-31',
    timestamp: '1780000000',
    Attribute: [
      ['ip-dst', '198.51.100.7'],
      ['ip-dst', '8.8.4.4'],
      ['phone-number', '+12125550123'],
    ].map(([type, value], at) => ({
      uuid: `00000000-0000-4000-8000-00000000001${at}`,
      type,
      value,
      to_ids: true,
      category: 'Network activity',
      timestamp: '1780000000',
      Sighting: [
        { uuid: `00000000-0000-4000-8000-00000000002${at}`, type: '0', date_sighting: '1780000000' },
      ],
    })),
  },
};

test('what a list names is marked and doubted, and that is told', () => {
  const read = fromMisp(JSON.stringify(event), { warningLists: builtInWarningLists });
  assert.ok(read.ok);
  const { objects, losses } = read.value;
  const indicators = objects.filter(({ type }) => type === 'indicator');
  assert.deepEqual(
    indicators.map(({ confidence }) => confidence),
    [15, undefined, 15],
  );
  assert.match(JSON.stringify(indicators[0]?.['labels']), /warninglist:addresses of documentation/);
  assert.equal(losses.length, 2);
});

test('what is left out of the indicators stays as a note, with its sightings, and goes back as it was', () => {
  const read = fromMisp(JSON.stringify(event), { warningLists: builtInWarningLists, listed: 'leave-out' });
  assert.ok(read.ok);
  const { objects, losses } = read.value;
  for (const object of objects) assert.deepEqual(validateObject(object).errors, []);
  assert.deepEqual(
    objects.filter(({ type }) => type === 'indicator').map(({ pattern }) => pattern),
    ["[network-traffic:dst_ref.value = '8.8.4.4']"],
  );
  const ids = new Set(objects.map(({ id }) => id));
  for (const { sighting_of_ref: ref } of objects) assert.ok(ref === undefined || ids.has(ref));
  assert.equal(losses.length, 2);
  const back = toMisp(objects, { now, uuid: '11111111-1111-4111-8111-111111111111' }).event as {
    Event: { Attribute: { value: string; to_ids: boolean; Sighting: unknown[] }[] };
  };
  assert.deepEqual(
    back.Event.Attribute.map(({ value, to_ids, Sighting }) => [value, to_ids, Sighting.length]),
    [
      ['198.51.100.7', true, 1],
      ['8.8.4.4', true, 1],
      ['+12125550123', true, 1],
    ],
  );
});

test('a list of known things labels, and takes nothing away', () => {
  const known = list({ type: 'cidr', category: 'known', list: ['8.8.0.0/16'] });
  const indicator = {
    type: 'indicator',
    id: 'indicator--00000000-0000-4000-8000-000000000001',
    pattern: "[ipv4-addr:value = '8.8.4.4']",
    confidence: 80,
  };
  const { objects, losses } = applyWarningLists([indicator], [known], { listed: 'leave-out' });
  assert.deepEqual(objects, [{ ...indicator, labels: ['warninglist:A list'] }]);
  assert.equal(losses.length, 1);
});

for (const [pattern, isListed] of [
  ["[ipv4-addr:value = '192.168.1.1']", true],
  ["[ipv6-addr:value = '2001:db8::1']", true],
  ["[url:value = 'http://10.0.0.1/x']", true],
  ["[domain-name:value = 'www.example.org']", true],
  ["[sms-sender:value = '112']", true],
  ["[sip-identity:value = 'sip:112@operator.net']", true],
  ["[ss7-global-title:value = '447700900123']", true],
  ["[mobile-subscriber-id:value = '001010123456789']", true],
  ["[ss7-global-title:value = '32475000001']", false],
  ["[phone-number:value = '32475123456']", false],
  ["[ipv4-addr:value = '8.8.8.8']", false],
  ["[mobile-subscriber-id:value = '206011234567890']", false],
  ["[file:hashes.MD5 = '00000000000000000000000000000112']", false],
] as const) {
  test(`the lists of our own ${isListed ? 'name' : 'do not name'} ${pattern}`, () => {
    const { losses } = applyWarningLists(
      [{ type: 'indicator', id: 'indicator--x', pattern }],
      builtInWarningLists,
    );
    assert.equal(losses.length > 0, isListed, JSON.stringify(losses));
  });
}
