export { checkPattern } from './check-pattern.ts';
export { PATTERN_MAX_EXPRESSION_COST } from './expression-cost.ts';
export {
  compilePattern,
  matchPattern,
  type PatternMatch,
  type PatternMatcher,
  type PatternMatchOptions,
} from './match-pattern.ts';
export { type PatternParse, parsePattern } from './parse-pattern.ts';
export * from './pattern.ts';
export type { PatternError } from './pattern-error.ts';
export type { PatternFinding } from './pattern-finding.ts';
export { printComparisonExpression, printConstant, printObjectPath, printPattern } from './print-pattern.ts';
export { type Observation, type ObservationReading, readObservations } from './read-observations.ts';
export { compileRegularExpression } from './regular-expression.ts';
export type { ObservationScope, ObservedObject } from './resolve-object-path.ts';
