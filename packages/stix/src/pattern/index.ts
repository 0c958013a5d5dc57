export { checkPattern } from './check-pattern.ts';
export { type PatternParse, parsePattern } from './parse-pattern.ts';
export * from './pattern.ts';
export type { PatternError } from './pattern-error.ts';
export type { PatternFinding } from './pattern-finding.ts';
export { printComparisonExpression, printConstant, printObjectPath, printPattern } from './print-pattern.ts';
