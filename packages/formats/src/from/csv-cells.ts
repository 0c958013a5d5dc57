import type { StixTimestamp, TlpLevel } from '@belltower/stix';
import { isTimestamp, isTlpLevel } from '@belltower/stix';
import { momentOf, timestampOf } from '../misp/misp-time.ts';

/** A date or a time of a cell as a STIX timestamp: as ISO 8601 has it, or in seconds or milliseconds since 1970. */
export function timeOfCell(cell: string): StixTimestamp | undefined {
  const moment = momentOfCell(cell.trim());
  return moment !== undefined && isTimestamp(moment) ? moment : undefined;
}

function momentOfCell(text: string): string | undefined {
  if (/^\d{9,10}$/.test(text)) return timestampOf(text);
  if (/^\d{13}$/.test(text)) return new Date(Number(text)).toISOString();
  const whole = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/.test(text) ? `${text}:00` : text.replace(/ ?UTC$/i, 'Z');
  const moment = momentOf(whole);
  // The 31st of February is no day of March.
  return moment !== undefined && isDay(whole) ? moment : undefined;
}

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return (
    year >= 1900 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  );
}

/** The scale of three words, STIX 2.1 appendix A. */
const words: ReadonlyMap<string, number> = new Map([
  ['none', 0],
  ['low', 15],
  ['medium', 50],
  ['med', 50],
  ['high', 85],
]);

/** 0 to 100, a share of it with a percent sign, or a word. */
export function confidenceOfCell(cell: string): number | undefined {
  const text = cell.trim().toLowerCase();
  const [, digits] = /^(\d{1,3})\s*%?$/.exec(text) ?? [];
  if (digits !== undefined) return Number(digits) <= 100 ? Number(digits) : undefined;
  return words.get(text);
}

/** `amber`, `TLP:AMBER+STRICT`; white is clear. */
export function tlpOfCell(cell: string): TlpLevel | undefined {
  const level = cell
    .trim()
    .toLowerCase()
    .replace(/^tlp\s*[:\- ]\s*/, '')
    .replace(/\s*[+ _-]\s*strict$/, '+strict');
  if (level === 'white') return 'clear';
  return isTlpLevel(level) ? level : undefined;
}

/** Labels of a cell, divided by commas, semicolons or vertical lines. */
export function labelsOfCell(cell: string): readonly string[] {
  return cell
    .split(/[,;|]/)
    .map((label) => label.trim().slice(0, 200))
    .filter((label) => label !== '')
    .slice(0, 50);
}
