import fc from 'fast-check';
import type {
  Pattern,
  PatternComparison,
  PatternComparisonExpression,
  PatternConstant,
  PatternObjectPath,
  PatternPathStep,
  PatternQualifier,
} from '../pattern.ts';

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const objectType = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
  .filter((type) => type !== 'true' && type !== 'false');
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 12 }));
const key: fc.Arbitrary<PatternPathStep> = fc.oneof(word, text).map((name) => ({ kind: 'key', key: name }));
const index: fc.Arbitrary<PatternPathStep> = fc.oneof(
  fc.constant<PatternPathStep>({ kind: 'any' }),
  fc.nat(99).map((at): PatternPathStep => ({ kind: 'index', index: at })),
);
const path: fc.Arbitrary<PatternObjectPath> = fc
  .tuple(objectType, key, fc.array(fc.oneof(key, index), { maxLength: 4 }))
  .map(([type, first, rest]) => ({ type, steps: [first, ...rest] }));

const timestamp = fc
  .tuple(fc.date({ min: new Date(0), max: new Date(253402300799999), noInvalidDate: true }), fc.nat(3))
  .map(([date, digits]) => (digits === 0 ? `${date.toISOString().slice(0, 19)}Z` : date.toISOString()));
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const orderable: fc.Arbitrary<PatternConstant> = fc.oneof(
  text.map((value): PatternConstant => ({ kind: 'string', value })),
  fc.maxSafeInteger().map((value): PatternConstant => ({ kind: 'integer', value })),
  number.map((value): PatternConstant => ({ kind: 'float', value })),
  timestamp.map((value): PatternConstant => ({ kind: 'timestamp', value })),
  fc.stringMatching(/^([0-9a-f]{2}){0,6}$/).map((value): PatternConstant => ({ kind: 'hex', value })),
  fc.base64String({ maxLength: 12 }).map((value): PatternConstant => ({ kind: 'binary', value })),
);
const constant = fc.oneof(
  orderable,
  fc.boolean().map((value): PatternConstant => ({ kind: 'boolean', value })),
);

const comparison: fc.Arbitrary<PatternComparison> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    operator: fc.constantFrom('=' as const, '!=' as const),
    negated: fc.boolean(),
    path,
    constant,
  }),
  fc.record({
    kind: fc.constant('compare' as const),
    operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
    negated: fc.boolean(),
    path,
    constant: orderable,
  }),
  fc.record({
    kind: fc.constant('in' as const),
    negated: fc.boolean(),
    path,
    constants: fc.array(constant, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('text' as const),
    operator: fc.constantFrom(
      'LIKE' as const,
      'MATCHES' as const,
      'ISSUBSET' as const,
      'ISSUPERSET' as const,
    ),
    negated: fc.boolean(),
    path,
    text,
  }),
  fc.record({ kind: fc.constant('exists' as const), negated: fc.boolean(), path }),
);

const comparisonExpression = fc.letrec<{ expression: PatternComparisonExpression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).expression;

const qualifier: readonly fc.Arbitrary<PatternQualifier>[] = [
  fc.integer({ min: 1, max: 1000 }).map((times): PatternQualifier => ({ kind: 'repeats', times })),
  fc
    .oneof(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 1e-9, max: 1e12, noNaN: true }))
    .map((seconds): PatternQualifier => ({ kind: 'within', seconds })),
  fc
    .tuple(timestamp, timestamp)
    .map(([start, stop]): PatternQualifier => ({ kind: 'startStop', start, stop })),
];
const qualifiers = fc
  .shuffledSubarray([...qualifier], { minLength: 1 })
  .chain((chosen) => fc.tuple(...chosen).map((all): readonly PatternQualifier[] => all));

/** Any pattern tree that a parser could make, without offsets. */
export const arbitraryPattern: fc.Arbitrary<Pattern> = fc.letrec<{ pattern: Pattern }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparisonExpression.map((inner): Pattern => ({ kind: 'observation', comparison: inner })),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const, 'followedby' as const),
      operands: fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('qualified' as const), expression: tie('pattern'), qualifiers }),
  ),
})).pattern;
