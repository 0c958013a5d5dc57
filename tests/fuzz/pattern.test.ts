import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkPattern, matchPattern, parsePattern, printPattern } from '../../packages/stix/src/index.ts';
import { arbitraryPattern } from '../../packages/stix/src/pattern/testing/arbitrary-pattern.ts';
import {
  arbitraryObserved,
  arbitrarySearch,
  observationsOf,
  satisfiesIn,
} from '../../packages/stix/src/pattern/testing/arbitrary-search.ts';
import { referenceMatch } from '../../packages/stix/src/pattern/testing/reference-matcher.ts';
import { withoutOffsets } from '../../packages/stix/src/pattern/testing/without-offsets.ts';
import { cpuMilliseconds } from '../../packages/stix/src/testing/cpu-milliseconds.ts';
import { fuzz, propertyBounds } from '../support/fuzzing.ts';

// Patterns that were spoilt are refused in words or understood, and what was understood is the same after it was printed.

const corpus = [
  "[file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']",
  "[email-message:from_ref.value MATCHES '.+\\\\@example\\\\.com$' AND email-message:body_multipart[*].body_raw_ref.name MATCHES '^Final Report.+\\\\.exe$']",
  "[file:hashes.MD5 = '79054025255fb1a26e4bc422aef54eb4'] FOLLOWEDBY [windows-registry-key:key = 'HKLM\\\\foo\\\\bar'] WITHIN 300 SECONDS",
  "([ipv4-addr:value = '198.51.100.1/32' OR ipv4-addr:value = '203.0.113.33/32'] REPEATS 5 TIMES WITHIN 1800 SECONDS) AND [a:b != h'ffc3']",
  "[network-traffic:dst_ref.value ISSUBSET '192.0.2.0/24'] START t'2016-01-01T00:00:00Z' STOP t'2016-02-01T00:00:00.5Z'",
  "[NOT EXISTS a:b[*].c[0] AND (a:d IN (1, 2.5, 'x', true, b'AAAA', t'2020-01-01T00:00:00Z') OR a:e LIKE '%_x')]",
  "[x-tele:number NOT ISSUPERSET '10.0.0.0/8' /* c */ AND x:y >= -1.5] // end\n OR [a:b < 3]",
];
const pieces = [
  ...'[]():.,*\'\\"<>=!+-/ %_',
  ' AND ',
  ' OR ',
  ' FOLLOWEDBY ',
  ' NOT ',
  ' REPEATS 5 TIMES',
  ' WITHIN 0.1 SECONDS',
  ' WITHIN 1e9 SECONDS',
  "t'",
  "h'",
  "b'",
  '/*',
  '*/',
  '//',
  '[a:b = 1]',
  '((((((((((',
  '[*]',
  '[999999999999]',
  'EXISTS ',
  ' MATCHES ',
  "'(a+)+$'",
  "'[[:alpha:]]'",
  "'(?=x)'",
  'true',
  '99999999999999999999',
  '0x1',
];
const observations = observationsOf([{ first: 0, last: 1, count: 3, letters: ['p', 'q'] }]);

test('§9 a pattern that was spoilt is refused in words, or means the same after it was printed', async (t) => {
  await fuzz(t, {
    corpus,
    pieces,
    check(text) {
      const started = cpuMilliseconds();
      const parsed = parsePattern(text);
      if (parsed.ok) {
        checkPattern(parsed.pattern);
        const printed = printPattern(parsed.pattern);
        const again = parsePattern(printed);
        assert.ok(again.ok, `printed as ${printed}`);
        assert.deepEqual(withoutOffsets(again.pattern), withoutOffsets(parsed.pattern));
        assert.equal(printPattern(again.pattern), printed);
        matchPattern(parsed.pattern, observations, { maxSteps: 10_000 });
      } else assert.ok((parsed.errors[0]?.message.length ?? 0) > 0);
      const took = cpuMilliseconds() - started;
      assert.ok(took < 1_000, `${took} ms`);
    },
  });
});

test('§9 whatever can be said is the same after it was printed and read', () => {
  const property = fc.property(arbitraryPattern, (pattern) => {
    const parsed = parsePattern(printPattern(pattern));
    assert.ok(parsed.ok);
    assert.deepEqual(withoutOffsets(parsed.pattern), withoutOffsets(pattern));
  });
  fc.assert(property, propertyBounds);
});

test('§9.1 the matcher finds what matching by definition finds', () => {
  const property = fc.property(arbitrarySearch, arbitraryObserved, (pattern, all) => {
    const expected = referenceMatch(pattern, all, satisfiesIn(all));
    const found = matchPattern(pattern, observationsOf(all));
    assert.equal(found.kind, expected ? 'match' : 'no-match', printPattern(pattern));
  });
  fc.assert(property, propertyBounds);
});
