import { isTypeName } from '../identifier/stix-id.ts';
import { type JsonObject, ownString } from '../json/json-object.ts';
import {
  checkPattern,
  type Pattern,
  type PatternComparisonExpression,
  type PatternObjectPath,
  parsePattern,
} from '../pattern/index.ts';
import { isPropertyName } from './custom.ts';
import { quote, type Report } from './report.ts';

/** An indicator has a name and a description (STIX 2.1 §4.7.1), and its STIX pattern is one (§9). */
export function checkIndicator(object: JsonObject, report: Report): void {
  for (const name of ['name', 'description']) {
    if (Object.hasOwn(object, name)) continue;
    report.addAt(name, 'indicator-name-description', `an indicator should have a ${name}`);
  }
  const pattern = ownString(object, 'pattern');
  if (pattern === undefined || ownString(object, 'pattern_type') !== 'stix' || !report.enter('pattern'))
    return;
  const parsed = parsePattern(pattern);
  if (parsed.ok) checkParsed(parsed.pattern, report);
  else {
    for (const { message, line, column } of parsed.errors) {
      report.add('pattern-syntax', `${message} (line ${line}, column ${column})`);
    }
  }
  report.leave();
}

function checkParsed(pattern: Pattern, report: Report): void {
  for (const finding of checkPattern(pattern, report.types)) {
    // Types are looked at below, where it is known whether foreign ones are welcome.
    if (finding.code === 'unknown-object-type') continue;
    const place = finding.offset === undefined ? '' : ` (at character ${finding.offset + 1})`;
    report.add(
      finding.level === 'must' ? 'pattern-semantics' : 'pattern-advice',
      `${finding.message}${place}`,
    );
  }
  checkObservation(pattern, report);
}

function checkObservation(expression: Pattern, report: Report): void {
  if (expression.kind === 'observation') checkComparison(expression.comparison, report);
  else if (expression.kind === 'qualified') checkObservation(expression.expression, report);
  else for (const operand of expression.operands) checkObservation(operand, report);
}

function checkComparison(expression: PatternComparisonExpression, report: Report): void {
  if ('operands' in expression) for (const operand of expression.operands) checkComparison(operand, report);
  else checkPath(expression.path, report);
}

function checkPath({ type, steps }: PatternObjectPath, report: Report): void {
  const first = steps[0];
  if (!isTypeName(type))
    report.add('pattern-semantics', `${quote(type)} cannot be the name of an object type`);
  else if (!isKnown(type, report)) checkForeignType(type, report);
  if (first?.kind === 'key' && first.key !== 'id' && !isPropertyName(first.key)) {
    report.add('pattern-semantics', `${quote(first.key)} cannot be the name of a property`);
  }
}

function isKnown(type: string, report: Report): boolean {
  const shape = report.types.shapes.get(type);
  return shape?.class === 'sco' && (shape.definition === undefined || report.options.definedTypes !== true);
}

/**
 * A type that the standard does not define may come from an extension (§7.3), so it is worth a word only when it looks like a
 * slip of the pen, or when no others are wanted.
 */
function checkForeignType(type: string, report: Report): void {
  const hint = report.hint(type, report.types.observables);
  const message = `${quote(type)} is not an SCO that STIX 2.1 defines.${hint}`;
  if (report.options.definedTypes === true) report.add('unknown-type', message);
  else if (hint !== '') report.add('pattern-advice', message);
}
