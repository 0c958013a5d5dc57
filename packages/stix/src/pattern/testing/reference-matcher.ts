import type { Pattern, PatternComparisonExpression, PatternQualifier } from '../pattern.ts';
import { timestampAt } from './observed.ts';

/** One observation wanted, with the range of its time, in microseconds after 2020-01-01. */
type Wanted = { readonly test: PatternComparisonExpression; readonly lo: number; readonly hi: number };
/** The time of `to` is at least that of `from` minus `slack`. */
type Order = { readonly from: number; readonly to: number; readonly slack: number };
type Alternative = { readonly wanted: readonly Wanted[]; readonly orders: readonly Order[] };

/** An observation of the reference: which tests it satisfies is asked of a callback. */
export type ReferenceObservation = { readonly first: number; readonly last: number; readonly count: number };

const SECOND = 1_000_000;

/**
 * Matching by definition, for tiny inputs only: REPEATS is written out, every choice of OR and every assignment is
 * tried, and the times are decided as a system of difference constraints.
 */
export function referenceMatch(
  pattern: Pattern,
  observations: readonly ReferenceObservation[],
  satisfies: (test: PatternComparisonExpression, observation: number) => boolean,
): boolean {
  return expand(pattern).some((alternative) => {
    const tryFrom = (chosen: readonly number[]): boolean => {
      const wanted = alternative.wanted[chosen.length];
      if (wanted === undefined) return isFeasible(alternative, chosen, observations);
      return observations.some((observation, index) => {
        const used = chosen.filter((other) => other === index).length;
        return used < observation.count && satisfies(wanted.test, index) && tryFrom([...chosen, index]);
      });
    };
    return tryFrom([]);
  });
}

/** How many observations the largest alternative wants. */
export function largestDemand(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'observation':
      return 1;
    case 'or':
      return Math.max(...pattern.operands.map(largestDemand));
    case 'and':
    case 'followedby':
      return pattern.operands.reduce((sum, operand) => sum + largestDemand(operand), 0);
    case 'qualified':
      return pattern.qualifiers.reduce(
        (demand, qualifier) => (qualifier.kind === 'repeats' ? demand * qualifier.times : demand),
        largestDemand(pattern.expression),
      );
  }
}

function expand(pattern: Pattern): readonly Alternative[] {
  switch (pattern.kind) {
    case 'observation':
      return [{ wanted: [{ test: pattern.comparison, lo: -Infinity, hi: Infinity }], orders: [] }];
    case 'or':
      return pattern.operands.flatMap(expand);
    case 'and':
      return pattern.operands.map(expand).reduce((left, right) => product(left, right, false));
    case 'followedby':
      return pattern.operands.map(expand).reduce((left, right) => product(left, right, true));
    case 'qualified':
      return pattern.qualifiers.reduce(qualify, expand(pattern.expression));
  }
}

function qualify(inner: readonly Alternative[], qualifier: PatternQualifier): readonly Alternative[] {
  switch (qualifier.kind) {
    case 'repeats':
      return Array.from({ length: qualifier.times }, () => inner).reduce((a, b) => product(a, b, false));
    case 'within':
      return inner.map((alternative) => withWindow(alternative, qualifier.seconds * SECOND - 1));
    case 'startStop': {
      const lo = microseconds(qualifier.start);
      const hi = microseconds(qualifier.stop) - 1;
      return inner.map(({ wanted, orders }) => ({
        wanted: wanted.map((one) => ({ ...one, lo: Math.max(lo, one.lo), hi: Math.min(hi, one.hi) })),
        orders,
      }));
    }
  }
}

function product(
  lefts: readonly Alternative[],
  rights: readonly Alternative[],
  isOrdered: boolean,
): readonly Alternative[] {
  return lefts.flatMap((left) =>
    rights.map((right) => {
      const shift = left.wanted.length;
      const between = left.wanted.flatMap((_, from) =>
        right.wanted.map((__, to) => ({ from, to: to + shift, slack: 0 })),
      );
      const moved = right.orders.map(({ from, to, slack }) => ({
        from: from + shift,
        to: to + shift,
        slack,
      }));
      return {
        wanted: [...left.wanted, ...right.wanted],
        orders: [...left.orders, ...moved, ...(isOrdered ? between : [])],
      };
    }),
  );
}

function withWindow({ wanted, orders }: Alternative, slack: number): Alternative {
  const pairs = wanted.flatMap((_, from) => wanted.map((__, to) => ({ from, to, slack })));
  return { wanted, orders: [...orders, ...pairs.filter(({ from, to }) => from !== to)] };
}

/** Pushes every time to the least that the constraints allow (Bellman-Ford) and looks whether it is in its range. */
function isFeasible(
  { wanted, orders }: Alternative,
  chosen: readonly number[],
  observations: readonly ReferenceObservation[],
): boolean {
  const ranges = wanted.map(({ lo, hi }, index) => {
    const { first = 0, last = 0 } = observations[chosen[index] ?? -1] ?? {};
    return { lo: Math.max(lo, first * SECOND), hi: Math.min(hi, last * SECOND) };
  });
  const times = ranges.map(({ lo }) => lo);
  for (let round = 0; round <= wanted.length; round += 1) {
    for (const { from, to, slack } of orders) {
      times[to] = Math.max(times[to] ?? 0, (times[from] ?? 0) - slack);
    }
  }
  return times.every((time, index) => time <= (ranges[index]?.hi ?? 0));
}

function microseconds(timestamp: string): number {
  return (Date.parse(timestamp) - Date.parse(timestampAt(0))) * 1000;
}
