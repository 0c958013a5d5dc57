import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pieces } from './pieces.ts';

test('pieces hold everything in its order, all full but the last', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (items, size) => {
      const cut = [...pieces(items, size)];
      assert.deepEqual(cut.flat(), items);
      for (const piece of cut.slice(0, -1)) assert.equal(piece.length, size);
      assert(cut.every((piece) => piece.length > 0 && piece.length <= size));
    }),
  );
});

test('a piece is taken only when it is asked for', () => {
  let made = 0;
  function* items() {
    for (;;) {
      made += 1;
      yield made;
    }
  }
  const cut = pieces(items(), 3);
  assert.deepEqual(cut.next().value, [1, 2, 3]);
  assert.equal(made, 3);
});
