import { assignObservations, type Demand } from './assign-observations.ts';
import { type BoundPlan, type BoundRange, earliestEnd, latestStart, nextEvent } from './match-bounds.ts';
import type { StepBudget } from './step-budget.ts';

/** A part of the plan that is still to be satisfied, in a range of time. */
type Task = { readonly plan: BoundPlan; readonly lo: number; readonly hi: number };

/** An immutable stack, so that a choice can be taken back by forgetting it. */
type Stack<T> = { readonly top: T; readonly rest: Stack<T> } | undefined;

type Search = {
  readonly budget: StepBudget;
  /** Whether two leaves can want the same observation: only then partial choices are worth a check of the whole. */
  readonly isContended: boolean;
};

/**
 * Finds observations that satisfy a plan and answers their indexes; undefined when there are none.
 *
 * Once every cut (the time that separates the two sides of FOLLOWEDBY) and every window is fixed, each leaf has its
 * own range of time, and what remains is an assignment, solved as a flow. So the search goes over cuts and windows
 * only. It is enough to try the times at which a candidate begins: shifting every observation of a solution to its
 * earliest possible time makes each cut and each window's end such a time. Bounds that leave contention aside skip
 * what cannot succeed, so without contention the first choice is right and the search does not branch.
 */
export function searchBinding(
  plan: BoundPlan,
  search: { readonly budget: StepBudget; readonly isContended: boolean },
): ReadonlySet<number> | undefined {
  const task = { plan, lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };
  return solve(search, { top: task, rest: undefined }, undefined);
}

function solve(search: Search, tasks: Stack<Task>, demands: Stack<Demand>): ReadonlySet<number> | undefined {
  let pending = tasks;
  let fixed = demands;
  while (pending !== undefined) {
    const { plan, lo, hi } = pending.top;
    const rest: Stack<Task> = pending.rest;
    if (earliestEnd(plan, { lo, hi, budget: search.budget }) === Number.POSITIVE_INFINITY) return undefined;
    switch (plan.kind) {
      case 'leaf':
        fixed = { top: { set: plan.set, lo, hi, count: plan.demand }, rest: fixed };
        pending = rest;
        break;
      case 'all':
        pending = plan.parts.reduceRight<Stack<Task>>(
          (stack, part) => ({ top: { plan: part, lo, hi }, rest: stack }),
          rest,
        );
        break;
      case 'copies':
        pending = plan.count > 1 ? { top: { plan: { ...plan, count: plan.count - 1 }, lo, hi }, rest } : rest;
        pending = { top: { plan: plan.part, lo, hi }, rest: pending };
        break;
      default: {
        if (search.isContended && !isPossible(search, pending, fixed)) return undefined;
        return branch(search, { task: { plan, lo, hi }, rest, fixed });
      }
    }
  }
  return assignObservations(toArray(fixed), search.budget);
}

type Choice<Plan> = {
  readonly task: { readonly plan: Plan; readonly lo: number; readonly hi: number };
  readonly rest: Stack<Task>;
  readonly fixed: Stack<Demand>;
};

function branch(
  search: Search,
  choice: Choice<Extract<BoundPlan, { readonly kind: 'any' | 'all' | 'before' | 'window' }>>,
): ReadonlySet<number> | undefined {
  const { task, rest, fixed } = choice;
  const { plan, lo, hi } = task;
  if (plan.kind === 'before') return searchCut(search, { task: { plan, lo, hi }, rest, fixed });
  if (plan.kind === 'window') return searchWindow(search, { task: { plan, lo, hi }, rest, fixed });
  for (const part of plan.parts) {
    const found = solve(search, { top: { plan: part, lo, hi }, rest }, fixed);
    if (found !== undefined) return found;
  }
  return undefined;
}

function searchCut(
  search: Search,
  { task, rest, fixed }: Choice<Extract<BoundPlan, { readonly kind: 'before' }>>,
): ReadonlySet<number> | undefined {
  const { plan, lo, hi } = task;
  const range = { lo, hi, budget: search.budget };
  const last = latestStart(plan.right, range);
  for (let cut = earliestEnd(plan.left, range); cut <= last; cut = nextEvent(plan.left, cut)) {
    const right: Stack<Task> = { top: { plan: plan.right, lo: cut, hi }, rest };
    const found = solve(search, { top: { plan: plan.left, lo, hi: cut }, rest: right }, fixed);
    if (found !== undefined) return found;
    if (cut === Number.POSITIVE_INFINITY) return undefined;
  }
  return undefined;
}

function searchWindow(
  search: Search,
  { task, rest, fixed }: Choice<Extract<BoundPlan, { readonly kind: 'window' }>>,
): ReadonlySet<number> | undefined {
  const { plan, lo, hi } = task;
  let end = earliestEnd(plan, { lo, hi, budget: search.budget });
  while (end <= hi && end < Number.POSITIVE_INFINITY) {
    const found = solve(
      search,
      { top: { plan: plan.part, lo: Math.max(lo, end - plan.width), hi: end }, rest },
      fixed,
    );
    if (found !== undefined) return found;
    const next = nextEvent(plan.part, end);
    const from = Math.max(lo, next - plan.width);
    end = Math.max(next, earliestEnd(plan, { lo: from, hi, budget: search.budget }));
  }
  return undefined;
}

/** Whether there are enough observations for everything at once, leaving the order of the pending tasks aside. */
function isPossible(search: Search, pending: Stack<Task>, fixed: Stack<Demand>): boolean {
  const demands = [...toArray(fixed)];
  for (let stack = pending; stack !== undefined; stack = stack.rest) {
    const { plan, lo, hi } = stack.top;
    collectDemands(plan, { lo, hi, times: 1, budget: search.budget }, demands);
  }
  return assignObservations(demands, search.budget) !== undefined;
}

function collectDemands(
  plan: BoundPlan,
  within: BoundRange & { readonly times: number },
  into: Demand[],
): void {
  switch (plan.kind) {
    case 'leaf':
      into.push({ set: plan.set, lo: within.lo, hi: within.hi, count: plan.demand * within.times });
      return;
    case 'all':
      for (const part of plan.parts) collectDemands(part, within, into);
      return;
    case 'any':
      return;
    case 'before':
      // Wherever the cut is, the left side is not later than the right side can begin, and the other way round.
      collectDemands(plan.left, { ...within, hi: latestStart(plan.right, within) }, into);
      collectDemands(plan.right, { ...within, lo: earliestEnd(plan.left, within) }, into);
      return;
    case 'window':
      collectDemands(plan.part, within, into);
      return;
    case 'copies':
      collectDemands(plan.part, { ...within, times: within.times * plan.count }, into);
  }
}

function toArray<T>(stack: Stack<T>): readonly T[] {
  const items: T[] = [];
  for (let at = stack; at !== undefined; at = at.rest) items.push(at.top);
  return items;
}
