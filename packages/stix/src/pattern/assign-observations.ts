import { availableIn, type Candidate, type CandidateSet, someCandidateIn } from './candidate-set.ts';
import type { StepBudget } from './step-budget.ts';

/** A number of observations wanted from a set of candidates in a range of time. */
export type Demand = {
  readonly set: CandidateSet;
  readonly lo: number;
  readonly hi: number;
  readonly count: number;
};

type Flow = {
  readonly demands: readonly Demand[];
  /** By observation: how often each demand uses it. */
  readonly users: Map<number, Map<number, number>>;
  readonly used: Map<number, number>;
  readonly budget: StepBudget;
};

/**
 * Gives every demand its observations so that none is used more often than it was observed (STIX 2.1 §9.5: "distinct
 * Observations"); undefined when that is impossible. A maximum flow: greedily first, then along augmenting paths.
 * The answer holds the indexes of the observations used.
 */
export function assignObservations(
  demands: readonly Demand[],
  budget: StepBudget,
): ReadonlySet<number> | undefined {
  const merged = mergeDemands(demands);
  if (merged.some((demand) => availableIn(demand.set, demand) < demand.count)) return undefined;
  const flow: Flow = {
    demands: merged.toSorted((a, b) => availableIn(a.set, a) - availableIn(b.set, b)),
    users: new Map(),
    used: new Map(),
    budget,
  };
  for (const index of flow.demands.keys()) {
    if (!fill(flow, index)) return undefined;
  }
  return new Set([...flow.used].filter(([, count]) => count > 0).map(([observation]) => observation));
}

function mergeDemands(demands: readonly Demand[]): readonly Demand[] {
  const byKey = new Map<string, Demand>();
  for (const demand of demands) {
    const key = `${demand.set.id} ${demand.lo} ${demand.hi}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? demand : { ...demand, count: known.count + demand.count });
  }
  return [...byKey.values()];
}

function fill(flow: Flow, index: number): boolean {
  const demand = flow.demands[index];
  if (demand === undefined) return true;
  let missing = demand.count;
  someCandidateIn(demand.set, { ...demand, budget: flow.budget }, (candidate) => {
    const taken = Math.min(missing, freeOf(flow, candidate));
    if (taken > 0) move(flow, { observation: candidate.observation, to: index, count: taken });
    missing -= taken;
    return missing === 0;
  });
  while (missing > 0) {
    const gained = augment(flow, index, missing);
    if (gained === 0) return false;
    missing -= gained;
  }
  return true;
}

/** How a demand was reached: it can leave `observation` to the demand `by`. */
type Reached = { readonly observation: number; readonly by: number };

/** Finds, breadth first, a demand that can turn to a free observation and leave one of its own to the one before. */
function augment(flow: Flow, start: number, missing: number): number {
  const reached = new Map<number, Reached | undefined>([[start, undefined]]);
  const seen = new Set<number>();
  for (const index of reached.keys()) {
    const demand = flow.demands[index];
    if (demand === undefined) continue;
    let free: Candidate | undefined;
    someCandidateIn(demand.set, { ...demand, budget: flow.budget }, (candidate) => {
      if (freeOf(flow, candidate) > 0) free = candidate;
      else if (!seen.has(candidate.observation)) {
        seen.add(candidate.observation);
        for (const [user, count] of flow.users.get(candidate.observation) ?? []) {
          if (count > 0 && !reached.has(user)) {
            reached.set(user, { observation: candidate.observation, by: index });
          }
        }
      }
      return free !== undefined;
    });
    if (free !== undefined) return shift(flow, { reached, end: index, free, missing });
  }
  return 0;
}

/** Moves as many observations as possible along the path that ends at a free one. */
function shift(
  flow: Flow,
  path: {
    readonly reached: ReadonlyMap<number, Reached | undefined>;
    readonly end: number;
    readonly free: Candidate;
    readonly missing: number;
  },
): number {
  let count = Math.min(path.missing, freeOf(flow, path.free));
  for (
    let at = path.end, step = path.reached.get(at);
    step !== undefined;
    at = step.by, step = path.reached.get(at)
  ) {
    count = Math.min(count, flow.users.get(step.observation)?.get(at) ?? 0);
  }
  let incoming = path.free.observation;
  for (let at = path.end; ; ) {
    const step = path.reached.get(at);
    move(flow, { observation: incoming, to: at, count });
    if (step === undefined) return count;
    move(flow, { observation: step.observation, to: at, count: -count });
    incoming = step.observation;
    at = step.by;
  }
}

function move(
  flow: Flow,
  by: { readonly observation: number; readonly to: number; readonly count: number },
): void {
  const users = flow.users.get(by.observation) ?? new Map<number, number>();
  users.set(by.to, (users.get(by.to) ?? 0) + by.count);
  flow.users.set(by.observation, users);
  flow.used.set(by.observation, (flow.used.get(by.observation) ?? 0) + by.count);
}

function freeOf(flow: Flow, candidate: Candidate): number {
  return candidate.capacity - (flow.used.get(candidate.observation) ?? 0);
}
