import { type StepBudget, spend } from './step-budget.ts';

/** An observation that satisfies an observation expression, with the times at which it can have happened. */
export type Candidate = {
  /** Index of the observation. */
  readonly observation: number;
  readonly first: number;
  readonly last: number;
  /** How many observations it stands for. */
  readonly capacity: number;
};

/**
 * The candidates of one observation expression, indexed by time. An observed-data object stands for `number_observed`
 * observations, each at an unknown time between `first` and `last` (STIX 2.1 §9.1), so a candidate is available in
 * [lo, hi] when the two intervals meet.
 */
export type CandidateSet = {
  readonly id: number;
  /** In the order of `first`. */
  readonly candidates: readonly Candidate[];
  readonly longest: number;
  readonly firsts: readonly number[];
  /** Capacity of the first n candidates, for n from 0. */
  readonly byFirst: readonly number[];
  readonly lasts: readonly number[];
  /** Capacity of the n candidates that end first, for n from 0. */
  readonly byLast: readonly number[];
};

/** Indexes candidates by time. */
export function indexCandidates(id: number, candidates: readonly Candidate[]): CandidateSet {
  const ordered = candidates.toSorted(
    (a, b) => a.first - b.first || a.last - b.last || a.observation - b.observation,
  );
  const ending = candidates.toSorted((a, b) => a.last - b.last);
  return {
    id,
    candidates: ordered,
    longest: candidates.reduce((longest, { first, last }) => Math.max(longest, last - first), 0),
    firsts: ordered.map(({ first }) => first),
    byFirst: sums(ordered),
    lasts: ending.map(({ last }) => last),
    byLast: sums(ending),
  };
}

/** The capacity that is available in [lo, hi]. */
export function availableIn(
  set: CandidateSet,
  { lo, hi }: { readonly lo: number; readonly hi: number },
): number {
  if (lo > hi) return 0;
  const begun = set.byFirst[countUpTo(set.firsts, hi)] ?? 0;
  return begun - (set.byLast[countBelow(set.lasts, lo)] ?? 0);
}

/** The earliest time by which `demand` observations can have happened since `lo`; Infinity when there is none. */
export function earliestEndOf(
  set: CandidateSet,
  { lo, demand }: { readonly lo: number; readonly demand: number },
): number {
  const over = set.byLast[countBelow(set.lasts, lo)] ?? 0;
  const needed = countBelow(set.byFirst, demand + over);
  if (needed > set.candidates.length) return Number.POSITIVE_INFINITY;
  return Math.max(lo, set.firsts[needed - 1] ?? lo);
}

/** The latest time from which `demand` observations can still happen until `hi`; -Infinity when there is none. */
export function latestStartOf(
  set: CandidateSet,
  { hi, demand }: { readonly hi: number; readonly demand: number },
): number {
  const begun = set.byFirst[countUpTo(set.firsts, hi)] ?? 0;
  const before = countUpTo(set.byLast, begun - demand);
  if (before === 0) return Number.NEGATIVE_INFINITY;
  return Math.min(hi, set.lasts[before - 1] ?? hi);
}

/** The first time after `after` at which a candidate begins; Infinity when there is none. */
export function nextBeginning(set: CandidateSet, after: number): number {
  return set.firsts[countUpTo(set.firsts, after)] ?? Number.POSITIVE_INFINITY;
}

/** Calls back for the candidates available in [lo, hi], in the order of their beginnings, until it answers true. */
export function someCandidateIn(
  set: CandidateSet,
  window: { readonly lo: number; readonly hi: number; readonly budget: StepBudget },
  callback: (candidate: Candidate) => boolean,
): boolean {
  for (let i = countBelow(set.firsts, window.lo - set.longest); i < set.candidates.length; i += 1) {
    const candidate = set.candidates[i];
    if (candidate === undefined || candidate.first > window.hi) return false;
    spend(window.budget, 1);
    if (candidate.last >= window.lo && callback(candidate)) return true;
  }
  return false;
}

function sums(candidates: readonly Candidate[]): readonly number[] {
  const totals = [0];
  let total = 0;
  for (const { capacity } of candidates) {
    total += capacity;
    totals.push(total);
  }
  return totals;
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the ascending numbers are below `limit`. */
function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
