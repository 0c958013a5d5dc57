import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { constants, createZstdCompress, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { ContentCoding } from './decode-content.ts';
import { ContentCodingError, contentCodings, decodeContent, parseContentCoding } from './decode-content.ts';

const encode: Readonly<Record<ContentCoding, (bytes: Uint8Array) => Buffer>> = {
  gzip: gzipSync,
  zstd: zstdCompressSync,
};
const decode = async (bytes: Uint8Array, coding: ContentCoding) => {
  const pieces: Uint8Array[] = [];
  await decodeContent(bytes, coding, (piece) => pieces.push(Uint8Array.from(piece)));
  return Buffer.concat(pieces);
};
const text = Buffer.from('{"objects":[]}'.repeat(20));

for (const coding of contentCodings) {
  test(`${coding}: what was compressed comes back, also in several members or frames`, async () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 500 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(parts, async (pieces) => {
        const encoded = Buffer.concat(pieces.map((piece) => encode[coding](piece)));
        assert.deepEqual(await decode(encoded, coding), Buffer.concat(pieces));
      }),
      { numRuns: 50 },
    );
  });

  test(`${coding}: what is cut short at any place is refused`, async () => {
    const whole = encode[coding](text);
    for (let length = 0; length < whole.length; length += 1) {
      await assert.rejects(decode(whole.subarray(0, length), coding), ContentCodingError, `${length}`);
      await assert.rejects(
        decode(Buffer.concat([whole, whole.subarray(0, length + 1), Buffer.from('x')]), coding),
        ContentCodingError,
        `a second one of ${length}`,
      );
    }
  });

  test(`${coding}: what stands behind the end is not passed over`, async () => {
    const whole = encode[coding](text);
    for (const tail of ['x', '{"objects":[]}', text]) {
      await assert.rejects(decode(Buffer.concat([whole, Buffer.from(tail)]), coding), ContentCodingError);
    }
  });

  test(`${coding}: the size of the result is told piece by piece, and ends it where the taker throws`, async () => {
    const bomb = encode[coding](Buffer.alloc(50_000_000));
    assert.ok(bomb.byteLength < 100_000);
    let octets = 0;
    const enough = new Error('enough');
    const taking = decodeContent(bomb, coding, ({ byteLength }) => {
      octets += byteLength;
      if (octets > 1_000_000) throw enough;
    });
    await assert.rejects(taking, (error) => error === enough);
    assert.ok(octets < 1_300_000, `${octets} octets were made`);
  });
}

test('zstd: a frame that asks for more memory than the web agreed on is refused before it gets it', async () => {
  const encoder = createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: 27 } });
  const pieces: Buffer[] = [];
  encoder.on('data', (piece: Buffer) => pieces.push(piece));
  for (let n = 0; n < 10; n += 1) {
    if (!encoder.write(Buffer.alloc(1_000_000, String(n)))) await once(encoder, 'drain');
  }
  encoder.end();
  await once(encoder, 'end');
  await assert.rejects(decode(Buffer.concat(pieces), 'zstd'), ContentCodingError);
});

test('zstd: a body of a great many empty frames is refused', async () => {
  const empty = zstdCompressSync(Buffer.alloc(0));
  const frames = (count: number) => Buffer.concat(Array.from({ length: count }, () => empty));
  assert.equal((await decode(frames(100), 'zstd')).length, 0);
  await assert.rejects(decode(frames(101), 'zstd'), /more than 100 frames/);
});

test('a Content-Encoding is one coding or none', () => {
  const table: readonly [header: string | undefined, coding: string | undefined][] = [
    [undefined, 'identity'],
    ['', 'identity'],
    ['identity', 'identity'],
    [' GZIP ', 'gzip'],
    ['x-gzip', 'gzip'],
    ['zstd', 'zstd'],
    ['gzip, gzip', undefined],
    ['identity, gzip', undefined],
    ['deflate', undefined],
    ['br', undefined],
    ['__proto__', undefined],
  ];
  for (const [header, coding] of table) assert.equal(parseContentCoding(header), coding, header);
});
