import type {
  Pattern,
  PatternComparison,
  PatternComparisonExpression,
  PatternConstant,
  PatternObjectPath,
  PatternObservationExpression,
  PatternPathStep,
  PatternQualifier,
} from './pattern.ts';
import { PATTERN_KEYWORDS } from './token.ts';

const COMPARISON_LEVEL = { or: 1, and: 2 } as const;
const OBSERVATION_LEVEL = { followedby: 1, or: 2, and: 3 } as const;
const WORD = { and: ' AND ', or: ' OR ', followedby: ' FOLLOWEDBY ' } as const;

/**
 * Writes a pattern in its canonical form: single spaces, no needless parentheses, `=` and `!=`, keys quoted only where
 * they must be. Parsing it gives the same tree again, offsets aside (STIX 2.1 §9).
 */
export function printPattern(pattern: Pattern): string {
  return printObservation(pattern, 0);
}

/** Writes an object path, for instance `file:hashes.'SHA-256'` (STIX 2.1 §9.7). */
export function printObjectPath(path: PatternObjectPath): string {
  const steps = path.steps.map((step, index) => (index === 0 ? printFirst(step) : printStep(step)));
  return `${path.type}:${steps.join('')}`;
}

/** Writes what stands between the brackets of an observation expression (STIX 2.1 §9.6). */
export function printComparisonExpression(expression: PatternComparisonExpression): string {
  return printComparison(expression, 0);
}

/** Writes a constant (STIX 2.1 §9.2). */
export function printConstant(constant: PatternConstant): string {
  switch (constant.kind) {
    case 'boolean':
    case 'integer':
      return String(constant.value);
    case 'float':
      return printFloat(constant.value);
    case 'string':
      return quote(constant.value);
    case 'timestamp':
      return `t'${constant.value}'`;
    case 'hex':
      return `h'${constant.value}'`;
    case 'binary':
      return `b'${constant.value}'`;
  }
}

function printObservation(expression: PatternObservationExpression, level: number): string {
  switch (expression.kind) {
    case 'observation':
      return `[${printComparison(expression.comparison, 0)}]`;
    case 'qualified': {
      // A qualified expression inside another one keeps its parentheses, else the two lists would become one.
      const inner = expression.expression;
      const printed =
        inner.kind === 'qualified'
          ? `(${printObservation(inner, 0)})`
          : printObservation(inner, Number.POSITIVE_INFINITY);
      return [printed, ...expression.qualifiers.map(printQualifier)].join(' ');
    }
    default: {
      const own = OBSERVATION_LEVEL[expression.kind];
      const text = expression.operands
        .map((operand) => printObservation(operand, own))
        .join(WORD[expression.kind]);
      return own <= level ? `(${text})` : text;
    }
  }
}

function printQualifier(qualifier: PatternQualifier): string {
  switch (qualifier.kind) {
    case 'repeats':
      return `REPEATS ${qualifier.times} TIMES`;
    case 'within':
      return `WITHIN ${expandExponent(qualifier.seconds)} SECONDS`;
    case 'startStop':
      return `START t'${qualifier.start}' STOP t'${qualifier.stop}'`;
  }
}

function printComparison(expression: PatternComparisonExpression, level: number): string {
  if ('operands' in expression) {
    const own = COMPARISON_LEVEL[expression.kind];
    const text = expression.operands
      .map((operand) => printComparison(operand, own))
      .join(WORD[expression.kind]);
    return own <= level ? `(${text})` : text;
  }
  return printTest(expression);
}

function printTest(test: PatternComparison): string {
  const path = printObjectPath(test.path);
  const not = test.negated ? 'NOT ' : '';
  switch (test.kind) {
    case 'exists':
      return `${not}EXISTS ${path}`;
    case 'compare':
      return `${path} ${not}${test.operator} ${printConstant(test.constant)}`;
    case 'in':
      return `${path} ${not}IN (${test.constants.map(printConstant).join(', ')})`;
    case 'text':
      return `${path} ${not}${test.operator} ${quote(test.text)}`;
  }
}

function printFirst(step: PatternPathStep): string {
  return step.kind === 'key' ? printKey(step.key) : printStep(step);
}

function printStep(step: PatternPathStep): string {
  switch (step.kind) {
    case 'key':
      return `.${printKey(step.key)}`;
    case 'index':
      return `[${step.index}]`;
    case 'any':
      return '[*]';
  }
}

function printKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !PATTERN_KEYWORDS.has(key) ? key : quote(key);
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}

function printFloat(value: number): string {
  const text = expandExponent(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** The grammar has no exponents: `1e-7` is written `0.0000001`. */
function expandExponent(value: number): string {
  const text = String(value);
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?e([+-][0-9]+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
