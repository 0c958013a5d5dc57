import { compileConstant, type NativeValue, toNativeValue } from './compare-value.ts';
import { containsIpRange, readIpRange } from './ip-range.ts';
import { compileLike } from './like.ts';
import type {
  PatternComparison,
  PatternComparisonExpression,
  PatternOrderOperator,
  PatternTextOperator,
} from './pattern.ts';
import { compileRegularExpression } from './regular-expression.ts';
import {
  compileObjectPath,
  type ObservationScope,
  type ObservedObject,
  propertyOfPath,
} from './resolve-object-path.ts';

/** Whether one object of an observation satisfies a comparison expression. */
export type ObjectTest = (object: ObservedObject, scope: ObservationScope) => boolean;

type ValueTest = (value: NativeValue) => boolean;

/** Thrown inside the compiler for a regular expression that cannot be evaluated. */
export class UnsupportedExpressionError extends Error {
  readonly offset: number | undefined;

  constructor(message: string, offset: number | undefined) {
    super(message);
    this.name = 'UnsupportedExpressionError';
    this.offset = offset;
  }
}

/**
 * Compiles what stands between the brackets of an observation expression. All comparisons start from the same object;
 * other objects are reached by references from it only (STIX 2.1 §9.5).
 * @throws UnsupportedExpressionError
 */
export function compileComparison(expression: PatternComparisonExpression): ObjectTest {
  if ('operands' in expression) {
    const tests = expression.operands.map(compileComparison);
    return expression.kind === 'and'
      ? (object, scope) => tests.every((test) => test(object, scope))
      : (object, scope) => tests.some((test) => test(object, scope));
  }
  return compileTest(expression);
}

/**
 * A path that is not present makes every comparison false, also a negated one (STIX 2.1 §9.6); NOT EXISTS alone is
 * about absence. Of the values at `[*]` one has to pass, with NOT applied to each (§9.7.2).
 */
function compileTest(comparison: PatternComparison): ObjectTest {
  const { path, negated } = comparison;
  const resolve = compileObjectPath(path);
  if (comparison.kind === 'exists') {
    return (object, scope) => object['type'] === path.type && resolve(object, scope).length > 0 !== negated;
  }
  const property = propertyOfPath(path);
  const test = compileValueTest(comparison);
  return (object, scope) =>
    object['type'] === path.type &&
    resolve(object, scope).some((value) => test(toNativeValue(value, property)) !== negated);
}

function compileValueTest(comparison: Exclude<PatternComparison, { readonly kind: 'exists' }>): ValueTest {
  switch (comparison.kind) {
    case 'compare':
      return compileOrder(comparison.operator, compileConstant(comparison.constant));
    case 'in': {
      const comparisons = comparison.constants.map(compileConstant);
      return (value) => comparisons.some((compare) => compare(value) === 0);
    }
    case 'text':
      return compileText(comparison);
  }
}

/** Types that cannot be compared make the result false, and true for `!=` alone (STIX 2.1 §9.6.1). */
function compileOrder(
  operator: PatternOrderOperator,
  compare: (value: NativeValue) => number | undefined,
): ValueTest {
  const ordered = (accept: (order: number) => boolean): ValueTest => {
    return (value) => {
      const order = compare(value);
      return order !== undefined && accept(order);
    };
  };
  switch (operator) {
    case '=':
      return (value) => compare(value) === 0;
    case '!=':
      return (value) => compare(value) !== 0;
    case '<':
      return ordered((order) => order < 0);
    case '<=':
      return ordered((order) => order <= 0);
    case '>':
      return ordered((order) => order > 0);
    case '>=':
      return ordered((order) => order >= 0);
  }
}

function compileText(comparison: {
  readonly operator: PatternTextOperator;
  readonly text: string;
  readonly offset?: number;
}): ValueTest {
  const { operator, text } = comparison;
  switch (operator) {
    case 'LIKE':
      return searchText(compileLike(text.normalize('NFC')), compileLike(text));
    case 'MATCHES':
      return searchText(compileMatches(text.normalize('NFC'), comparison), compileMatches(text, comparison));
    case 'ISSUBSET':
    case 'ISSUPERSET':
      return compileSet(operator, text);
  }
}

/** Strings are compared in Unicode normalisation form C, octets as they are (STIX 2.1 §9.6.1). */
function searchText(inString: (text: string) => boolean, inOctets: (text: string) => boolean): ValueTest {
  return (value) => {
    if (value.kind === 'string') return inString(value.value.normalize('NFC'));
    return value.kind === 'octets' && inOctets(value.value);
  };
}

function compileMatches(text: string, at: { readonly offset?: number }): (text: string) => boolean {
  const compiled = compileRegularExpression(text);
  if (!compiled.ok) throw new UnsupportedExpressionError(compiled.message, at.offset);
  return compiled.search;
}

function compileSet(operator: 'ISSUBSET' | 'ISSUPERSET', text: string): ValueTest {
  const wanted = readIpRange(text);
  return (value) => {
    const found = value.kind === 'string' ? readIpRange(value.value) : undefined;
    if (found === undefined || wanted === undefined) return false;
    return operator === 'ISSUBSET' ? containsIpRange(wanted, found) : containsIpRange(found, wanted);
  };
}
