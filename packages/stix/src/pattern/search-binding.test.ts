import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchPattern } from './match-pattern.ts';
import { printPattern } from './print-pattern.ts';
import {
  arbitraryObserved,
  arbitrarySearch,
  observationsOf,
  satisfiesIn,
} from './testing/arbitrary-search.ts';
import { referenceMatch } from './testing/reference-matcher.ts';

test('the search agrees with matching by definition', () => {
  fc.assert(
    fc.property(arbitrarySearch, arbitraryObserved, (candidate, all) => {
      const expected = referenceMatch(candidate, all, satisfiesIn(all));
      const found = matchPattern(candidate, observationsOf(all));
      assert.equal(found.kind, expected ? 'match' : 'no-match', printPattern(candidate));
    }),
    { numRuns: 5000 },
  );
});

test('what a match names is enough for a match', () => {
  fc.assert(
    fc.property(arbitrarySearch, arbitraryObserved, (candidate, all) => {
      const observations = observationsOf(all);
      const found = matchPattern(candidate, observations);
      if (found.kind !== 'match') return;
      const named = observations.filter(({ id }) => found.observedDataIds.includes(id));
      assert.equal(matchPattern(candidate, named).kind, 'match');
    }),
    { numRuns: 1000 },
  );
});
