import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchPattern } from './match-pattern.ts';
import type { Pattern, PatternComparisonExpression, PatternQualifier } from './pattern.ts';
import { printPattern } from './print-pattern.ts';
import { readObservations } from './read-observations.ts';
import { bundleOf, timestampAt } from './testing/observed.ts';
import { largestDemand, referenceMatch } from './testing/reference-matcher.ts';

const LETTERS = ['p', 'q', 'r'] as const;

const letter = fc.constantFrom(...LETTERS).map(
  (name): Pattern => ({
    kind: 'observation',
    comparison: {
      kind: 'exists',
      negated: false,
      path: { type: 'thing', steps: [{ kind: 'key', key: name }] },
    },
  }),
);
const qualifier: readonly fc.Arbitrary<PatternQualifier>[] = [
  fc.integer({ min: 1, max: 3 }).map((times): PatternQualifier => ({ kind: 'repeats', times })),
  fc.integer({ min: 1, max: 5 }).map((seconds): PatternQualifier => ({ kind: 'within', seconds })),
  fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 5 })).map(
    ([start, length]): PatternQualifier => ({
      kind: 'startStop',
      start: timestampAt(start),
      stop: timestampAt(start + length),
    }),
  ),
];
const qualifiers = fc
  .shuffledSubarray([...qualifier], { minLength: 1 })
  .chain((chosen) => fc.tuple(...chosen).map((all): readonly PatternQualifier[] => all));
const pattern = fc
  .letrec<{ pattern: Pattern }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4, depthSize: 'large' },
      letter,
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const, 'followedby' as const),
        operands: fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('qualified' as const), expression: tie('pattern'), qualifiers }),
    ),
  }))
  .pattern.filter((candidate) => largestDemand(candidate) >= 2 && largestDemand(candidate) <= 5);

const observed = fc
  .array(
    fc.record({
      first: fc.nat(6),
      length: fc.constantFrom(0, 0, 0, 1, 3),
      count: fc.constantFrom(1, 1, 2),
      letters: fc.subarray([...LETTERS]),
    }),
    { maxLength: 5 },
  )
  .map((all) =>
    all.map(({ first, length, count, letters }) => ({ first, last: first + length, count, letters })),
  );

test('the search agrees with matching by definition', () => {
  fc.assert(
    fc.property(pattern, observed, (candidate, all) => {
      const { observations } = readObservations(
        bundleOf(
          all.map(({ first, last, count, letters }, index) => ({
            id: `observed-data--${index}`,
            first,
            last,
            count,
            objects: [{ type: 'thing', ...Object.fromEntries(letters.map((name) => [name, 1])) }],
          })),
        ),
      );
      const satisfies = (comparison: PatternComparisonExpression, index: number) => {
        const step = comparison.kind === 'exists' ? comparison.path.steps[0] : undefined;
        return step?.kind === 'key' && (all[index]?.letters.some((name) => name === step.key) ?? false);
      };
      const expected = referenceMatch(candidate, all, satisfies);
      const found = matchPattern(candidate, observations);
      assert.equal(found.kind, expected ? 'match' : 'no-match', printPattern(candidate));
    }),
    { numRuns: 5000 },
  );
});

test('what a match names is enough for a match', () => {
  fc.assert(
    fc.property(pattern, observed, (candidate, all) => {
      const bundle = bundleOf(
        all.map(({ first, last, count, letters }, index) => ({
          id: `observed-data--${index}`,
          first,
          last,
          count,
          objects: [{ type: 'thing', ...Object.fromEntries(letters.map((name) => [name, 1])) }],
        })),
      );
      const { observations } = readObservations(bundle);
      const found = matchPattern(candidate, observations);
      if (found.kind !== 'match') return;
      const named = observations.filter(({ id }) => found.observedDataIds.includes(id));
      assert.equal(matchPattern(candidate, named).kind, 'match');
    }),
    { numRuns: 1000 },
  );
});
