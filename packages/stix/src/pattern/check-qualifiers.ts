import { compareTimestamps, isTimestamp } from '../timestamp.ts';
import type { PatternObservationExpression, PatternQualifier } from './pattern.ts';
import type { PatternFinding } from './pattern-finding.ts';

/** Checks the qualifiers of one expression (STIX 2.1 §9.5.1). */
export function checkQualifiers(
  qualified: Extract<PatternObservationExpression, { readonly kind: 'qualified' }>,
): readonly PatternFinding[] {
  const findings: PatternFinding[] = [];
  let isSingle = bindsOne(qualified.expression);
  for (const qualifier of qualified.qualifiers) {
    findings.push(...checkQualifier(qualifier, isSingle));
    if (qualifier.kind === 'repeats' && qualifier.times > 1) isSingle = false;
  }
  return findings;
}

function checkQualifier(qualifier: PatternQualifier, isSingle: boolean): readonly PatternFinding[] {
  const offset = qualifier.offset === undefined ? {} : { offset: qualifier.offset };
  const section = 'STIX 2.1 §9.5.1';
  if (qualifier.kind === 'within' && isSingle) {
    const message =
      'WITHIN restricts nothing here: it applies to a single observation. Parentheses around several expressions give it something to compare.';
    return [{ level: 'should', code: 'pointless-within', message, ...offset, section }];
  }
  if (qualifier.kind !== 'startStop') return [];
  const { start, stop } = qualifier;
  if (!isTimestamp(start) || !isTimestamp(stop)) {
    const message = `There is no such date: ${isTimestamp(start) ? stop : start}.`;
    return [{ level: 'must', code: 'no-such-date', message, ...offset, section: 'STIX 2.1 §2.16' }];
  }
  if (compareTimestamps(start, stop) < 0) return [];
  const message = 'START is not before STOP: nothing can match.';
  return [{ level: 'should', code: 'empty-time-range', message, ...offset, section }];
}

/** Whether an expression can bind one observation only. */
function bindsOne(expression: PatternObservationExpression): boolean {
  switch (expression.kind) {
    case 'observation':
      return true;
    case 'or':
      return expression.operands.every(bindsOne);
    case 'qualified':
      return (
        bindsOne(expression.expression) &&
        expression.qualifiers.every((qualifier) => qualifier.kind !== 'repeats' || qualifier.times === 1)
      );
    default:
      return false;
  }
}
