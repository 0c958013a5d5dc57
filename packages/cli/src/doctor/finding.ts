/** What a check has found. */
export interface Finding {
  /**
   * `fine`: as it should be; `note`: worth knowing; `warning`: it works, and may not for long; `problem`: it does not work; `skipped`:
   * something else has to be mended first.
   */
  readonly level: 'fine' | 'note' | 'warning' | 'problem' | 'skipped';
  /** What is so, in a sentence without its full stop. Never a secret. */
  readonly says: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** A finding with the check that it comes from. */
export interface CheckedFinding extends Finding {
  readonly check: string;
}

export function fine(says: string): Finding {
  return { level: 'fine', says };
}

export function noted(says: string, advice?: string): Finding {
  return finding('note', says, advice);
}

export function warning(says: string, advice: string): Finding {
  return finding('warning', says, advice);
}

export function problem(says: string, advice: string): Finding {
  return finding('problem', says, advice);
}

export function skipped(says: string): Finding {
  return { level: 'skipped', says };
}

function finding(level: Finding['level'], says: string, advice: string | undefined): Finding {
  return { level, says, ...(advice === undefined ? {} : { advice }) };
}
