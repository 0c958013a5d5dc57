import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mobileGlobalTitle, subscriptionOfMobileTitle } from './mobile-global-title.ts';

const proximus = { plmn: '206-01', title: '32475' } as const;
const longer = { plmn: '206-10', title: '324950' } as const;

test('E.214 §6.2: country and network code stand in place of MCC and MNC', () => {
  const title = mobileGlobalTitle('206011234567890', proximus);
  assert.ok(title.ok);
  assert.equal(title.value.value, 'e214:324751234567890');
  const back = subscriptionOfMobileTitle('324751234567890', [longer, proximus]);
  assert.deepEqual(back, { ok: true, value: { imsi: '206011234567890', cutOff: false } });
});

test('E.214 §6.3: what does not fit into 15 digits is cut off, and said to be', () => {
  const title = mobileGlobalTitle('206101234567890', longer);
  assert.ok(title.ok);
  assert.equal(title.value.digits, '324950123456789');
  const back = subscriptionOfMobileTitle(title.value.digits, [proximus, longer]);
  assert.deepEqual(back, { ok: true, value: { imsi: '20610123456789', cutOff: true } });
});

test('a title or a subscription of another network is refused', () => {
  assert.ok(!mobileGlobalTitle('208011234567890', proximus).ok);
  assert.ok(!mobileGlobalTitle('no', proximus).ok);
  assert.ok(!subscriptionOfMobileTitle('33612345678', [proximus]).ok);
  assert.ok(!subscriptionOfMobileTitle('32475abc', [proximus]).ok);
});

test('a title says of a subscription what fits into it, for any subscription', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{8,10}$/), fc.constantFrom(proximus, longer), (msin, rule) => {
      const imsi = rule.plmn.replace('-', '') + msin;
      const title = mobileGlobalTitle(imsi, rule);
      assert.ok(title.ok);
      const back = subscriptionOfMobileTitle(title.value.digits, [proximus, longer]);
      assert.ok(back.ok);
      assert.ok(imsi.startsWith(back.value.imsi));
      assert.ok(back.value.cutOff || back.value.imsi === imsi);
    }),
  );
});
