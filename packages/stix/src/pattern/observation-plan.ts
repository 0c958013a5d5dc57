import { parseTimestamp } from '../timestamp.ts';
import type {
  PatternComparisonExpression,
  PatternObservationExpression,
  PatternQualifier,
} from './pattern.ts';

/** A closed range of times in microseconds. */
type TimeRange = { readonly lo: number; readonly hi: number };

/**
 * What a pattern asks of the observations, without syntax. Times are whole microseconds, so every bound is closed:
 * `START x STOP y` is [x, y - 1] and `WITHIN w SECONDS` allows a difference of w·10^6 - 1 (STIX 2.1 §9.5.1).
 */
export type ObservationPlan =
  /** `demand` observations, each satisfying one of the comparisons, in a range of time. */
  | {
      readonly kind: 'leaf';
      readonly comparisons: readonly PatternComparisonExpression[];
      readonly range: TimeRange;
      readonly demand: number;
    }
  | { readonly kind: 'all'; readonly parts: readonly ObservationPlan[] }
  | { readonly kind: 'any'; readonly parts: readonly ObservationPlan[] }
  /** All of `left` happens before, or at the time of, all of `right`. */
  | { readonly kind: 'before'; readonly left: ObservationPlan; readonly right: ObservationPlan }
  /** All of `part` happens in a window of this many microseconds. */
  | { readonly kind: 'window'; readonly part: ObservationPlan; readonly width: number }
  | { readonly kind: 'copies'; readonly part: ObservationPlan; readonly count: number };

const ALWAYS: TimeRange = { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };

/** Plans a pattern. Alternatives at the top keep their order, since the first that matches counts (STIX 2.1 §9.5). */
export function planObservations(expression: PatternObservationExpression): ObservationPlan {
  if (expression.kind === 'or') {
    return { kind: 'any', parts: expression.operands.map((operand) => planWithin(operand, ALWAYS)) };
  }
  return planWithin(expression, ALWAYS);
}

/** The least number of observations that can satisfy a plan. */
export function leastDemand(plan: ObservationPlan): number {
  switch (plan.kind) {
    case 'leaf':
      return plan.demand;
    case 'all':
      return plan.parts.reduce((sum, part) => sum + leastDemand(part), 0);
    case 'any':
      return plan.parts.reduce((least, part) => Math.min(least, leastDemand(part)), Number.POSITIVE_INFINITY);
    case 'before':
      return leastDemand(plan.left) + leastDemand(plan.right);
    case 'window':
      return leastDemand(plan.part);
    case 'copies':
      return plan.count * leastDemand(plan.part);
  }
}

function planWithin(expression: PatternObservationExpression, range: TimeRange): ObservationPlan {
  switch (expression.kind) {
    case 'observation':
      return { kind: 'leaf', comparisons: [expression.comparison], range, demand: 1 };
    case 'and':
      return { kind: 'all', parts: expression.operands.map((operand) => planWithin(operand, range)) };
    case 'or':
      return planAny(expression.operands.map((operand) => planWithin(operand, range)));
    case 'followedby':
      return planSequence(expression.operands.map((operand) => planWithin(operand, range)));
    case 'qualified': {
      // START/STOP restricts every observation of the expression on its own, so it can go down to the leaves.
      const inner = planWithin(expression.expression, expression.qualifiers.reduce(narrow, range));
      return expression.qualifiers.reduce(qualify, inner);
    }
  }
}

function narrow(range: TimeRange, qualifier: PatternQualifier): TimeRange {
  if (qualifier.kind !== 'startStop') return range;
  const start = parseTimestamp(qualifier.start);
  const stop = parseTimestamp(qualifier.stop);
  if (start === undefined || stop === undefined) return { lo: 0, hi: -1 };
  return {
    lo: Math.max(range.lo, start.microseconds),
    hi: Math.min(range.hi, stop.microseconds - 1),
  };
}

function qualify(plan: ObservationPlan, qualifier: PatternQualifier): ObservationPlan {
  switch (qualifier.kind) {
    case 'repeats':
      return repeat(plan, qualifier.times);
    case 'within':
      return planWindow(plan, Math.ceil(qualifier.seconds * 1_000_000) - 1);
    case 'startStop':
      return plan;
  }
}

/** `a REPEATS x TIMES` is `a AND a …` x times (STIX 2.1 §9.5.1), which goes through AND. */
function repeat(plan: ObservationPlan, count: number): ObservationPlan {
  if (count === 1) return plan;
  switch (plan.kind) {
    case 'leaf':
      return { ...plan, demand: plan.demand * count };
    case 'all':
      return { kind: 'all', parts: plan.parts.map((part) => repeat(part, count)) };
    case 'copies':
      return { ...plan, count: plan.count * count };
    default:
      return { kind: 'copies', part: plan, count };
  }
}

function planWindow(plan: ObservationPlan, width: number): ObservationPlan {
  if (plan.kind === 'leaf' && plan.demand === 1) return plan;
  return { kind: 'window', part: plan, width };
}

/** Alternatives of one observation each are one leaf with several comparisons, which spares a choice. */
function planAny(parts: readonly ObservationPlan[]): ObservationPlan {
  const leaves = parts.filter((part) => part.kind === 'leaf').filter(({ demand }) => demand === 1);
  const [first] = leaves;
  const isUniform = leaves.every(({ range }) => range.lo === first?.range.lo && range.hi === first.range.hi);
  if (first === undefined || leaves.length < parts.length || !isUniform) return { kind: 'any', parts };
  return { ...first, comparisons: leaves.flatMap(({ comparisons }) => comparisons) };
}

/** FOLLOWEDBY is associative: halving a long chain keeps the recursion over the plan shallow. */
function planSequence(parts: readonly ObservationPlan[]): ObservationPlan {
  const [only] = parts;
  if (parts.length <= 1 && only !== undefined) return only;
  const middle = parts.length >>> 1;
  return {
    kind: 'before',
    left: planSequence(parts.slice(0, middle)),
    right: planSequence(parts.slice(middle)),
  };
}
