import type { ListedIndicator } from '../indicator/read-indicator.ts';
import { targetKinds } from '../indicator/target.ts';
import type { Written } from '../loss.ts';
import type { Entry } from './entries.ts';
import { entriesOf } from './entries.ts';

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

/** RFC 4180, with a line of headings. A cell that a spreadsheet would run as a formula gets an apostrophe before it. */
export function writeCsv(indicators: readonly ListedIndicator[]): Written {
  const { entries, losses } = entriesOf(indicators, {
    carries: new Set(targetKinds),
    format: 'CSV',
    ports: true,
  });
  const lines = [
    columns.map(([heading]) => heading),
    ...entries.map((entry) => columns.map(([, cell]) => cell(entry))),
  ];
  const text = lines.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
  return { text, count: entries.length, losses };
}

function quote(cell: string): string {
  // A telephone number begins with + and is none of a spreadsheet's business either.
  const safe = /^[=@\t\r]|^[+-](?!\d+$)/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
