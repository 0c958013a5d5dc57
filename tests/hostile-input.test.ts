import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { bundle, indicator } from '../packages/server/src/testing-objects.ts';
import { chunked, refusalLine, startHostileTarget } from './support/hostile-target.ts';

// What a node says to bodies that are wrong, and that nothing of them is kept: over TAXII and over the node's own interface.

const most = { body: 200_000, decompressed: 400_000, objects: 50, object: 100_000, depth: 20 };
const target = await startHostileTarget({
  BELLTOWER_MAX_BODY_BYTES: String(most.body),
  BELLTOWER_MAX_DECOMPRESSED_BYTES: String(most.decompressed),
  BELLTOWER_MAX_BUNDLE_OBJECTS: String(most.objects),
  BELLTOWER_MAX_OBJECT_BYTES: String(most.object),
  BELLTOWER_MAX_DEPTH: String(most.depth),
});
after(() => target[Symbol.asyncDispose]());
const { node, member, taxiiPath, apiPath } = target;

const good = JSON.stringify(bundle(indicator()));
const bomb = Buffer.from(`{"objects":[${' '.repeat(5_000_000)}]}`);
const paths = { taxii: taxiiPath, api: apiPath } as const;
const types = { taxii: 'application/taxii+json;version=2.1', api: 'application/json' } as const;

interface Row {
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without Content-Length. */
  readonly chunked?: true;
  /** What both answer, or where they differ, TAXII and the node's own interface. */
  readonly says: string | readonly [taxii: string, api: string];
}

function post(kind: keyof typeof paths, { body, headers = {}, chunked: inChunks }: Omit<Row, 'says'>) {
  const bytes = Buffer.from(body);
  return fetch(`${node.url}${paths[kind]}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${member.token}`,
      accept: kind === 'taxii' ? types.taxii : '*/*',
      'content-type': types[kind],
      ...headers,
    },
    ...(inChunks === true ? chunked(bytes) : { body: new Uint8Array(bytes) }),
  });
}

const coded = (coding: string) => ({ 'content-encoding': coding });
const noBundle = (at: string) => [`422 not-a-bundle ${at}`, `400 not-a-bundle ${at}`] as const;
const noEncoding = '415 unsupported-media-type Content-Encoding';
const noCompression = '400 bad-compression Content-Encoding';
const noType = '415 unsupported-media-type Content-Type';
const tooMuch = [
  '422 too-large-decompressed Content-Encoding',
  '413 too-large-decompressed Content-Encoding',
] as const;
const damaged = (bytes: Buffer) =>
  Buffer.concat([bytes.subarray(0, 30), Buffer.alloc(20, 0xff), bytes.subarray(50)]);
const nested = (depth: number) => `{"objects":[${'['.repeat(depth)}${']'.repeat(depth)}]}`;
const objects = (count: number) => `{"objects":[${Array(count).fill('{}').join(',')}]}`;

const rows: Readonly<Record<string, Row>> = {
  'no body': { body: '', says: '400 not-json line 1, column 1' },
  'no JSON': { body: 'GIF89a', says: '400 not-json line 1, column 1' },
  'half of a bundle': { body: '{"objects":[{"type":"ind', says: '400 not-json line 1, column 21' },
  'two bundles': { body: `${good}${good}`, says: `400 not-json line 1, column ${good.length + 1}` },
  null: { body: 'null', says: noBundle('line 1, column 1') },
  'a text': { body: '"x"', says: noBundle('line 1, column 1') },
  'a list': { body: `[${good}]`, says: noBundle('line 1, column 1') },
  'an object without a list': { body: '{}', says: noBundle('$.objects') },
  'objects that are none': { body: '{"objects":{}}', says: noBundle('$.objects') },
  'an empty list': { body: '{"objects":[]}', says: '422 unprocessable $.objects' },
  'two lists': {
    body: '{"objects":[],"objects":[]}',
    says: ['422 duplicate-key line 1, column 25', '400 duplicate-key line 1, column 25'],
  },
  'a key of the bundle twice': {
    body: '{"type":"bundle",\n"type":"bundle"}',
    says: ['422 duplicate-key line 2, column 16', '400 duplicate-key line 2, column 16'],
  },
  'a comma too many': { body: '{"objects":[{},]}', says: '400 not-json line 1, column 16' },
  'a comment': { body: '{/**/"objects":[]}', says: '400 not-json line 1, column 2' },
  'a null character': { body: '{"objects":[\0]}', says: '400 not-json line 1, column 13' },
  'octets that are no UTF-8': {
    body: Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
    says: '400 not-json',
  },
  'half of a surrogate pair in octets': {
    body: Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d]),
    says: '400 not-json',
  },
  'UTF-16': { body: Buffer.from(good, 'utf16le'), says: '400 not-json line 1, column 2' },
  'too deep a nesting': {
    body: nested(100),
    says: ['422 too-deep line 1, column 31', '400 too-deep line 1, column 31'],
  },
  'a nesting of a hundred thousand levels': {
    body: nested(99_000),
    says: ['422 too-deep line 1, column 31', '400 too-deep line 1, column 31'],
  },
  'too many objects': {
    body: objects(51),
    says: ['422 too-many-objects line 1, column 163', '413 too-many-objects line 1, column 163'],
  },
  'too long an object': {
    body: `{"objects":[{"x":"${'x'.repeat(most.object)}"}]}`,
    says: ['422 object-too-long line 1, column 13', '413 object-too-long line 1, column 13'],
  },
  'too long a body, as it says': {
    body: Buffer.alloc(most.body + 1, ' '),
    says: '413 too-large Content-Length',
  },
  'too long a body, as it turns out': {
    body: Buffer.alloc(most.body + 1, ' '),
    chunked: true,
    says: '413 too-large Content-Length',
  },
  'gzip: what becomes too large': { body: gzipSync(bomb), headers: coded('gzip'), says: tooMuch },
  'zstd: what becomes too large': { body: zstdCompressSync(bomb), headers: coded('zstd'), says: tooMuch },
  'gzip: many members that become too large': {
    body: Buffer.concat(Array(20).fill(gzipSync(Buffer.alloc(100_000, ' ')))),
    headers: coded('x-gzip'),
    says: tooMuch,
  },
  'gzip: a bomb in a bomb': {
    body: gzipSync(gzipSync(bomb)),
    headers: coded('gzip'),
    says: '400 not-json',
  },
  'gzip: cut short': { body: gzipSync(good).subarray(0, -5), headers: coded('gzip'), says: noCompression },
  'zstd: cut short': {
    body: zstdCompressSync(good).subarray(0, -5),
    headers: coded('zstd'),
    says: noCompression,
  },
  'gzip: damaged': { body: damaged(gzipSync(good)), headers: coded('gzip'), says: noCompression },
  'zstd: damaged': { body: damaged(zstdCompressSync(good)), headers: coded('zstd'), says: noCompression },
  'gzip: something behind it': {
    body: Buffer.concat([gzipSync(good), Buffer.from('{}')]),
    headers: coded('gzip'),
    says: noCompression,
  },
  'zstd: something behind it': {
    body: Buffer.concat([zstdCompressSync(good), Buffer.from('{}')]),
    headers: coded('zstd'),
    says: noCompression,
  },
  'gzip that is none': { body: good, headers: coded('gzip'), says: noCompression },
  'zstd that is gzip': { body: gzipSync(good), headers: coded('zstd'), says: noCompression },
  deflate: { body: deflateSync(bomb), headers: coded('deflate'), says: noEncoding },
  brotli: { body: brotliCompressSync(bomb), headers: coded('br'), says: noEncoding },
  'two codings': { body: gzipSync(gzipSync(good)), headers: coded('gzip, gzip'), says: noEncoding },
  'a coding that controls a terminal': { body: good, headers: coded('\u009b31m'), says: noEncoding },
  'another version of TAXII': {
    body: good,
    headers: { 'content-type': 'application/taxii+json;version=2.0' },
    says: noType,
  },
  'another version of TAXII, quoted': {
    body: good,
    headers: { 'content-type': 'application/taxii+json; version="2.0"' },
    says: noType,
  },
  'another charset': {
    body: good,
    headers: { 'content-type': 'application/taxii+json;version=2.1;charset=utf-16' },
    says: noType,
  },
  'a text/plain': { body: good, headers: { 'content-type': 'text/plain' }, says: noType },
  'a form': { body: good, headers: { 'content-type': 'multipart/form-data; boundary=x' }, says: noType },
  'a list of types': {
    body: good,
    headers: { 'content-type': 'text/plain, application/taxii+json;version=2.1' },
    says: noType,
  },
  'an empty type': { body: good, headers: { 'content-type': '' }, says: noType },
};

for (const [name, row] of Object.entries(rows)) {
  for (const [index, kind] of (['taxii', 'api'] as const).entries()) {
    const says = typeof row.says === 'string' ? row.says : (row.says[index] ?? '');
    test(`${kind}: ${name} is refused with ${says}, and nothing is kept`, async () => {
      const before = await target.stored();
      const answer = await post(kind, row);
      if (says === noEncoding) assert.equal(answer.headers.get('accept-encoding'), 'gzip, zstd');
      const line = await refusalLine(paths[kind], answer);
      assert.ok(line === says || (says === '400 not-json' && line.startsWith(says)), line);
      await target.unharmed(before);
    });
  }
}

const welcome: Readonly<Record<string, Omit<Row, 'says'>>> = {
  'a byte order mark': { body: `\ufeff${JSON.stringify(bundle(indicator()))}` },
  gzip: { body: gzipSync(JSON.stringify(bundle(indicator()))), headers: coded('gzip') },
  'gzip in two members, in chunks': {
    body: Buffer.concat(['{"objects":[', `${JSON.stringify(indicator())}]}`].map((half) => gzipSync(half))),
    headers: coded('GZIP'),
    chunked: true,
  },
  zstd: { body: zstdCompressSync(JSON.stringify(bundle(indicator()))), headers: coded('zstd') },
  'zstd in two frames': {
    body: Buffer.concat(
      ['{"objects":[', `${JSON.stringify(indicator())}]}`].map((half) => zstdCompressSync(half)),
    ),
    headers: coded('zstd'),
  },
  'as much as decompressed bodies may be': {
    body: gzipSync(JSON.stringify(bundle(indicator())).padEnd(most.decompressed, ' ')),
    headers: coded('gzip'),
  },
  'no coding, said in words': { body: JSON.stringify(bundle(indicator())), headers: coded('identity') },
};
for (const [name, row] of Object.entries(welcome)) {
  test(`${name} is taken`, async () => {
    const answer = await post('taxii', row);
    const status = (await answer.json()) as { success_count?: number };
    assert.deepEqual([answer.status, status.success_count], [202, 1], JSON.stringify(status));
    const again = await post('api', row);
    assert.equal(((await again.json()) as { unchanged: number }).unchanged, 1);
  });
}
