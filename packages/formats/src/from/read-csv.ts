import type { InputError } from './input.ts';
import { failed } from './input.ts';

/** One record of a CSV. */
export interface CsvRow {
  /** On which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type Csv =
  | { readonly ok: true; readonly rows: readonly CsvRow[]; readonly separator: string }
  | { readonly ok: false; readonly error: InputError };

const separators = [',', ';', '\t'] as const;
const mostRows = 1_000_000;
const mostColumns = 200;
/** What a cell of a spreadsheet holds at the most. */
const longestCell = 32_767;

/**
 * Reads comma separated values (RFC 4180), also with semicolons or tabs, which the first line tells, and with any line ends. Empty lines
 * and lines that begin with # are passed over. A quotation mark that is not closed, or text behind one, fails the whole.
 */
export function readCsv(text: string): Csv {
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  const ends = new RegExp(`[${separator}\\r\\n]`, 'g');
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  let lineStart = at;
  while (at < text.length) {
    if (text[at] === '#') {
      at = endOfLine(text, at);
    } else {
      const row = { line, cells: [] as string[] };
      for (;;) {
        const start = at;
        const place = `line ${line}, column ${at - lineStart + 1}`;
        let cell = '';
        if (text[at] === '"') {
          const quoted = readQuoted(text, at);
          if (quoted === undefined) return failed('A quotation mark opens here, and none closes it.', place);
          cell = quoted.cell;
          at = quoted.end;
          for (
            let gap = text.indexOf('\n', start);
            gap !== -1 && gap < at;
            gap = text.indexOf('\n', gap + 1)
          ) {
            line += 1;
            lineStart = gap + 1;
          }
          if (at < text.length && !isEnd(text[at], separator))
            return failed(
              'Something stands behind the quotation mark that closes a cell.',
              `line ${line}, column ${at - lineStart + 1}`,
            );
        } else {
          ends.lastIndex = at;
          const end = ends.exec(text)?.index ?? text.length;
          cell = text.slice(at, end);
          at = end;
        }
        if (cell.length > longestCell)
          return failed(`A cell has ${longestCell} characters at the most.`, place);
        row.cells.push(cell);
        if (row.cells.length > mostColumns)
          return failed(`A row has ${mostColumns} columns at the most.`, place);
        if (text[at] !== separator) break;
        at += 1;
      }
      if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row);
      if (rows.length > mostRows) return failed(`It has more than ${mostRows} rows.`, `line ${line}`);
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    lineStart = at;
  }
  return { ok: true, rows, separator };
}

function isEnd(character: string | undefined, separator: string): boolean {
  return character === separator || character === '\r' || character === '\n';
}

/** A cell in quotation marks; two of them inside stand for one. Undefined where none closes it. */
function readQuoted(
  text: string,
  start: number,
): { readonly cell: string; readonly end: number } | undefined {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return undefined;
    if (text[quote + 1] !== '"') {
      return { cell: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    from = quote + 2;
  }
}

function endOfLine(text: string, from: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = from;
  return end.exec(text)?.index ?? text.length;
}

/** Characters at the beginning that the separator is told from. */
const lookedAt = 65_536;

/** The separator of which the first line that says something has most, outside of quotation marks. */
function separatorOf(text: string): string {
  const lines = text
    .slice(0, lookedAt)
    .replace(/^\ufeff/, '')
    .split(/[\r\n]+/);
  const bare = (lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '').replace(
    /"[^"]*"/g,
    '',
  );
  const count = (separator: string) => bare.split(separator).length;
  return separators.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
