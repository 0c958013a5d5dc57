import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePassport } from './passport.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = {
  attest: 'B',
  dest: { tn: ['12155551213'] },
  iat: 1_443_208_345,
  orig: { tn: '12155551212' },
  origid: '123E4567-E89B-12D3-A456-426655440000',
};
const header = { alg: 'ES256', ppt: 'shaken', typ: 'passport', x5u: 'https://cert.example.org/passport.cer' };

test('RFC 8588 §5: attestation, parties and the origin of a call', () => {
  const read = parsePassport(`${part(header)}.${part(claims)}.c2lnbmF0dXJl`);
  assert.ok(read.ok);
  const { attestation, from, to, origId, issued, certificate, extension } = read.value;
  assert.deepEqual(
    { attestation, from, to, origId, issued, certificate, extension },
    {
      attestation: 'B',
      from: '12155551212',
      to: ['12155551213'],
      origId: '123e4567-e89b-12d3-a456-426655440000',
      issued: 1_443_208_345,
      certificate: 'https://cert.example.org/passport.cer',
      extension: 'shaken',
    },
  );
});

test('a long token has a normal form as well as a short one', () => {
  const [head, body] = [part(header), part({ ...claims, more: 'x'.repeat(3_000) })];
  const read = parsePassport(`${head}.${body}.c2ln`);
  assert.equal(read.ok && read.value.value, `${head}.${body}`);
});

test('RFC 8224 §4: the token inside a header field Identity', () => {
  const field = `Identity: ${part(header)}.${part(claims)}.c2ln;info=<https://cert.example.org/passport.cer>;alg=ES256;ppt=shaken`;
  const read = parsePassport(field);
  assert.ok(read.ok);
  assert.equal(read.value.attestation, 'B');
});

test('RFC 8588 §4: a token of the kind shaken without an attestation, or without a UUID, is in doubt', () => {
  const read = parsePassport(`${part(header)}.${part({ ...claims, attest: 'D', origid: 'x' })}.`);
  assert.ok(read.ok);
  assert.equal(read.value.doubts.filter(({ code }) => code === 'not-standard').length, 2);
});

for (const [name, token] of [
  ['another type', `${part({ ...header, typ: 'JWT' })}.${part(claims)}.x`],
  ['bytes that are not UTF-8', `${Buffer.from([0xff, 0xfe]).toString('base64url')}.${part(claims)}.x`],
  ['no objects', `${part([1])}.${part('x')}.x`],
  ['too long', `${part(header)}.${part({ ...claims, more: 'x'.repeat(9_000) })}.x`],
] as const) {
  test(`RFC 8225 §4: ${name} is no PASSporT`, () => {
    assert.ok(!parsePassport(token).ok);
  });
}

test('RFC 8225 §5: claims of other types than the standard has are left out', () => {
  const odd = {
    orig: 'x',
    dest: { tn: [1, null, '5'] },
    iat: 'now',
    origid: 7,
    attest: ['A'],
    __proto__: { attest: 'A' },
  };
  const read = parsePassport(`${part(header)}.${part(odd)}.x`);
  assert.ok(read.ok);
  const { from, to, issued, origId, attestation } = read.value;
  assert.deepEqual(
    { from, to, issued, origId, attestation },
    { from: undefined, to: ['5'], issued: undefined, origId: undefined, attestation: undefined },
  );
});
