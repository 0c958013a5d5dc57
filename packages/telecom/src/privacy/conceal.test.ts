import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { toMicroseconds } from '@belltower/stix';
import { base64 } from '@scure/base';
import fc from 'fast-check';
import type { ObservableKind } from '../observable.ts';
import { isObservableKind, observableKinds } from '../observable.ts';
import { conceal } from './conceal.ts';
import { generalise } from './generalise.ts';
import { GroupKey } from './group-key.ts';
import { personalIdentifier } from './personal-identifier.ts';

interface Vector {
  readonly kind: string;
  readonly text: string;
  readonly of: string;
  readonly normal: string;
  readonly key_id: string;
  readonly key: string;
  readonly value: string;
}

const vectors: readonly Vector[] = readFileSync(new URL('./conceal-vectors.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const begin = toMicroseconds(0);

function read(kind: string, text: string) {
  assert.ok(isObservableKind(kind), kind);
  const parsed = observableKinds[kind].parse(text);
  assert.ok(parsed.ok, `${kind} ${text}`);
  return parsed.value;
}

test('every vector comes out, and equal subscribers are equal whatever they are written as', () => {
  const values = new Map<string, Set<string>>();
  for (const { kind, text, of, normal, key_id, key, value } of vectors) {
    const observable = read(kind, text);
    assert.deepEqual(personalIdentifier(observable), { of, normal });
    const ring = { keys: [new GroupKey({ id: key_id, bytes: base64.decode(key), from: begin })] };
    assert.deepEqual(conceal(observable, ring, begin), { of, key_id, value });
    const subscriber = `${key_id} ${of} ${normal}`;
    values.set(subscriber, (values.get(subscriber) ?? new Set()).add(value));
  }
  assert.ok([...values.values()].every(({ size }) => size === 1));
  assert.equal(new Set([...values.values()].flatMap((one) => [...one])).size, values.size);
});

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
// HMAC fills keys up with zeros to 64 bytes: RFC 2104 §2.
const keyBytes = fc.uint8Array({ minLength: 64, maxLength: 64 });

test('different keys, subscribers and kinds give different codes, and the same ones the same', () => {
  fc.assert(
    fc.property(keyBytes, keyBytes, digits(10), digits(10), (one, other, alice, bob) => {
      const code = (bytes: Uint8Array, kind: ObservableKind, text: string) => {
        const ring = { keys: [new GroupKey({ id: 'k', bytes, from: begin })] };
        return conceal(read(kind, text), ring, begin)?.value;
      };
      const first = code(one, 'imsi', `20601${alice}`);
      assert.match(first ?? '', /^[0-9a-f]{64}$/);
      assert.equal(first, code(one, 'supi', `imsi-20601${alice}`));
      assert.equal(first === code(one, 'imsi', `20601${bob}`), alice === bob);
      assert.equal(first === code(other, 'imsi', `20601${alice}`), Buffer.compare(one, other) === 0);
      assert.notEqual(code(one, 'imei', `20601${alice}`), first);
    }),
  );
});

// What names nobody has no code: kind and text.
for (const [kind, text] of [
  ['msisdn', '+18005551234'],
  ['msisdn', '+3290012345'],
  ['msisdn', '+80012345678'],
  ['tel-uri', 'tel:1212;phone-context=+32'],
  ['sip-uri', 'sip:alice@example.org'],
  ['sip-uri', 'sip:voicemail@ims.mnc001.mcc206.3gppnetwork.org'],
  ['sms-sender', 'PARCEL'],
  ['sms-sender', '32123'],
  ['number-range', '32475*'],
  ['number-range', '32475000000..32475000001'],
  ['imsi', '001011234567890'],
  ['imsi', '206011'],
  ['imei', '000000000000000'],
  ['tac', '49015420'],
  ['plmn', '206-01'],
  ['global-title', '32475000001'],
  ['suci', 'suci-0-206-01-1-1-27-0a1b2c3d'],
] as const) {
  test(`${kind} ${text} names nobody`, () => {
    assert.equal(personalIdentifier(read(kind, text)), undefined);
    assert.equal(generalise(read(kind, text)), undefined);
  });
}

test('a key does not show itself, whichever way it is printed', () => {
  const bytes = new Uint8Array(32).fill(0x41);
  const key = new GroupKey({ id: 'k1', bytes, from: begin });
  const shown = [
    inspect(key, { showHidden: true, depth: 9 }),
    String(key),
    JSON.stringify({ key }),
    `${Object.values(key)}`,
  ];
  for (const text of shown) {
    assert.ok(!/AAAA|4141|65,\s*65/.test(text), text);
    assert.match(text, /k1/);
  }
});

test('a key has an id, at least 32 bytes, and an end behind its beginning', () => {
  const bytes = new Uint8Array(32);
  for (const id of ['', 'a b', 'ä', 'x'.repeat(65), 'a/b', "a'b"])
    assert.throws(() => new GroupKey({ id, bytes, from: begin }), RangeError);
  for (const length of [0, 31, 1_025])
    assert.throws(() => new GroupKey({ id: 'k', bytes: new Uint8Array(length), from: begin }), RangeError);
  assert.throws(() => new GroupKey({ id: 'k', bytes, from: begin, until: begin }), RangeError);
});

test('what travels in place of a number leaves ten thousand numbers together, and tells the same of all of them', () => {
  const numbers = fc.constantFrom(
    '3247512',
    '4930123',
    '1212555',
    '44790090',
    '3906123',
    '29020',
    '2468123',
    '3544101',
  );
  fc.assert(
    fc.property(numbers, digits(4), digits(4), (prefix, one, other) => {
      const [first, second] = [one, other].map((last) => {
        const parsed = observableKinds.msisdn.parse(`+${prefix}${last}`);
        return parsed.ok ? generalise(parsed.value) : undefined;
      });
      if (first?.kind !== 'number-range' || second?.kind !== 'number-range') return;
      assert.ok(BigInt(first.to) - BigInt(first.from) >= 9_999n, first.value);
      assert.deepEqual(first, second);
    }),
  );
});

for (const [kind, text, told] of [
  ['msisdn', '+32475123456', '32475000000..32475999999'],
  ['msisdn', '+12125551234', '12120000000..12129999999'],
  ['gpsi', 'msisdn-447400123456', '447400000000..447409999999'],
  ['imsi', '310260123456789', '310-260'],
  ['supi', 'imsi-206011234567890', '206-01'],
  ['imeisv', '4901542032375199', '49015420'],
  ['iccid', '8944110068256270054', '894411'],
  ['eid', '89049032123451234512345678901235', '89049032'],
  ['gpsi', 'extid-alice@example.org', 'example.org'],
  ['pei', 'mac-00-1a-2b-3c-4d-5e', undefined],
  ['imsi', '103991234567890', undefined],
] as const) {
  test(`${kind} ${text} travels as ${told ?? 'nothing'}`, () => {
    assert.equal(generalise(read(kind, text))?.value, told);
  });
}
