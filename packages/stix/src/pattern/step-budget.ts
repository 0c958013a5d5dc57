/** Thrown inside the matcher when its budget of steps is used up. */
export class StepBudgetError extends Error {
  constructor(steps: number) {
    super(`No answer after ${steps} steps.`);
    this.name = 'StepBudgetError';
  }
}

/** Counts the steps of a search. */
export type StepBudget = { readonly limit: number; used: number };

/**
 * Counts some steps.
 * @throws StepBudgetError
 */
export function spend(budget: StepBudget, steps: number): void {
  budget.used += steps;
  if (budget.used > budget.limit) throw new StepBudgetError(budget.limit);
}
