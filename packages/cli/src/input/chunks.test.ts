import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chunks } from './chunks.ts';

test('Chunks hold every object once and in order, none of them empty or beyond its bounds', () => {
  const length = fc.oneof(fc.constant(10), fc.constant(2_000_000), fc.constant(5_000_000));
  fc.assert(
    fc.property(fc.array(length, { maxLength: 30 }), fc.nat(2_500), (lengths, small) => {
      const all = [...lengths, ...Array.from({ length: small }, () => 1)];
      const candidates = all.map((size, index) => ({ file: 'f', index, text: 'x'.repeat(size) }));
      const pieces = [...chunks(candidates)];
      assert.deepEqual(
        pieces.flat().map(({ index }) => index),
        candidates.map(({ index }) => index),
      );
      for (const piece of pieces) {
        const total = piece.reduce((sum, { text }) => sum + text.length, 0);
        assert.ok(piece.length > 0 && piece.length <= 1_000);
        assert.ok(total <= 4_194_304 || piece.length === 1);
      }
    }),
    { numRuns: 50 },
  );
});
