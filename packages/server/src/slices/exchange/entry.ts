import type { Micros } from '../../platform/time.ts';

/** Place in a collection's log: an integer from 1, without holes (rule L1); 0 is the place before the first. */
export type Position = number & { readonly __brand: 'Position' };

/** Marks a number that is known to be a position. Throws a RangeError for anything else. */
export function position(value: number): Position {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a position`);
  return value as Position;
}

/** What a reader of the log sees at one position. */
export type Entry = ObjectEntry | WithdrawalEntry;

interface AnyEntry {
  readonly position: Position;
  readonly added: Micros;
  readonly objectId: string;
  /** Sorts as text; see `versionKey`. */
  readonly version: string;
  /** The publishing organisation; undefined when it does not give its name. */
  readonly publisher: string | undefined;
}

export interface ObjectEntry extends AnyEntry {
  readonly kind: 'object';
  /** The object exactly as it was accepted. */
  readonly text: string;
}

/** Says that this version of the object is gone: at the position of the withdrawal, and where the object stood. */
export interface WithdrawalEntry extends AnyEntry {
  readonly kind: 'withdrawal';
}

/**
 * A version as text that sorts in the order of time: RFC 3339 without the final Z, at least six digits of a second.
 * Two spellings of one instant give one key.
 */
export function versionKey(timestamp: string): string {
  const [seconds = '', fraction = ''] = timestamp.toUpperCase().replace(/Z$/, '').split('.');
  return `${seconds}.${fraction.replace(/0+$/, '').padEnd(6, '0')}`;
}

/** The timestamp of a version key: three digits of a second where they suffice, as most STIX objects have. */
export function versionTimestamp(key: string): string {
  return `${key.endsWith('000') && key.length === 26 ? key.slice(0, -3) : key}Z`;
}
