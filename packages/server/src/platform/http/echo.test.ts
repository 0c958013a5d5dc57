import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { echo } from './echo.ts';

test('what an error repeats is printable, well-formed and short, whatever came in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(100), (text, most) => {
      const shown = echo(text, most);
      assert.ok(shown.length <= most + 1);
      assert.ok(shown.isWellFormed());
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
  assert.equal(echo('kind'), 'kind');
  assert.equal(echo('\u001b[31mred\u0000\u202e\ud800'), '\ufffd[31mred\ufffd\ufffd\ufffd');
  assert.equal(echo('x'.repeat(100)), `${'x'.repeat(60)}…`);
  assert.equal(echo('😀😀', 1), '\ufffd…', 'a pair that is cut in half is no half pair');
});
