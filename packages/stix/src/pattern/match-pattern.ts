import { type Candidate, type CandidateSet, indexCandidates } from './candidate-set.ts';
import { compileComparison, type ObjectTest, UnsupportedExpressionError } from './compile-comparison.ts';
import type { BoundPlan } from './match-bounds.ts';
import { leastDemand, type ObservationPlan, planObservations } from './observation-plan.ts';
import type { Pattern } from './pattern.ts';
import { printComparisonExpression } from './print-pattern.ts';
import type { Observation } from './read-observations.ts';
import { searchBinding } from './search-binding.ts';
import { StepBudgetError } from './step-budget.ts';

/**
 * The answer of a matcher. A match names the observed-data objects that satisfy the pattern together, by time.
 * `too-complex` means that the budget of steps ran out before there was an answer; `invalid-pattern` that a part of the
 * pattern cannot be evaluated, so that it must not match anything (STIX 2.1 §9.4).
 */
export type PatternMatch =
  | { readonly kind: 'match'; readonly observedDataIds: readonly string[] }
  | { readonly kind: 'no-match' }
  | { readonly kind: 'error'; readonly code: 'invalid-pattern' | 'too-complex'; readonly message: string };

/** How far a matcher goes. */
export type PatternMatchOptions = {
  /** Steps of the search for a combination, after which it gives up; 10,000,000 (about a second) unless told. */
  readonly maxSteps?: number;
};

/** A compiled pattern; it can be used on any number of sets of observations. */
export type PatternMatcher = {
  /** Whether the observations satisfy the pattern, together (STIX 2.1 §9.4). */
  readonly match: (observations: readonly Observation[], options?: PatternMatchOptions) => PatternMatch;
};

const DEFAULT_STEPS = 10_000_000;
/** Each choice of the search is a level of recursion, so their number has a limit of its own. */
const MAX_CHOICES = 1_000;

type Leaf = Extract<ObservationPlan, { readonly kind: 'leaf' }>;

/**
 * Compiles a pattern for matching (STIX 2.1 §9). Each observation expression is evaluated on each observation once;
 * then observations are combined so that no observed-data object is used more often than its `number_observed`.
 * Where an observed-data object covers a span of time, its observations may be at any time in it (§9.1).
 */
export function compilePattern(pattern: Pattern): PatternMatcher {
  const tests = new Map<string, ObjectTest>();
  const plan = planObservations(pattern);
  try {
    collectTests(plan, tests);
  } catch (error) {
    if (!(error instanceof UnsupportedExpressionError)) throw error;
    return { match: () => ({ kind: 'error', code: 'invalid-pattern', message: error.message }) };
  }
  return { match: (observations, options = {}) => matchPlan({ plan, tests, observations }, options) };
}

/** Compiles a pattern and matches it once; see `compilePattern`. */
export function matchPattern(
  pattern: Pattern,
  observations: readonly Observation[],
  options: PatternMatchOptions = {},
): PatternMatch {
  return compilePattern(pattern).match(observations, options);
}

type Job = {
  readonly plan: ObservationPlan;
  readonly tests: ReadonlyMap<string, ObjectTest>;
  readonly observations: readonly Observation[];
};

function matchPlan(job: Job, options: PatternMatchOptions): PatternMatch {
  const { plan, observations } = job;
  const capacity = observations.reduce((sum, { numberObserved }) => sum + numberObserved, 0);
  if (leastDemand(plan) > capacity) return { kind: 'no-match' };
  const binder = bindWith(job);
  const bound = binder.bind(plan);
  const budget = { limit: options.maxSteps ?? DEFAULT_STEPS, used: 0 };
  try {
    if (countChoices(bound) > MAX_CHOICES) throw new StepBudgetError(0);
    const found = searchBinding(bound, { budget, isContended: binder.isContended() });
    if (found === undefined) return { kind: 'no-match' };
    return { kind: 'match', observedDataIds: idsByTime(observations, found) };
  } catch (error) {
    if (!(error instanceof StepBudgetError)) throw error;
    const message =
      'The pattern is too complex for these observations: there are too many combinations to try.';
    return { kind: 'error', code: 'too-complex', message };
  }
}

/** Evaluates the leaves of a plan; leaves that ask the same share their candidates. */
function bindWith(job: Job) {
  const sets = new Map<string, CandidateSet>();
  const results = new Map<string, Uint8Array>();
  let isShared = false;
  const bindLeaf = (leaf: Leaf): BoundPlan => {
    const texts = leaf.comparisons.map(printComparisonExpression);
    const key = JSON.stringify([leaf.range.lo, leaf.range.hi, ...texts]);
    const known = sets.get(key);
    isShared ||= known !== undefined;
    const set = known ?? indexCandidates(sets.size, candidatesOf(job, { leaf, texts, results }));
    sets.set(key, set);
    return { kind: 'leaf', set, demand: leaf.demand };
  };
  const bind = (plan: ObservationPlan): BoundPlan => {
    switch (plan.kind) {
      case 'leaf':
        return bindLeaf(plan);
      case 'all':
      case 'any':
        return { kind: plan.kind, parts: plan.parts.map(bind) };
      case 'before':
        return { kind: 'before', left: bind(plan.left), right: bind(plan.right) };
      case 'window':
        return { kind: 'window', part: bind(plan.part), width: plan.width };
      case 'copies':
        isShared = true;
        return { kind: 'copies', part: bind(plan.part), count: plan.count };
    }
  };
  return { bind, isContended: () => isShared || haveCommonObservation([...sets.values()]) };
}

function candidatesOf(
  job: Job,
  of: {
    readonly leaf: Leaf;
    readonly texts: readonly string[];
    readonly results: Map<string, Uint8Array>;
  },
): readonly Candidate[] {
  const results = of.texts.map((text) => {
    const known = of.results.get(text) ?? evaluate(job, text);
    of.results.set(text, known);
    return known;
  });
  const candidates: Candidate[] = [];
  for (const [index, observation] of job.observations.entries()) {
    const first = Math.max(observation.firstObserved, of.leaf.range.lo);
    const last = Math.min(observation.lastObserved, of.leaf.range.hi);
    if (first > last || !results.some((result) => result[index] === 1)) continue;
    candidates.push({ observation: index, first, last, capacity: observation.numberObserved });
  }
  return candidates;
}

function evaluate(job: Job, text: string): Uint8Array {
  const test = job.tests.get(text);
  const result = new Uint8Array(job.observations.length);
  for (const [index, { objects }] of job.observations.entries()) {
    for (const object of objects.values()) {
      if (test?.(object, objects) === true) {
        result[index] = 1;
        break;
      }
    }
  }
  return result;
}

function collectTests(plan: ObservationPlan, tests: Map<string, ObjectTest>): void {
  switch (plan.kind) {
    case 'leaf':
      for (const comparison of plan.comparisons) {
        const text = printComparisonExpression(comparison);
        if (!tests.has(text)) tests.set(text, compileComparison(comparison));
      }
      return;
    case 'all':
    case 'any':
      for (const part of plan.parts) collectTests(part, tests);
      return;
    case 'before':
      collectTests(plan.left, tests);
      collectTests(plan.right, tests);
      return;
    case 'window':
    case 'copies':
      collectTests(plan.part, tests);
  }
}

function haveCommonObservation(sets: readonly CandidateSet[]): boolean {
  const seen = new Set<number>();
  for (const { candidates } of sets) {
    for (const { observation } of candidates) {
      if (seen.has(observation)) return true;
      seen.add(observation);
    }
  }
  return false;
}

function countChoices(plan: BoundPlan): number {
  switch (plan.kind) {
    case 'leaf':
      return 0;
    case 'all':
      return plan.parts.reduce((sum, part) => sum + countChoices(part), 0);
    case 'any':
      return 1 + plan.parts.reduce((most, part) => Math.max(most, countChoices(part)), 0);
    case 'before':
      return 1 + countChoices(plan.left) + countChoices(plan.right);
    case 'window':
      return 1 + countChoices(plan.part);
    case 'copies':
      return plan.count * countChoices(plan.part);
  }
}

function idsByTime(observations: readonly Observation[], found: ReadonlySet<number>): readonly string[] {
  return [...found]
    .map((index) => observations[index])
    .filter((observation) => observation !== undefined)
    .toSorted((a, b) => a.firstObserved - b.firstObserved || a.lastObserved - b.lastObserved)
    .map(({ id }) => id);
}
