import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { BlockList, Socket } from 'node:net';
import { test } from 'node:test';
import { readConfig } from '../config/config.ts';
import { clientAddress, countedAddress } from './client-address.ts';

const { trustedProxies } = readConfig({ BELLTOWER_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1' }).limits;

function from(remote: string | undefined, forwarded?: string, trusted: BlockList = trustedProxies): string {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remote });
  const incoming = new IncomingMessage(socket);
  if (forwarded !== undefined) incoming.headers['x-forwarded-for'] = forwarded;
  return clientAddress(incoming, trusted);
}

const table: readonly [remote: string | undefined, forwarded: string | undefined, address: string][] = [
  ['192.0.2.1', undefined, '192.0.2.1'],
  ['192.0.2.1', '198.51.100.1', '192.0.2.1'],
  ['10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['2001:db8::1', '2001:db8::2', '2001:db8::2'],
  ['10.1.2.3', '203.0.113.9, 198.51.100.1', '198.51.100.1'],
  ['10.1.2.3', '198.51.100.1, 10.9.9.9', '198.51.100.1'],
  ['10.1.2.3', 'nonsense, 10.9.9.9', '10.9.9.9'],
  ['10.1.2.3', 'nonsense', '10.1.2.3'],
  ['10.1.2.3', '', '10.1.2.3'],
  ['10.1.2.3', '10.0.0.1', '10.0.0.1'],
  ['10.1.2.3', '198.51.100.1:54321', '198.51.100.1'],
  ['10.1.2.3', '203.0.113.9, [2001:db8::2]:443', '2001:db8::2'],
  ['10.1.2.3', '[2001:db8::2], 10.9.9.9:80', '2001:db8::2'],
  ['10.1.2.3', '198.51.100.1:x', '10.1.2.3'],
  ['192.0.2.1', '198.51.100.1:54321', '192.0.2.1'],
  [undefined, '198.51.100.1', ''],
];
for (const [remote, forwarded, address] of table) {
  test(`a request over ${remote} with X-Forwarded-For ${forwarded} comes from ${address}`, () => {
    assert.equal(from(remote, forwarded), address);
  });
}

test('without trusted proxies nothing that a request says of its sender counts', () => {
  assert.equal(from('10.1.2.3', '198.51.100.1', new BlockList()), '10.1.2.3');
  assert.equal(from('10.1.2.3', '198.51.100.1', readConfig({}).limits.trustedProxies), '10.1.2.3');
});

test('IPv6 addresses of one /64 count as one, however they are spelt', () => {
  const one = '2001:db8:0:1::/64';
  for (const spelling of [
    '2001:db8:0:1::',
    '2001:db8:0:1::5',
    '2001:0db8::1:2:3:4:5',
    '2001:DB8:0:1:a:b:c:d',
  ]) {
    assert.equal(countedAddress(spelling), one, spelling);
  }
  assert.notEqual(countedAddress('2001:db8:0:2::5'), one);
  assert.equal(countedAddress('::1'), '0:0:0:0::/64');
  assert.equal(countedAddress('192.0.2.1'), '192.0.2.1');
});

test('a trusted proxy is an address or a network, and nothing else', () => {
  for (const value of [
    '',
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.0/x',
    '10.0.0.0/8/8',
    '::1/129',
    '10.0.0.1,',
  ]) {
    assert.throws(
      () => readConfig({ BELLTOWER_TRUSTED_PROXIES: value }),
      /BELLTOWER_TRUSTED_PROXIES: has to be/,
      value,
    );
  }
});
