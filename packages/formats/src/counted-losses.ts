import type { Loss } from './loss.ts';

/** Losses of which a file has many of one kind: each is told once, with how often it occurs and where it was met first. */
export interface CountedLosses {
  add(loss: Loss): void;
  all(): readonly Loss[];
}

/** Kinds that are told; files can be made that have a kind for every line. */
const mostKinds = 1_000;

export function countLosses(): CountedLosses {
  let others = 0;
  let firstOther = '';
  const counted = new Map<string, { readonly loss: Loss; count: number }>();
  return {
    add: (loss) => {
      const key = JSON.stringify([loss.what, loss.why]);
      const known = counted.get(key);
      if (known !== undefined) known.count += 1;
      else if (counted.size < mostKinds) counted.set(key, { loss, count: 1 });
      else {
        if (others === 0) firstOther = loss.at;
        others += 1;
      }
    },
    all: () => [
      ...[...counted.values()].map(({ loss, count }) =>
        count === 1 ? loss : { ...loss, what: `${loss.what} (${count} times, here first)` },
      ),
      ...(others === 0
        ? []
        : [{ at: firstOther, what: `${others} more`, why: `${mostKinds} kinds of losses are told.` }]),
    ],
  };
}
