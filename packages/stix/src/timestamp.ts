declare const brand: unique symbol;

/** A well-formed STIX timestamp: `YYYY-MM-DDTHH:mm:ss[.s+]Z`, a date that exists (STIX 2.1 §2.16). */
export type StixTimestamp = string & { readonly [brand]: 'StixTimestamp' };

/** Microseconds since 1970-01-01T00:00:00Z, an integer. Exact from 1684 to 2255, where the integers of JSON end. */
export type Microseconds = number & { readonly [brand]: 'Microseconds' };

/** What a timestamp says: the instant, and how many digits of a second it was written with. */
export interface ParsedTimestamp {
  readonly microseconds: Microseconds;
  /** Digits after the point as written, 0 when there is no point; more than 6 are cut off in `microseconds`. */
  readonly digits: number;
}

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function dayExists(year: number, month: number, day: number): boolean {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= (month === 2 && isLeapYear(year) ? 29 : (daysIn[month - 1] ?? 0));
}

function hasSeparators(text: string): boolean {
  return (
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58
  );
}

/** Digits of the fraction; -1 when what follows the seconds is neither `Z` nor `.digits` and `Z`. */
function fractionDigits(text: string): number {
  const last = text.length - 1;
  if (text.charCodeAt(last) !== 90) return -1;
  if (last === 19) return 0;
  if (text.charCodeAt(19) !== 46 || last === 20) return -1;
  for (let at = 20; at < last; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
  }
  return last - 20;
}

/** A leap second is only ever 23:59:60 (RFC 3339 §5.7). */
function timeExists(hour: number, minute: number, second: number): boolean {
  return hour <= 23 && minute <= 59 && (second <= 59 || (second === 60 && hour === 23 && minute === 59));
}

/** Whether `text` is a timestamp of STIX 2.1 §2.16, without allocating anything. */
export function isTimestamp(text: string): text is StixTimestamp {
  if (text.length < 20 || !hasSeparators(text) || fractionDigits(text) < 0) return false;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  return (
    dayExists(year, twoDigits(text, 5), twoDigits(text, 8)) &&
    timeExists(twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17))
  );
}

/** Digits after the point of a well-formed timestamp; 0 when it has no point. */
export function timestampDigits(timestamp: StixTimestamp): number {
  return fractionDigits(timestamp);
}

function daysSinceEpoch(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
  const thisLeapDay = month > 2 && isLeapYear(year) ? 1 : 0;
  return (year - 1970) * 365 + leapDays + (daysBefore[month - 1] ?? 0) + thisLeapDay + day - 1;
}

/** Reads a timestamp of STIX 2.1 §2.16; `undefined` when it is none. */
export function parseTimestamp(text: string): ParsedTimestamp | undefined {
  if (!isTimestamp(text)) return undefined;
  const days = daysSinceEpoch(
    twoDigits(text, 0) * 100 + twoDigits(text, 2),
    twoDigits(text, 5),
    twoDigits(text, 8),
  );
  const seconds = days * 86_400 + twoDigits(text, 11) * 3600 + twoDigits(text, 14) * 60 + twoDigits(text, 17);
  const fraction = Number(text.slice(20, 26).replace('Z', '').padEnd(6, '0'));
  return { microseconds: toMicroseconds(seconds * 1_000_000 + fraction), digits: fractionDigits(text) };
}

/** Brands an integer number of microseconds; anything else is a defect and throws a `RangeError`. */
export function toMicroseconds(value: number): Microseconds {
  if (!isWhole(value)) throw new RangeError(`not a whole number of microseconds: ${value}`);
  return value;
}

function isWhole(value: number): value is Microseconds {
  return Number.isInteger(value);
}

/** Writes an instant with `digits` digits of a second, 3 to 6: STIX 2.1 §3.2 wants at least three. */
export function formatTimestamp(microseconds: Microseconds, digits: 3 | 4 | 5 | 6 = 3): StixTimestamp {
  const seconds = Math.floor(microseconds / 1_000_000);
  const fraction = String(microseconds - seconds * 1_000_000).padStart(6, '0');
  const text = `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${fraction.slice(0, digits)}Z`;
  if (!isTimestamp(text)) throw new RangeError(`outside the years 0 to 9999: ${microseconds}`);
  return text;
}

/** Orders two timestamps exactly, whatever their precision: negative, zero or positive. */
export function compareTimestamps(left: StixTimestamp, right: StixTimestamp): number {
  const leftSeconds = left.slice(0, 19);
  const rightSeconds = right.slice(0, 19);
  if (leftSeconds !== rightSeconds) return leftSeconds < rightSeconds ? -1 : 1;
  const length = Math.max(left.length, right.length);
  for (let at = 20; at < length; at += 1) {
    const difference = digitAt(left, at) - digitAt(right, at);
    if (difference !== 0) return difference;
  }
  return 0;
}

function digitAt(timestamp: StixTimestamp, at: number): number {
  return at < timestamp.length - 1 ? timestamp.charCodeAt(at) - 48 : 0;
}
