import type { StixTimestamp, TlpLevel } from '@belltower/stix';
import { confidenceOfCell, labelsOfCell, timeOfCell, tlpOfCell } from './csv-cells.ts';
import type { ColumnRole, RowRole } from './csv-roles.ts';
import { labelRoles } from './csv-roles.ts';
import type { CsvRow } from './read-csv.ts';
import type { ListedValue } from './read-value.ts';
import { readValue } from './read-value.ts';
import { kindNamed, type ValueKind } from './value-kinds.ts';

/** What a row of a list says. */
export interface ListedRow {
  readonly line: number;
  readonly values: readonly ListedValue[];
  readonly firstSeen: StixTimestamp | undefined;
  readonly lastSeen: StixTimestamp | undefined;
  readonly validUntil: StixTimestamp | undefined;
  readonly confidence: number | undefined;
  readonly tlp: TlpLevel | undefined;
  /** Whether it has a marking that nobody can read. */
  readonly isMarkedUnreadably: boolean;
  readonly name: string;
  readonly description: string;
  readonly labels: readonly string[];
  /** What a range of numbers is used for, as the list says. */
  readonly use: string;
  /** What of it could not be read: which cell, and why. */
  readonly faults: readonly Fault[];
}

export interface Fault {
  readonly what: string;
  readonly why: string;
}

/** Reads a row by the roles of its columns. A cell that cannot be read is a fault, and the rest of the row stands. */
export function readRow(row: CsvRow, roles: readonly (ColumnRole | undefined)[]): ListedRow {
  const faults: Fault[] = [];
  const cells = cellsByRole(row, roles);
  const cell = (role: RowRole) => cells.get(role)?.trim() ?? '';
  const read = <Value>(role: RowRole, reader: (text: string) => Value | undefined, why: string) => {
    const text = cell(role);
    const value = text === '' ? undefined : reader(text);
    if (text !== '' && value === undefined) faults.push({ what: `${role} "${short(text)}"`, why });
    return value;
  };
  const tlp = read('tlp', tlpOfCell, 'It is clear, green, amber, amber+strict or red.');
  const times = 'A time is written as 2026-03-01, 2026-03-01T09:30:00Z or in seconds since 1970.';
  return {
    line: row.line,
    values: [...valuesOf(row, { roles, named: typeOf(cell), faults }), ...rangeOf(cell, faults)],
    firstSeen: read('first_seen', timeOfCell, times),
    lastSeen: read('last_seen', timeOfCell, times),
    validUntil: read('valid_until', timeOfCell, times),
    confidence: read('confidence', confidenceOfCell, 'It is 0 to 100, or low, medium or high.'),
    tlp,
    isMarkedUnreadably: tlp === undefined && cell('tlp') !== '',
    name: cell('name'),
    description: cell('description'),
    labels: [
      ...labelsOfCell(cell('labels')),
      ...labelRoles.flatMap((role) =>
        cell(role) === '' || (role === 'kind' && kindNamed(cell(role)) !== undefined)
          ? []
          : [`${role.replace('_', '-')}:${short(cell(role))}`],
      ),
    ],
    use: cell('kind').toLowerCase(),
    faults,
  };
}

/** Of several columns of one role the first that says something. */
function cellsByRole(
  { cells }: CsvRow,
  roles: readonly (ColumnRole | undefined)[],
): ReadonlyMap<RowRole, string> {
  const found = new Map<RowRole, string>();
  for (const [index, column] of roles.entries()) {
    const text = cells[index] ?? '';
    if (column === undefined || column.role === 'value' || text.trim() === '' || found.has(column.role))
      continue;
    found.set(column.role, text);
  }
  return found;
}

/** What a column of types says, or one of kinds where it holds those: lists of ranges call something else so. */
function typeOf(cell: (role: RowRole) => string): ValueKind | undefined {
  return kindNamed(cell('type')) ?? kindNamed(cell('kind'));
}

interface Reading {
  readonly roles: readonly (ColumnRole | undefined)[];
  readonly named: ValueKind | undefined;
  readonly faults: Fault[];
}

function valuesOf({ cells }: CsvRow, { roles, named, faults }: Reading): readonly ListedValue[] {
  return roles.flatMap((column, index): readonly ListedValue[] => {
    const text = (cells[index] ?? '').trim();
    if (column?.role !== 'value' || text === '') return [];
    const read = readValue(text, column.kind ?? named);
    if (!read.ok) {
      faults.push({ what: `value "${short(text)}"`, why: read.why });
      return [];
    }
    if (read.value.kind === 'ipv4' && /:\d+$/.test(text))
      faults.push({ what: `port of "${short(text)}"`, why: 'The address stands for all its ports.' });
    return [read.value];
  });
}

/** Both ends of a range; they stand behind the country code where there is one, unless they begin with + or 00. */
function rangeOf(cell: (role: RowRole) => string, faults: Fault[]): readonly ListedValue[] {
  const [from, to, cc] = [cell('range_from'), cell('range_to'), cell('cc').replace(/^\+|^00/, '')];
  if (from === '' && to === '') return [];
  const whole = (end: string) => {
    const digits = end.replace(/[\s.()/-]/g, '');
    if (/^(?:\+|00)/.test(digits)) return digits.replace(/^(?:\+|00)/, '');
    return /^\d{1,3}$/.test(cc) ? cc + digits : digits;
  };
  const text = to === '' ? `${whole(from).replace(/\*$/, '')}*` : `${whole(from)}..${whole(to)}`;
  const read = readValue(text, 'number-range');
  if (read.ok) return [read.value];
  faults.push({ what: `range "${short(from)}" to "${short(to)}"`, why: read.why });
  return [];
}

/** As much of a text as a report of losses needs. */
function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text;
}
