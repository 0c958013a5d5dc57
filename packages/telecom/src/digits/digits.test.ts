import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { luhnCheckDigit, luhnHolds } from './luhn.ts';
import { mod97 } from './mod-97.ts';

const digits = (least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });

test('ISO/IEC 7812-1: the check digit of a known IMEI', () => {
  assert.ok(luhnHolds('490154203237518'));
  assert.ok(!luhnHolds('490154203237517'));
});

test('ISO/IEC 7812-1: a check digit finds every single wrong digit', () => {
  fc.assert(
    fc.property(digits(5, 19), fc.nat(), fc.integer({ min: 1, max: 9 }), (body, place, by) => {
      const whole = `${body}${luhnCheckDigit(body)}`;
      assert.ok(luhnHolds(whole));
      const at = place % whole.length;
      const wrong = (Number(whole[at]) + by) % 10;
      assert.ok(!luhnHolds(whole.slice(0, at) + wrong + whole.slice(at + 1)));
    }),
  );
});

test('ISO 7064 MOD 97-10: the remainder is that of the whole number', () => {
  fc.assert(fc.property(digits(1, 40), (text) => assert.equal(mod97(text), Number(BigInt(text) % 97n))));
});
