/** A time of MISP, seconds since 1970 as a number or a text, as a STIX timestamp; undefined where there is none. */
export function timestampOf(seconds: unknown): string | undefined {
  const number = Number(typeof seconds === 'string' || typeof seconds === 'number' ? seconds : Number.NaN);
  if (!Number.isInteger(number) || number <= 0 || number > 253_402_300_799) return undefined;
  return new Date(number * 1_000).toISOString();
}

/** Where an event gives no time of its own; the beginning of MISP's calendar. */
export const noTime = '1970-01-01T00:00:01.000Z';

/** Seconds since 1970, as MISP writes them. */
export function secondsOf(timestamp: string): string {
  return String(Math.floor(Date.parse(timestamp) / 1_000));
}

/** A date and time, as `first_seen` has it, or a date alone, as a STIX timestamp; without an offset it is UTC, whatever clock we have. */
export function momentOf(text: unknown): string | undefined {
  if (
    typeof text !== 'string' ||
    !/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text)
  )
    return undefined;
  const moment = text.length === 10 ? `${text}T00:00:00` : text;
  const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(moment.slice(10)) ? moment : `${moment}Z`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
