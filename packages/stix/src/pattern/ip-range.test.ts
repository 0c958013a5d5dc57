import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containsIpRange, readIpRange } from './ip-range.ts';

test('§6.8 addresses and CIDR ranges of both versions are read', () => {
  const accepted = [
    '0.0.0.0',
    '255.255.255.255/32',
    '10.0.0.1/0',
    '::',
    '::1',
    '1::',
    '2001:db8::/32',
    '1:2:3:4:5:6:7:8/128',
    '::ffff:198.51.100.1',
    'FE80::1',
  ];
  const rejected = [
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4/',
    '1.2.3.4/33',
    '1.2.3.4/-1',
    '1.2.3.4/01',
    '1.2.3.4/8/8',
    ' 1.2.3.4',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '12345::',
    'g::',
    '::1/129',
    '1.2.3.4::',
    '::1.2.3',
    ':1',
    '1:',
    '0'.repeat(100),
  ];
  for (const text of accepted) assert.notEqual(readIpRange(text), undefined, text);
  for (const text of rejected) assert.equal(readIpRange(text), undefined, text);
});

test('§9.6.1 a range contains itself and what is narrower, whatever its host bits', () => {
  const table: readonly (readonly [string, string, boolean])[] = [
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.9.9.9/8', '10.1.2.3/16', true],
    ['10.0.0.0/8', '11.0.0.0/8', false],
    ['10.0.0.0/16', '10.0.0.0/8', false],
    ['10.0.0.1', '10.0.0.1/32', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['::/0', '10.0.0.1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/33', '2001:db8:ffff::1', false],
    ['::ffff:0:0/96', '::ffff:198.51.100.1', true],
  ];
  for (const [outer, inner, expected] of table) {
    const a = readIpRange(outer);
    const b = readIpRange(inner);
    assert.ok(a !== undefined && b !== undefined);
    assert.equal(containsIpRange(a, b), expected, `${outer} ${inner}`);
  }
});
