/** Findings that one answer tells in full. A bundle of a few megabytes can be made to have millions. */
export const mostFindings = 20_000;

/** Keeps an answer in proportion: when there have been very many findings, only the first of each object is told. */
export interface FindingBudget {
  /** What of an object's findings, or of places in it, is told. */
  take<Told>(findings: readonly Told[]): readonly Told[];
}

export function createFindingBudget(most = mostFindings): FindingBudget {
  let left = most;
  return {
    take(findings) {
      const told = findings.length <= left ? findings : findings.slice(0, Math.max(1, left));
      left = Math.max(0, left - told.length);
      return told;
    },
  };
}
