import { printable } from './printable.ts';
import { print, styled } from './terminal.ts';

/** A column: its heading and what stands in it. */
export type Column<Row> = readonly [heading: string, cell: (row: Row) => string | undefined];

/** Rows as aligned text; the first line has the headings. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): readonly string[] {
  const cells = rows.map((row) => columns.map(([, cell]) => printable(cell(row) ?? '-')));
  const headings = columns.map(([heading]) => heading);
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(headings), ...cells.map(line)];
}

export async function printTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  none: string,
): Promise<void> {
  if (rows.length === 0) return print(none);
  const [headings = '', ...lines] = formatTable(rows, columns);
  await print(styled('dim', headings));
  for (const line of lines) await print(line);
}

/** One thing as lines of name and value. */
export async function printFields(fields: readonly (readonly [string, string | undefined])[]): Promise<void> {
  const width = Math.max(...fields.map(([name]) => name.length));
  for (const [name, value] of fields) {
    await print(`${styled('dim', name.padEnd(width))}  ${printable(value ?? '-')}`);
  }
}
