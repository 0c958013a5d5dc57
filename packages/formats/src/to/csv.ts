import type { ListedIndicator } from '../indicator/read-indicator.ts';
import { targetKinds } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import type { Entry } from './entries.ts';
import { entriesOf, oneLine } from './entries.ts';

const columns: readonly (readonly [heading: string, cell: (entry: Entry) => string])[] = [
  ['kind', ({ target }) => target.kind],
  ['value', ({ target }) => target.value],
  ['port', ({ target }) => String(target.port ?? '')],
  ['indicator', ({ indicator }) => indicator.id],
  ['name', ({ indicator }) => indicator.name],
  ['types', ({ indicator }) => indicator.types.join(' ')],
  ['valid_from', ({ indicator }) => indicator.validFrom],
  ['valid_until', ({ indicator }) => indicator.validUntil ?? ''],
  ['confidence', ({ indicator }) => String(indicator.confidence ?? '')],
  ['tlp', ({ indicator }) => indicator.tlp ?? ''],
];

/** Every value with its indicator, under a line of headings. */
export function writeCsv(indicators: readonly ListedIndicator[]): Written {
  const { entries, losses } = entriesOf(indicators, {
    carries: new Set(targetKinds),
    format: 'CSV',
    ports: true,
  });
  const text = csvText([
    columns.map(([heading]) => heading),
    ...entries.map((entry) => columns.map(([, cell]) => cell(entry))),
  ]);
  return { text, count: entries.length, losses };
}

/** RFC 4180, each record on one line. A cell that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return lines
    .map((cells) => `${cells.map((cell) => quote(oneLine(cell, longestCell))).join(',')}\r\n`)
    .join('');
}

/** Characters that spreadsheets take in one cell. */
const longestCell = 32_767;

function quote(cell: string): string {
  // A telephone number begins with + and is none of a spreadsheet's business either.
  const safe = /^[=@\t\r]|^[+-](?!\d+$)/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
