/** A point in time with all the digits of its text: timestamps may be finer than a clock (STIX 2.1 §2.16). */
export type Instant = {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  readonly seconds: number;
  /** The digits of the fraction without trailing zeros. */
  readonly fraction: string;
};

const TIMESTAMP = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?Z$/;

/** Reads a STIX timestamp; undefined for anything else, also for days that do not exist (STIX 2.1 §2.16). */
export function readInstant(text: string): Instant | undefined {
  const parts = TIMESTAMP.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second;
  return { seconds, fraction: stripZeros(parts[7] ?? '') };
}

/** Negative, zero or positive, like the callback of `sort`. */
export function compareInstants(a: Instant, b: Instant): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -1 : 1;
}

/** Whole microseconds since 1970; what is finer is cut off. Exact until the year 2255. */
export function instantMicroseconds(instant: Instant): number {
  return instant.seconds * 1_000_000 + Number(instant.fraction.slice(0, 6).padEnd(6, '0'));
}

function stripZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction.charAt(end - 1) === '0') end -= 1;
  return fraction.slice(0, end);
}
