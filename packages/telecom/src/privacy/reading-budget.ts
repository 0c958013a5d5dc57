/** Keeps the work on input of strangers in proportion: how much may still be read. */
export interface ReadingBudget {
  /** False where nothing is left. */
  take(cost: number): boolean;
}

/** About a second and a half of work: the numbering plans of the world are asked fifty thousand times. */
export const usualReadings = 500_000;

export function createReadingBudget(most = usualReadings): ReadingBudget {
  let left = most;
  return {
    take(cost) {
      if (left < cost) return false;
      left -= cost;
      return true;
    },
  };
}
