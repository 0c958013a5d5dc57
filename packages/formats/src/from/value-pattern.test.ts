import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPattern, parsePattern } from '@belltower/stix';
import { telecomTypes } from '@belltower/telecom';
import type { TargetKind } from '../indicator/target.ts';
import { targetKinds } from '../indicator/target.ts';
import { targetsOfPattern } from '../indicator/targets-of-pattern.ts';
import { patternOfValue } from './value-pattern.ts';

/** A value of each kind, as a list has it. */
const values: Readonly<Record<TargetKind, string>> = {
  ipv4: '198.51.100.7',
  ipv6: '2001:db8::/32',
  domain: 'bad.example.org',
  url: 'http://bad.example.org/x',
  email: 'a@bad.example.org',
  mac: '00:00:5e:00:53:af',
  asn: '64496',
  md5: '0a'.repeat(16),
  sha1: '0a'.repeat(20),
  sha256: '0a'.repeat(32),
  sha512: '0a'.repeat(64),
  'file-name': "it's.exe",
  'user-agent': 'Example/1.0',
  'certificate-sha1': '0b'.repeat(20),
  'certificate-sha256': '0b'.repeat(32),
  msisdn: '+32475123456',
  'number-range': '32475000000..32475999999',
  'global-title': '32475*',
  'point-code': 'itu-14:2-013-1',
  imsi: '206011234567890',
  'imsi-range': '2060112*',
  imei: '490154203237518',
  tac: '49015420',
  iccid: '8944110068256270054',
  eid: '89049032123451234512345678901235',
  plmn: '206-01',
  cell: 'cgi:206-01-1234-56789',
  'nf-instance': '0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e',
  's-nssai': '2',
  'diameter-host': 'hss.example.org',
  'diameter-realm': 'example.org',
  'sip-uri': 'sip:alice@example.org',
  'sms-sender': 'mybank',
  apn: 'internet',
  concealed: `imsi:group.2026:${'0a'.repeat(32)}`,
};

for (const kind of targetKinds) {
  test(`a ${kind} becomes a pattern with nothing to say against it, from which a list takes it again`, () => {
    const value = values[kind];
    const pattern = patternOfValue(kind, value);
    assert.ok(pattern !== undefined);
    const parsed = parsePattern(pattern);
    assert.ok(parsed.ok, pattern);
    assert.deepEqual(checkPattern(parsed.pattern, telecomTypes), []);
    assert.deepEqual(targetsOfPattern(parsed.pattern).targets, [{ kind, value }]);
  });
}

test('a concealed identifier whose kind is not told stays one', () => {
  const value = `group.2026:${'0a'.repeat(32)}`;
  const parsed = parsePattern(patternOfValue('concealed', value) ?? '');
  assert.ok(parsed.ok);
  assert.deepEqual(targetsOfPattern(parsed.pattern).targets, [{ kind: 'concealed', value }]);
});
