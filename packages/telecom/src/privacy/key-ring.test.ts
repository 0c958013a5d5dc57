import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Microseconds } from '@belltower/stix';
import { parseTimestamp, toMicroseconds } from '@belltower/stix';
import fc from 'fast-check';
import { GroupKey } from './group-key.ts';
import type { KeyRing } from './key-ring.ts';
import { addKey, keysToMatch, keyToConceal, mostKeys } from './key-ring.ts';
import { parseKeyRing, printKeyRing } from './key-ring-file.ts';

const at = (text: string): Microseconds =>
  parseTimestamp(`${text}T00:00:00Z`)?.microseconds ?? toMicroseconds(0);
const key = (id: string, from: string, until?: string) =>
  new GroupKey({
    id,
    bytes: new Uint8Array(32).fill(id.length),
    from: at(from),
    until: until === undefined ? undefined : at(until),
  });
const ring: KeyRing = {
  keys: [
    key('winter', '2026-01-01', '2026-04-15'),
    key('spring', '2026-04-01', '2026-07-15'),
    key('summer', '2026-07-01'),
  ],
};

for (const [moment, concealing, matching] of [
  ['2025-12-31', undefined, []],
  ['2026-01-01', 'winter', ['winter']],
  ['2026-04-01', 'spring', ['winter', 'spring']],
  ['2026-04-14', 'spring', ['winter', 'spring']],
  ['2026-04-15', 'spring', ['spring']],
  ['2026-07-01', 'summer', ['spring', 'summer']],
  ['2030-01-01', 'summer', ['summer']],
] as const) {
  test(`on ${moment} it is concealed with ${concealing ?? 'nothing'} and matched with ${matching.join(' and ') || 'nothing'}`, () => {
    const now = at(moment);
    assert.equal(keyToConceal(ring, now)?.id, concealing);
    assert.deepEqual(
      keysToMatch(ring, { from: now, to: now }).map(({ id }) => id),
      matching,
    );
  });
}

test('over a stretch of time all keys match that held in some of it', () => {
  const ids = (from: string, to: string) =>
    keysToMatch(ring, { from: at(from), to: at(to) }).map(({ id }) => id);
  assert.deepEqual(ids('2026-03-01', '2026-08-01'), ['winter', 'spring', 'summer']);
  assert.deepEqual(ids('2026-04-15', '2026-06-01'), ['spring']);
});

const anyRing = fc
  .uniqueArray(fc.nat({ max: 1e15 }), { maxLength: 8 })
  .chain((times) =>
    fc.tuple(
      ...times.map((from, index) =>
        fc
          .tuple(
            fc.uint8Array({ minLength: 32, maxLength: 1_024 }),
            fc.option(fc.integer({ min: 1, max: 1e12 })),
          )
          .map(
            ([bytes, length]) =>
              new GroupKey({
                id: `k.${index}_-`,
                bytes,
                from: toMicroseconds(from),
                until: length === null ? undefined : toMicroseconds(from + length),
              }),
          ),
      ),
    ),
  )
  .map((keys): KeyRing => ({ keys }));

test('a ring is the same after it was written and read', () => {
  fc.assert(
    fc.property(anyRing, (written) => {
      const read = parseKeyRing(printKeyRing(written));
      assert.ok(read.ok);
      assert.deepEqual(
        read.value.keys.map((one) => [one.id, one.from, one.until, one.reveal()]),
        written.keys.map((one) => [one.id, one.from, one.until, one.reveal()]),
      );
    }),
    { numRuns: 50 },
  );
});

const secret = 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MQ==';
const file = (row: Readonly<Record<string, unknown>>) =>
  JSON.stringify({
    format: 'belltower-key-ring',
    version: 1,
    keys: [{ id: 'k1', from: '2026-01-01T00:00:00Z', key: secret, ...row }],
  });

for (const [what, text, place] of [
  ['no JSON', `{"key": "${secret}"`, 'format'],
  ['no ring', JSON.stringify({ key: secret }), 'format'],
  ['a later version', file({}).replace('"version":1', '"version":2'), '$.version'],
  ['no keys', file({}).replace('"keys":[', '"keys":{"a":[').replace(/\]\}$/, ']}}'), '$.keys'],
  ['a key that is none', file({}).replace(/\[\{.*\}\]/, `["${secret}"]`), '$.keys[0]'],
  ['an id with a space', file({ id: secret.replace('=', ' ') }), '$.keys[0].id'],
  ['a time that is none', file({ from: secret }), '$.keys[0].from'],
  ['an end before the beginning', file({ until: '2025-01-01T00:00:00Z' }), '$.keys[0].until'],
  ['a short key', file({ key: secret.slice(0, 40) }), '$.keys[0].key'],
  ['a key that is not base64', file({ key: `${secret.slice(0, 43)}!` }), '$.keys[0].key'],
  ['a key with bits left over', file({ key: `${'A'.repeat(42)}B=` }), '$.keys[0].key'],
  ['a very long key', file({ key: 'A'.repeat(4_000) }), '$.keys[0].key'],
  ['a very long file', `${' '.repeat(3_000_000)}${file({})}`, 'long'],
] as const) {
  test(`a file with ${what} is refused, with the place and without the secret`, () => {
    const read = parseKeyRing(text);
    assert.ok(!read.ok);
    assert.ok(read.reason.includes(place), read.reason);
    assert.ok(!read.reason.includes(secret.slice(0, 10)), read.reason);
  });
}

test('two keys of a ring have different names and beginnings, and there are not endlessly many', () => {
  assert.ok(!addKey(ring, key('spring', '2027-01-01')).ok);
  assert.ok(!addKey(ring, key('other', '2026-04-01')).ok);
  let full: KeyRing = { keys: [] };
  for (let index = 0; index < mostKeys; index += 1) {
    const from = toMicroseconds(index);
    const longer = addKey(full, new GroupKey({ id: `k${index}`, bytes: new Uint8Array(32), from }));
    assert.ok(longer.ok);
    full = longer.value;
  }
  assert.ok(!addKey(full, key('more', '2027-01-01')).ok);
});
