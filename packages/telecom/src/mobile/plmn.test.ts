import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOfPadded } from '../packet/domain-3gpp.ts';
import { parseImsi } from './imsi.ts';
import { findNetwork, networkAtStart, parsePlmn } from './plmn.ts';

test('E.212: an MNC of three digits comes before one of two, where a network has it', () => {
  assert.equal(networkAtStart('310260123456789')?.mnc, '260');
  assert.equal(networkAtStart('206011234567890')?.mnc, '01');
  assert.equal(networkAtStart('000991234567890'), undefined);
});

test('TS 23.003 §2.2: 206-01 and 206-001 are two networks', () => {
  const [short, long] = [parsePlmn('206-01'), parsePlmn('206-001')];
  assert.ok(short.ok && long.ok);
  assert.notEqual(short.value.value, long.value.value);
  assert.ok(short.value.network !== undefined && long.value.network === undefined);
});

test('TS 23.003 §19.2: an MNC padded to three digits is found as the network that exists', () => {
  assert.equal(networkOfPadded('206', '001').mnc, '01');
  assert.equal(networkOfPadded('310', '260').mnc, '260');
});

test('a network of tests and one for private use are said to be so', () => {
  for (const [imsi, code] of [
    ['001011234567890', 'test-value'],
    ['999701234567890', 'private-use'],
    ['000011234567890', 'not-assigned'],
  ] as const) {
    const read = parseImsi(imsi);
    assert.ok(read.ok);
    assert.ok(
      read.value.doubts.some((doubt) => doubt.code === code),
      imsi,
    );
  }
});

test('where islands share the MCC of a country, the country comes first', () => {
  assert.equal(findNetwork('310', '260')?.country, 'US');
  assert.equal(findNetwork('234', '15')?.country, 'GB');
});
