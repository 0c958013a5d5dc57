/** Microseconds since 1970-01-01T00:00:00Z, an integer that a `number` holds exactly until the year 2255. */
export type Micros = number & { readonly __brand: 'Micros' };

/** Tells the time; a parameter everywhere, so that tests decide what time it is. */
export interface Clock {
  now(): Micros;
}

/** Marks an integer that is known to be microseconds: a column, a sum. Throws a RangeError for anything else. */
export function micros(value: number): Micros {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a number of microseconds`);
  return value as Micros;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => micros(Math.round((performance.timeOrigin + performance.now()) * 1000)),
};

/** The second that was written last: entries of one batch share theirs, and a date costs ten times what looking here does. */
let lastSecond = Number.NaN;
let lastText = '';

/** RFC 3339 in UTC with six digits, the form that TAXII 2.1 §1.4.4 asks of a server. */
export function formatMicros(at: Micros): string {
  const second = Math.floor(at / 1_000_000);
  if (second !== lastSecond) {
    lastText = new Date(second * 1_000).toISOString().slice(0, -4);
    lastSecond = second;
  }
  return `${lastText}${String(at - second * 1_000_000).padStart(6, '0')}Z`;
}
