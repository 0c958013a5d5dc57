import fc from 'fast-check';
import type { Pattern, PatternComparisonExpression, PatternQualifier } from '../pattern.ts';
import type { Observation } from '../read-observations.ts';
import { readObservations } from '../read-observations.ts';
import { bundleOf, timestampAt } from './observed.ts';
import { largestDemand } from './reference-matcher.ts';

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
/** Patterns that only ask whether something was there: small enough to be matched by definition. */
export const arbitrarySearch: fc.Arbitrary<Pattern> = fc
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

/** When and how often something was observed, and which letters it had. */
export interface SmallObservation {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly letters: readonly string[];
}

/** A few observations in seven seconds. */
export const arbitraryObserved: fc.Arbitrary<readonly SmallObservation[]> = fc
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

/** The observations as the matcher takes them. */
export function observationsOf(all: readonly SmallObservation[]): readonly Observation[] {
  const bundle = bundleOf(
    all.map(({ first, last, count, letters }, index) => ({
      id: `observed-data--${index}`,
      first,
      last,
      count,
      objects: [{ type: 'thing', ...Object.fromEntries(letters.map((name) => [name, 1])) }],
    })),
  );
  return readObservations(bundle).observations;
}

/** Whether an observation has the letter that a comparison asks for. */
export function satisfiesIn(
  all: readonly SmallObservation[],
): (comparison: PatternComparisonExpression, index: number) => boolean {
  return (comparison, index) => {
    const step = comparison.kind === 'exists' ? comparison.path.steps[0] : undefined;
    return step?.kind === 'key' && (all[index]?.letters.some((name) => name === step.key) ?? false);
  };
}
