import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSmsSender, sendersLookAlike } from './sms-sender.ts';

function sender(text: string) {
  const read = parseSmsSender(text);
  assert.ok(read.ok, text);
  return read.value;
}

for (const [one, other] of [
  ['PayPal', 'PаyРal'],
  ['PayPal', 'Paypa1'],
  ['PayPal', 'PAYPAI'],
  ['MyBank', 'My-Bank'],
  ['Proximus', 'Pr0ximus'],
  ['Amazon', 'Arnazon'],
  ['Swisscom', 'Swísscom'],
  ['Wells', 'VVells'],
] as const) {
  test(`${other} may be taken for ${one}`, () => {
    assert.ok(sendersLookAlike(sender(one), sender(other)));
  });
}

test('the same sender in other letters is the same, and other names are others', () => {
  assert.ok(!sendersLookAlike(sender('PayPal'), sender('PAYPAL')));
  assert.ok(!sendersLookAlike(sender('PayPal'), sender('Proximus')));
  assert.ok(!sendersLookAlike(sender('12345'), sender('l2345')));
});

test('TS 23.040 §9.1.2.5: digits are a number or a short code, never a name', () => {
  assert.equal(sender('12345').form, 'short-code');
  assert.equal(sender('+32 475 12 34 56').form, 'number');
  const national = sender('0475123456');
  assert.equal(national.form, 'number');
  assert.deepEqual(
    national.doubts.map(({ code }) => code),
    ['not-standard'],
  );
});
