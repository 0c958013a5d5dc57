import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGlobalTitleHolding } from './global-title-holding.ts';
import { readGtpTunnelEnd } from './gtp-tunnel.ts';
import { readNumberRangeRecord } from './number-range-record.ts';
import { readSimBoxSuspicion } from './sim-box-suspicion.ts';

const codes = (doubts: readonly { readonly code: string }[]) => doubts.map(({ code }) => code);

test('a row of a range list says what the range is, whose, and where calls end', () => {
  const read = readNumberRangeRecord({
    range_from: '+32 475 000000',
    range_to: '+32475000999',
    kind: 'IRSF',
    terminating_country: 'be',
    first_seen: '2026-01-01',
    last_seen: '2026-12-01T10:00:00Z',
  });
  assert.ok(read.ok);
  assert.equal(read.value.range.value, '32475000000..32475000999');
  assert.equal(read.value.callingCode, '32');
  assert.equal(read.value.carrier, 'Proximus');
  assert.deepEqual(codes(read.value.doubts), []);
});

test('calls that end in another country than the number says are stopped on the way', () => {
  const read = readNumberRangeRecord({
    cc: '252',
    prefix: '61*',
    kind: 'wangiri',
    terminating_country: 'GB',
  });
  assert.ok(read.ok);
  assert.equal(read.value.range.value, '25261*');
  assert.deepEqual(codes(read.value.doubts), ['hostile']);
});

for (const [why, fields] of [
  ['no kind', { prefix: '32475' }],
  ['a kind that there is not', { prefix: '32475', kind: '__proto__' }],
  ['no range', { kind: 'irsf' }],
  ['ends of two lengths', { range_from: '324', range_to: '3245', kind: 'irsf' }],
  ['a country of three letters', { prefix: '32', kind: 'irsf', terminating_country: 'BEL' }],
  ['a time that is none', { prefix: '32', kind: 'irsf', first_seen: 'yesterday' }],
  [
    'times the wrong way round',
    { prefix: '32', kind: 'irsf', first_seen: '2026-02-01', last_seen: '2026-01-01' },
  ],
] as const) {
  test(`a range record with ${why} is refused in words`, () => {
    const read = readNumberRangeRecord(fields);
    assert.ok(!read.ok);
    assert.match(read.reason, /\.$/);
  });
}

test('a SIM box is a subscriber with a device, a place and what was shown', () => {
  const read = readSimBoxSuspicion({
    msisdn: '+32475123456',
    imei: '490154203237518',
    cgi: '206-01-1234-56789',
    a_number_presented: '+447700900123',
    detection: 'test-call',
    confidence: '80',
  });
  assert.ok(read.ok);
  assert.equal(read.value.subscriber.value, '+32475123456');
  assert.equal(read.value.device?.value, '490154203237518');
  assert.equal(read.value.cell?.value, 'cgi:206-01-1234-56789');
  assert.equal(read.value.confidence, 80);
  for (const bad of [{ detection: 'guess' }, { msisdn: undefined }, { imei: 'x' }, { confidence: '101' }])
    assert.ok(
      !readSimBoxSuspicion({ msisdn: '+32475123456', detection: 'sms-cli', ...bad }).ok,
      JSON.stringify(bad),
    );
});

test('of a global title that is let on, the last one in the chain is the user', () => {
  const read = readGlobalTitleHolding({
    gt: '32475000001',
    GtAssignee: 'A',
    GtLessor: 'A',
    GtLessee: 'B',
    GtSubLessee: 'C',
  });
  assert.ok(read.ok);
  assert.equal(read.value.user, 'C');
  assert.deepEqual(codes(read.value.doubts), []);
  const broken = readGlobalTitleHolding({ gt: '32475000001', GtSubLessee: 'C' });
  assert.ok(broken.ok);
  assert.deepEqual(codes(broken.value.doubts), ['ambiguous']);
  const odd = readGlobalTitleHolding({ gt: '32475000001', GtAssignee: 'A', GtLessor: 'B', GtLessee: 'C' });
  assert.ok(odd.ok);
  assert.deepEqual(codes(odd.value.doubts), ['not-standard']);
  assert.ok(!readGlobalTitleHolding({ GtAssignee: 'A' }).ok);
  assert.ok(!readGlobalTitleHolding({ gt: '32475000001', GtLessee: 'x'.repeat(257) }).ok);
});

test('a TEID means something with its address, interface and version', () => {
  const whole = readGtpTunnelEnd({ teid: '0x1a2b', ip: '192.0.2.1', interface: 's8', version: 'v2' });
  assert.ok(whole.ok);
  assert.deepEqual(codes(whole.value.doubts), []);
  const odd = readGtpTunnelEnd({ teid: '1a2b', ip: '2001:db8::1', interface: 'S10', version: '1' });
  assert.ok(odd.ok);
  assert.deepEqual(codes(odd.value.doubts), ['not-standard']);
  const alone = readGtpTunnelEnd({ teid: '1a2b', ip: '192.0.2.1' });
  assert.ok(alone.ok);
  assert.deepEqual(codes(alone.value.doubts), ['ambiguous']);
  for (const bad of [
    { ip: '1.2.3' },
    { ip: '1.2.3.256' },
    { teid: 'x' },
    { interface: 'X9' },
    { version: '3' },
  ])
    assert.ok(!readGtpTunnelEnd({ teid: '1', ip: '192.0.2.1', ...bad }).ok, JSON.stringify(bad));
});
