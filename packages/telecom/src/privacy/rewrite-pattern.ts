import type {
  Pattern,
  PatternComparison,
  PatternComparisonExpression,
  PatternConstant,
  PatternObservationExpression,
} from '@belltower/stix';
import { parsePattern, printPattern } from '@belltower/stix';

/** What stands in the place of one comparison, or of several that belong together; undefined where they cannot be written anew. */
export type RewriteComparisons = (
  expression: PatternComparisonExpression,
) => PatternComparisonExpression | undefined;

/** A pattern with every observation written anew; undefined where one cannot be. */
export function rewritePattern(pattern: Pattern, rewrite: RewriteComparisons): Pattern | undefined {
  switch (pattern.kind) {
    case 'observation': {
      const comparison = rewrite(pattern.comparison);
      return comparison === undefined ? undefined : { kind: 'observation', comparison };
    }
    case 'qualified': {
      const expression = rewritePattern(pattern.expression, rewrite);
      return expression === undefined ? undefined : { ...pattern, expression };
    }
    default: {
      const operands: PatternObservationExpression[] = [];
      for (const operand of pattern.operands) {
        const written = rewritePattern(operand, rewrite);
        if (written === undefined) return undefined;
        operands.push(written);
      }
      return { kind: pattern.kind, operands };
    }
  }
}

/** Comparisons in all alternatives of one observation at the most. */
export const mostComparisons = 20_000;

/**
 * The alternatives of an expression, each a list of comparisons that one object has to satisfy together; undefined where there are too
 * many to be written out.
 */
export function alternatives(
  expression: PatternComparisonExpression,
): readonly (readonly PatternComparison[])[] | undefined {
  if (!('operands' in expression)) return [[expression]];
  const parts: (readonly (readonly PatternComparison[])[])[] = [];
  for (const operand of expression.operands) {
    const part = alternatives(operand);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  if (expression.kind === 'or') return bounded(parts.flat());
  let terms: readonly (readonly PatternComparison[])[] = [[]];
  for (const part of parts) {
    if (terms.length * part.length > mostComparisons) return undefined;
    const longer = bounded(terms.flatMap((term) => part.map((more) => [...term, ...more])));
    if (longer === undefined) return undefined;
    terms = longer;
  }
  return terms;
}

function bounded(
  terms: readonly (readonly PatternComparison[])[],
): readonly (readonly PatternComparison[])[] | undefined {
  const comparisons = terms.reduce((sum, term) => sum + term.length, 0);
  return comparisons > mostComparisons ? undefined : terms;
}

/** Several expressions as one; a single one stays what it is. */
export function joined(
  kind: 'and' | 'or',
  operands: readonly PatternComparisonExpression[],
): PatternComparisonExpression | undefined {
  const [only] = operands;
  return operands.length < 2 ? only : { kind, operands };
}

/** A string constant. */
export function constantOf(value: string): PatternConstant {
  return { kind: 'string', value };
}

/** Reads a pattern, writes it anew and prints it; undefined where that cannot be done. */
export function rewritePatternText(text: string, rewrite: RewriteComparisons): string | undefined {
  const parsed = parsePattern(text);
  const pattern = parsed.ok ? rewritePattern(parsed.pattern, rewrite) : undefined;
  return pattern === undefined ? undefined : printPattern(pattern);
}
