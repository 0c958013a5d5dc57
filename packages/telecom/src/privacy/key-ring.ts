import type { Microseconds } from '@belltower/stix';
import type { Parsed } from '../parsed.ts';
import { notUnderstood, understood } from '../parsed.ts';
import type { GroupKey } from './group-key.ts';

/** The keys of one sharing group, each with its time. */
export interface KeyRing {
  readonly keys: readonly GroupKey[];
}

/** Keys in one ring at the most: a key for each day of two years. */
export const mostKeys = 750;

/** A stretch of time; both ends are inside. */
export interface TimeSpan {
  readonly from: Microseconds;
  readonly to: Microseconds;
}

/** The key to conceal with at a moment: of those that hold then, the one that began last. */
export function keyToConceal({ keys }: KeyRing, now: Microseconds): GroupKey | undefined {
  const holding = keys.filter((key) => holdsIn(key, { from: now, to: now }));
  return holding.toSorted((one, other) => other.from - one.from)[0];
}

/**
 * The keys with which others may have concealed what was shared in a stretch of time: all that hold in some of it. A key goes on for a while
 * when its successor has begun, so that nobody misses what is concealed with either.
 */
export function keysToMatch({ keys }: KeyRing, span: TimeSpan): readonly GroupKey[] {
  return keys.filter((key) => holdsIn(key, span));
}

function holdsIn({ from, until }: GroupKey, span: TimeSpan): boolean {
  return from <= span.to && (until === undefined || until > span.from);
}

/** A ring with one more key; or why they do not go together. */
export function addKey({ keys }: KeyRing, key: GroupKey): Parsed<KeyRing> {
  if (keys.length >= mostKeys) return notUnderstood(`A ring has ${mostKeys} keys at the most.`);
  if (keys.some(({ id }) => id === key.id)) return notUnderstood(`There is a key "${key.id}" already.`);
  const rival = keys.find(({ from }) => from === key.from);
  if (rival !== undefined)
    return notUnderstood(`The keys "${rival.id}" and "${key.id}" begin at the same moment.`);
  return understood({ keys: [...keys, key] });
}
