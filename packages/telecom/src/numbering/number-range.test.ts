import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isInRange, parseNumberRange } from './number-range.ts';

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 15 });

test('a range holds what lies between its ends, by length and digits, and nothing else', () => {
  fc.assert(
    fc.property(digits, digits, digits, (one, other, number) => {
      const [from, to] = [one, other.padEnd(one.length, '0').slice(0, one.length)].sort() as [string, string];
      const read = parseNumberRange(`${from}..${to}`);
      assert.ok(read.ok);
      const inside =
        number.length === from.length && BigInt(number) >= BigInt(from) && BigInt(number) <= BigInt(to);
      assert.equal(isInRange(number, read.value), inside);
      assert.equal(isInRange(`+${number}`, read.value), inside);
      assert.ok(from.startsWith(read.value.prefix) && to.startsWith(read.value.prefix));
    }),
  );
});

test('an open range holds every number with its prefix', () => {
  const read = parseNumberRange('32475*');
  assert.ok(read.ok);
  assert.ok(
    isInRange('32475', read.value) &&
      isInRange('+32475123456', read.value) &&
      !isInRange('32476', read.value),
  );
});
