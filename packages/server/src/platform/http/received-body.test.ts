import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ReceivedBody, textOfBlocks } from './received-body.ts';

const mebibyte = 1_048_576;

function receive(pieces: readonly Uint8Array[], announced = 0): ReceivedBody {
  const body = new ReceivedBody();
  for (const piece of pieces) body.add(piece, Math.max(0, announced - body.length));
  return body;
}

test('a body is what its pieces were, wherever they end and whatever was announced', () => {
  const sizes = fc.array(fc.oneof(fc.nat(40), fc.nat(70_000)), { maxLength: 8 });
  fc.assert(
    fc.property(sizes, fc.nat(200_000), (lengths, announced) => {
      const pieces = lengths.map((length, at) => new Uint8Array(length).fill(at + 1));
      const body = receive(pieces, announced);
      const whole = Buffer.concat(pieces);
      assert.equal(body.length, whole.byteLength);
      assert.deepEqual(Buffer.concat(body.blocks()), whole);
    }),
  );
});

test('a text is read over the ends of blocks, and octets that are no UTF-8 are told', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 5 }), (text, size) => {
      const octets = Buffer.from(text);
      const pieces = [];
      for (let at = 0; at < octets.length; at += size) pieces.push(octets.subarray(at, at + size));
      assert.equal(textOfBlocks(pieces), octets.toString().replace(/^\ufeff/, ''));
    }),
  );
  for (const octets of [[0xff], [0xe2, 0x82], [0xc0, 0x80], [0xed, 0xa0, 0x80]])
    assert.equal(textOfBlocks([Uint8Array.from([0x61]), Uint8Array.from(octets)]), undefined);
});

test('blocks are nobody else’s, of a mebibyte at the most, and no larger than what has come', () => {
  const pool = new Uint8Array(65_536);
  const body = receive(
    Array.from({ length: 100 }, () => pool),
    1e9,
  );
  let before = 0;
  for (const { buffer } of body.blocks()) {
    assert.notEqual(buffer, pool.buffer);
    assert.ok(buffer.byteLength <= Math.min(mebibyte, Math.max(16_384, before)), `${buffer.byteLength}`);
    before += buffer.byteLength;
  }
  const [only] = receive([new Uint8Array(300)], 300).blocks();
  assert.equal(only?.buffer.byteLength, 300);
});
