import { roleNamed } from './csv-roles.ts';
import { readCsv } from './read-csv.ts';

/**
 * Whether the beginning of a text looks like a list: its first line has headings that are known, and the next ones as many cells. Lists
 * without headings are told from text by whoever has them.
 */
export function looksLikeCsv(beginning: string): boolean {
  const whole = beginning.slice(0, Math.max(beginning.lastIndexOf('\n'), 0)) || beginning;
  const csv = readCsv(whole);
  if (!csv.ok) return false;
  const [headings, ...rows] = csv.rows.slice(0, 20);
  if (headings === undefined || rows.length === 0) return false;
  const known = headings.cells.filter((cell) => cell.length <= 40 && roleNamed(cell) !== undefined);
  const isTable =
    headings.cells.length > 1 && rows.every(({ cells }) => cells.length === headings.cells.length);
  const isList =
    headings.cells.length === 1 && rows.every(({ cells: [cell = ''] }) => !/\s/.test(cell.trim()));
  return known.length > 0 && (isTable || isList);
}
