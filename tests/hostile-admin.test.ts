import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { chunked, refusalLine, startHostileTarget } from './support/hostile-target.ts';

// What a node says to its operator's own requests when they are wrong: nothing is changed by half.

const target = await startHostileTarget();
after(() => target[Symbol.asyncDispose]());
const { node } = target;

interface Row {
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly chunked?: true;
  readonly says: string;
}

const fields = (more: string) => `{"name":"Evil","kind":"vendor"${more}}`;
const megabyte = 1_048_576;
const rows: Readonly<Record<string, Row>> = {
  'no body': { body: '', says: '400 not-json line 1, column 1' },
  'half of a body': { body: '{"name":"Evil"', says: '400 not-json line 1, column 15' },
  'a list': { body: '[]', says: '400 bad-request $' },
  null: { body: 'null', says: '400 bad-request $' },
  'octets that are no UTF-8': { body: Buffer.from([0x7b, 0xff, 0x7d]), says: '400 not-json' },
  'a text/plain': {
    body: fields(''),
    headers: { 'content-type': 'text/plain' },
    says: '415 unsupported-media-type Content-Type',
  },
  'a form': {
    body: 'name=Evil&kind=vendor',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    says: '415 unsupported-media-type Content-Type',
  },
  'too long a body': { body: Buffer.alloc(megabyte + 1, ' '), says: '413 too-large Content-Length' },
  'too long a body, as it turns out': {
    body: Buffer.alloc(megabyte + 1, ' '),
    chunked: true,
    says: '413 too-large Content-Length',
  },
  'a bomb': {
    body: gzipSync(fields('').padEnd(10 * megabyte, ' ')),
    headers: { 'content-encoding': 'gzip' },
    says: '413 too-large-decompressed Content-Encoding',
  },
  'too deep a nesting': {
    body: `{"a":${'['.repeat(100)}${']'.repeat(100)}}`,
    says: '400 too-deep line 1, column 69',
  },
  'a key twice': { body: fields(',"name":"Good"'), says: '400 duplicate-key $.name' },
  'a list twice': { body: '{"objects":[],"objects":[]}', says: '400 duplicate-key $.objects' },
  'a list twice, and no JSON': { body: '{"objects":[],"objects":[', says: '400 not-json line 1, column 25' },
  'a key __proto__': { body: fields(',"__proto__":{"suspended":true}'), says: '400 bad-request $.__proto__' },
  'a key constructor': { body: fields(',"constructor":1'), says: '400 bad-request $.constructor' },
  'a list of objects': { body: fields(',"objects":[1,2]'), says: '400 bad-request $.objects' },
  'a field that there is not': { body: fields(',"operator":true'), says: '400 bad-request $.operator' },
  'another kind': { body: '{"name":"Evil","kind":"nonsense"}', says: '400 bad-request $.kind' },
  'a name that is a number': { body: '{"name":1e999999,"kind":"vendor"}', says: '400 bad-request $.name' },
  'a name that nobody sees': {
    body: '{"name":"\\u200b\\u202e","kind":"vendor"}',
    says: '400 bad-request $.name',
  },
  'a name with a null character': {
    body: '{"name":"a\\u0000b","kind":"vendor"}',
    says: '400 bad-request $.name',
  },
  'a name with half of a surrogate pair': {
    body: '{"name":"\\ud800","kind":"vendor"}',
    says: '400 bad-request $.name',
  },
  'a name of a million characters': {
    body: `{"name":"${'a'.repeat(1_000_000)}","kind":"vendor"}`,
    says: '400 bad-request $.name',
  },
  'a field of a million characters': {
    body: fields(`,"${'k'.repeat(1_000_000)}":1`),
    says: `400 bad-request $.${'k'.repeat(60)}…`,
  },
  'an id that is none': { body: fields(',"id":"identity--x"'), says: '400 bad-request $.id' },
};

const organisations = async () => JSON.stringify((await node.api('GET', '/organisations')).body);

for (const [name, { body, headers = {}, chunked: inChunks, says }] of Object.entries(rows)) {
  test(`a new organisation from ${name} is refused with ${says.slice(0, 60)}, and there is none`, async () => {
    const [before, known] = [await target.stored(), await organisations()];
    const bytes = Buffer.from(body);
    const answer = await fetch(`${node.url}/api/organisations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${node.operator}`, 'content-type': 'application/json', ...headers },
      ...(inChunks === true ? chunked(bytes) : { body: new Uint8Array(bytes) }),
    });
    assert.equal(await refusalLine('/api', answer), says);
    assert.equal(await organisations(), known);
    assert.equal(Reflect.get({}, 'suspended'), undefined);
    await target.unharmed(before);
  });
}
