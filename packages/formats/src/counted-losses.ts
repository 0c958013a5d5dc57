import type { Loss } from './loss.ts';

/** Losses of which a file has many of one kind: each is told once, with how often it occurs and where it was met first. */
export interface CountedLosses {
  add(loss: Loss): void;
  all(): readonly Loss[];
}

export function countLosses(): CountedLosses {
  const counted = new Map<string, { readonly loss: Loss; count: number }>();
  return {
    add: (loss) => {
      const key = JSON.stringify([loss.what, loss.why]);
      const known = counted.get(key);
      if (known === undefined) counted.set(key, { loss, count: 1 });
      else known.count += 1;
    },
    all: () =>
      [...counted.values()].map(({ loss, count }) =>
        count === 1 ? loss : { ...loss, what: `${loss.what} (${count} times, here first)` },
      ),
  };
}
