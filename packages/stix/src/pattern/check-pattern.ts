import { type ObjectTypes, standardTypes } from '../model/shapes.ts';
import { checkComparison } from './check-comparison.ts';
import { checkQualifiers } from './check-qualifiers.ts';
import type { Pattern, PatternComparisonExpression, PatternObservationExpression } from './pattern.ts';
import type { PatternFinding } from './pattern-finding.ts';

/** Checks a pattern beyond its syntax; findings come in the order of the text (STIX 2.1 §9). */
export function checkPattern(
  pattern: Pattern,
  types: ObjectTypes = standardTypes,
): readonly PatternFinding[] {
  const findings: PatternFinding[] = [];
  checkObservation(pattern, { types, findings });
  return findings;
}

interface Walk {
  readonly types: ObjectTypes;
  readonly findings: PatternFinding[];
}

function checkObservation(expression: PatternObservationExpression, walk: Walk): void {
  switch (expression.kind) {
    case 'observation':
      checkTypes(expression.comparison, walk.findings);
      checkComparisons(expression.comparison, walk);
      return;
    case 'qualified':
      checkObservation(expression.expression, walk);
      walk.findings.push(...checkQualifiers(expression));
      return;
    default:
      for (const operand of expression.operands) checkObservation(operand, walk);
  }
}

function checkComparisons(expression: PatternComparisonExpression, walk: Walk): void {
  if ('operands' in expression) {
    for (const operand of expression.operands) checkComparisons(operand, walk);
  } else {
    walk.findings.push(...checkComparison(expression, walk.types));
  }
}

/**
 * All operands of AND must be satisfiable with the same object (STIX 2.1 §9.5). Returns the object types that can
 * satisfy the expression.
 */
function checkTypes(
  expression: PatternComparisonExpression,
  findings: PatternFinding[],
): ReadonlySet<string> {
  if (!('operands' in expression)) return new Set([expression.path.type]);
  const operands = expression.operands.map((operand) => checkTypes(operand, findings));
  if (expression.kind === 'or') return new Set(operands.flatMap((types) => [...types]));
  const [first = new Set<string>(), ...rest] = operands;
  let common: ReadonlySet<string> = first;
  for (const types of rest) {
    // An operand that is empty already was reported where it became so.
    if (common.size === 0 || types.size === 0) return new Set();
    const both = new Set([...common].filter((type) => types.has(type)));
    if (both.size === 0) findings.push(differentTypes(expression, [...common, ...types]));
    common = both;
  }
  return common;
}

function differentTypes(expression: PatternComparisonExpression, types: readonly string[]): PatternFinding {
  return {
    level: 'must',
    code: 'different-object-types',
    message: `AND joins tests of different object types (${[...new Set(types)].join(', ')}): no single object can satisfy them. Join them by OR, or use two observation expressions.`,
    ...(expression.offset === undefined ? {} : { offset: expression.offset }),
    section: 'STIX 2.1 §9.5',
  };
}
