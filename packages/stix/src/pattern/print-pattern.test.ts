import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePattern } from './parse-pattern.ts';
import { printPattern } from './print-pattern.ts';
import { arbitraryPattern } from './testing/arbitrary-pattern.ts';
import { withoutOffsets } from './testing/without-offsets.ts';

const CANONICAL: readonly (readonly [string, string])[] = [
  ["[ file:name='a' ]", "[file:name = 'a']"],
  ["[file:name == 'a' AND file:name <> 'b']", "[file:name = 'a' AND file:name != 'b']"],
  ['[(a:b = 1)]', '[a:b = 1]'],
  ['[(a:b = 1 AND a:c = 2) OR a:d = 3]', '[a:b = 1 AND a:c = 2 OR a:d = 3]'],
  ['[a:b = 1 AND (a:c = 2 OR a:d = 3)]', '[a:b = 1 AND (a:c = 2 OR a:d = 3)]'],
  ['([a:b = 1])', '[a:b = 1]'],
  ['([a:b = 1] AND [a:b = 2]) OR [a:b = 3]', '[a:b = 1] AND [a:b = 2] OR [a:b = 3]'],
  ['[a:b = 1] AND ([a:b = 2] OR [a:b = 3])', '[a:b = 1] AND ([a:b = 2] OR [a:b = 3])'],
  ['([a:b = 1]) WITHIN 5 SECONDS', '[a:b = 1] WITHIN 5 SECONDS'],
  ['([a:b = 1] WITHIN 5 SECONDS) WITHIN 6 SECONDS', '([a:b = 1] WITHIN 5 SECONDS) WITHIN 6 SECONDS'],
  ["[file:hashes.'MD5' = 'x']", "[file:hashes.MD5 = 'x']"],
  ["[file:hashes.'SHA-256' = 'x']", "[file:hashes.'SHA-256' = 'x']"],
  ["[a:b.'AND' = 1]", "[a:b.'AND' = 1]"],
  ["[a:b = h'FFC3']", "[a:b = h'ffc3']"],
  ['[a:b = .5]', '[a:b = 0.5]'],
  ['[a:b = 7.0]', '[a:b = 7.0]'],
  ['[a:b = 0.0000001]', '[a:b = 0.0000001]'],
  ['[a:b = -0]', '[a:b = 0]'],
  ["[a:b = 'it\\'s \\\\']", "[a:b = 'it\\'s \\\\']"],
  ['[NOT EXISTS a:b[*].c[0]]', '[NOT EXISTS a:b[*].c[0]]'],
  ['[a:b IN(1,2)]', '[a:b IN (1, 2)]'],
  ['/* c */ [a:b = 1] // end', '[a:b = 1]'],
];

for (const [text, canonical] of CANONICAL) {
  test(`the canonical form of ${text} is ${canonical}`, () => {
    const parsed = parsePattern(text);
    assert.ok(parsed.ok);
    assert.equal(printPattern(parsed.pattern), canonical);
  });
}

test('parsing what was printed gives the same tree', () => {
  fc.assert(
    fc.property(arbitraryPattern, (pattern) => {
      const parsed = parsePattern(printPattern(pattern));
      assert.ok(parsed.ok, parsed.ok ? '' : parsed.errors[0]?.message);
      assert.deepEqual(withoutOffsets(parsed.pattern), withoutOffsets(pattern));
    }),
    { numRuns: 500 },
  );
});

test('parsing never throws, whatever the text', () => {
  const piece = fc.constantFrom(
    ...'[]():.,*\'\\"<>=!+-/ tTbBhH09aZ_\n\u00e9'.split(''),
    ' AND ',
    ' NOT ',
    "t'",
    '[a:b = 1]',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const parsed = parsePattern(pieces.join(''));
      assert.equal(typeof parsed.ok, 'boolean');
    }),
    { numRuns: 2000 },
  );
});
