import { type CandidateSet, earliestEndOf, latestStartOf, nextBeginning } from './candidate-set.ts';
import { type StepBudget, spend } from './step-budget.ts';

/** A plan whose leaves know their candidates. */
export type BoundPlan =
  | { readonly kind: 'leaf'; readonly set: CandidateSet; readonly demand: number }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly BoundPlan[] }
  | { readonly kind: 'before'; readonly left: BoundPlan; readonly right: BoundPlan }
  | { readonly kind: 'window'; readonly part: BoundPlan; readonly width: number }
  | { readonly kind: 'copies'; readonly part: BoundPlan; readonly count: number };

/** A range of time to match in, and the budget to do it with. */
export type BoundRange = { readonly lo: number; readonly hi: number; readonly budget: StepBudget };

/**
 * The earliest time by which a plan can be satisfied in [lo, hi] if no observation is wanted twice; Infinity when it
 * cannot even then. So it is exact where the leaves have no candidates in common, and a bound where they have.
 */
export function earliestEnd(plan: BoundPlan, range: BoundRange): number {
  const { lo, hi, budget } = range;
  if (lo > hi) return Number.POSITIVE_INFINITY;
  switch (plan.kind) {
    case 'leaf': {
      spend(budget, 1);
      const end = earliestEndOf(plan.set, { lo, demand: plan.demand });
      return end <= hi ? end : Number.POSITIVE_INFINITY;
    }
    case 'all':
      return plan.parts.reduce((latest, part) => Math.max(latest, earliestEnd(part, range)), lo);
    case 'any':
      return plan.parts.reduce(
        (best, part) => Math.min(best, earliestEnd(part, range)),
        Number.POSITIVE_INFINITY,
      );
    case 'before':
      return earliestEnd(plan.right, { lo: earliestEnd(plan.left, range), hi, budget });
    case 'copies':
      return earliestEnd(plan.part, range);
    case 'window': {
      // What ends at the earliest end began at most a window before; asking again from there either confirms the end
      // or moves it on.
      let from = lo;
      for (;;) {
        const end = earliestEnd(plan.part, { lo: from, hi, budget });
        const next = Math.max(lo, end - plan.width);
        if (end === Number.POSITIVE_INFINITY || next <= from) return end;
        if (earliestEnd(plan.part, { lo: next, hi, budget }) === end) return end;
        from = next;
      }
    }
  }
}

/** The mirror image of `earliestEnd`: the latest time from which a plan can be satisfied, or -Infinity. */
export function latestStart(plan: BoundPlan, range: BoundRange): number {
  const { lo, hi, budget } = range;
  if (lo > hi) return Number.NEGATIVE_INFINITY;
  switch (plan.kind) {
    case 'leaf': {
      spend(budget, 1);
      const start = latestStartOf(plan.set, { hi, demand: plan.demand });
      return start >= lo ? start : Number.NEGATIVE_INFINITY;
    }
    case 'all':
      return plan.parts.reduce((earliest, part) => Math.min(earliest, latestStart(part, range)), hi);
    case 'any':
      return plan.parts.reduce(
        (best, part) => Math.max(best, latestStart(part, range)),
        Number.NEGATIVE_INFINITY,
      );
    case 'before':
      return latestStart(plan.left, { lo, hi: latestStart(plan.right, range), budget });
    case 'copies':
      return latestStart(plan.part, range);
    case 'window': {
      let until = hi;
      for (;;) {
        const start = latestStart(plan.part, { lo, hi: until, budget });
        const next = Math.min(hi, start + plan.width);
        if (start === Number.NEGATIVE_INFINITY || next >= until) return start;
        if (latestStart(plan.part, { lo, hi: next, budget }) === start) return start;
        until = next;
      }
    }
  }
}

/** The next time after `after` at which an observation that a plan could use begins. */
export function nextEvent(plan: BoundPlan, after: number): number {
  switch (plan.kind) {
    case 'leaf':
      return nextBeginning(plan.set, after);
    case 'all':
    case 'any':
      return plan.parts.reduce(
        (next, part) => Math.min(next, nextEvent(part, after)),
        Number.POSITIVE_INFINITY,
      );
    case 'before':
      return Math.min(nextEvent(plan.left, after), nextEvent(plan.right, after));
    case 'window':
    case 'copies':
      return nextEvent(plan.part, after);
  }
}
