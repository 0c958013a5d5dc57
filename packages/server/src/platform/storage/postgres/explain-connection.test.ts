import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainConnection } from './explain-connection.ts';

const url = 'postgres://node:canary%40secret@db.example:6432/hub?sslmode=require';

const told: readonly (readonly [error: Error, says: RegExp, advice: RegExp])[] = [
  [coded('ENOTFOUND'), /no machine named db\.example/, /DNS/],
  [coded('ECONNREFUSED'), /Nothing listens on db\.example:6432/, /Is PostgreSQL running/],
  [coded('28P01'), /does not let the user "node" in/, /percent-encoded/],
  [coded('3D000'), /has no database "hub"/, /createdb .*--owner node hub/],
  [coded('42501'), /may not make tables in the database "hub"/, /grant create/],
  [coded('53300'), /no connection left/, /max_connections/],
  [coded('CERT_HAS_EXPIRED'), /certificate .* has expired/, /sslrootcert/],
  [new Error('The server does not support SSL connections'), /speaks no TLS/, /sslmode/],
  [new Error('timeout exceeded when trying to connect'), /gives no answer/, /firewall/],
];

for (const [error, says, advice] of told) {
  test(`${Reflect.get(error, 'code') ?? error.message} is told in words, with what to do and without the password`, () => {
    const wrapped = new Error('outer', { cause: error });
    const explained = explainConnection(wrapped, url);
    assert.match(explained?.says ?? '', says);
    assert.match(explained?.advice ?? '', advice);
    assert.ok(!JSON.stringify(explained).includes('secret'));
  });
}

test('A defect of the program is not taken for one of the set-up', () => {
  assert.equal(explainConnection(new TypeError('x is not a function'), url), undefined);
});

function coded(code: string): Error {
  return Object.assign(new Error(`failed with canary@secret`), { code });
}
