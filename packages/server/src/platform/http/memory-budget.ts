/** Octets of memory that something takes; given back as a whole. */
export interface MemoryShare extends Disposable {
  /** Takes more; false when the budget has no more, and then nothing was taken. */
  take(octets: number): boolean;
}

/** An amount of memory that many share. */
export interface MemoryBudget {
  /** Octets that are taken at the moment. */
  readonly taken: number;
  share(): MemoryShare;
}

/** A budget of so many octets. Nobody waits for it: two who each hold half of what both need would wait for ever. */
export function createMemoryBudget(octets: number): MemoryBudget {
  let taken = 0;
  return {
    get taken() {
      return taken;
    },
    share() {
      let own = 0;
      return {
        take(more) {
          if (taken + more > octets) return false;
          taken += more;
          own += more;
          return true;
        },
        [Symbol.dispose]() {
          taken -= own;
          own = 0;
        },
      };
    },
  };
}
