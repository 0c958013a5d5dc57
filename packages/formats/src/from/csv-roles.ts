import type { InputError } from './input.ts';
import { failed } from './input.ts';
import { readValue } from './read-value.ts';
import { kindNamed, plainName, type ValueKind } from './value-kinds.ts';

/** What a column of a list holds: a value of a kind, or something about the values of its row. */
export type ColumnRole =
  | { readonly role: 'value'; readonly kind: ValueKind | undefined }
  | { readonly role: RowRole };

export type RowRole = (typeof rowRoles)[number];

const rowRoles = [
  'type',
  'first_seen',
  'last_seen',
  'valid_until',
  'confidence',
  'tlp',
  'name',
  'description',
  'labels',
  'cc',
  'range_from',
  'range_to',
  'kind',
  'country',
  'terminating_country',
  'carrier',
  'tadig',
] as const;

/** Roles whose content becomes a label, with its role before it. */
export const labelRoles = [
  'kind',
  'country',
  'terminating_country',
  'carrier',
  'tadig',
] as const satisfies readonly RowRole[];

/** What lists call these, in small letters and without what stands between words. */
const aliases: ReadonlyMap<string, RowRole> = new Map<string, RowRole>([
  ...rowRoles.map((role) => [plainName(role), role] as const),
  ['indicatortype', 'type'],
  ['ioctype', 'type'],
  ['attributetype', 'type'],
  ['datatype', 'type'],
  ['firstseenutc', 'first_seen'],
  ['firstobserved', 'first_seen'],
  ['dateadded', 'first_seen'],
  ['date', 'first_seen'],
  ['from', 'first_seen'],
  ['validfrom', 'first_seen'],
  ['timestamp', 'first_seen'],
  ['lastseenutc', 'last_seen'],
  ['lastobserved', 'last_seen'],
  ['lastonline', 'last_seen'],
  ['modified', 'last_seen'],
  ['expires', 'valid_until'],
  ['expiry', 'valid_until'],
  ['expiration', 'valid_until'],
  ['until', 'valid_until'],
  ['confidencelevel', 'confidence'],
  ['marking', 'tlp'],
  ['title', 'name'],
  ['comment', 'description'],
  ['notes', 'description'],
  ['note', 'description'],
  ['remarks', 'description'],
  ['label', 'labels'],
  ['tags', 'labels'],
  ['tag', 'labels'],
  ['types', 'labels'],
  ['callingcode', 'cc'],
  ['countrycode', 'cc'],
  ['rangestart', 'range_from'],
  ['fromnumber', 'range_from'],
  ['rangeend', 'range_to'],
  ['tonumber', 'range_to'],
  ['operator', 'carrier'],
  ['tadigcode', 'tadig'],
]);

/** Headings of values of any kind; of several in one list the first of these has the values, and others name what they are in. */
const valueNames: readonly string[] = [
  'value',
  'iocvalue',
  'ioc',
  'observable',
  'indicator',
  'entry',
  'item',
];

/** The role that a heading or a mapping names; undefined where it names none. */
export function roleNamed(name: string): ColumnRole | undefined {
  const plain = plainName(name);
  if (valueNames.includes(plain)) return { role: 'value', kind: undefined };
  const role = aliases.get(plain);
  if (role !== undefined) return { role };
  const kind = kindNamed(name);
  return kind === undefined ? undefined : { role: 'value', kind };
}

/** Columns of a list by their place, and whether its first row says what they are. */
export interface Columns {
  readonly roles: readonly (ColumnRole | undefined)[];
  readonly hasHeadings: boolean;
}

export type ReadColumns =
  | { readonly ok: true; readonly columns: Columns }
  | { readonly ok: false; readonly error: InputError };

/**
 * What the columns of a list are: as a mapping says (`column=role`, the column by heading or number), and for the others as their
 * headings do. A list of one column without a heading is one of values.
 */
export function readColumns(first: readonly string[], mapping: readonly string[] = []): ReadColumns {
  const named = rolesOfHeadings(first);
  const mapped = new Map<number, ColumnRole>();
  let namesHeading = false;
  for (const pair of mapping) {
    const cut = pair.lastIndexOf('=');
    const [column, wanted] = [pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()];
    const role = cut === -1 ? undefined : roleNamed(wanted);
    if (role === undefined)
      return failed(
        `"${pair.slice(0, 80)}" is no mapping: one is column=role, where a role is value, a kind of value, or one of ${rowRoles.join(', ')}.`,
        'columns',
      );
    const byHeading = first.findIndex((heading) => plainHeading(heading) === plainHeading(column));
    const index = byHeading === -1 && /^\d{1,3}$/.test(column) ? Number(column) - 1 : byHeading;
    if (index < 0 || index >= first.length)
      return failed(`There is no column "${column.slice(0, 80)}" in the first line.`, 'line 1');
    namesHeading ||= byHeading !== -1;
    mapped.set(index, role);
  }
  // `ipv4,198.51.100.7` is no line of headings, although a column may be called so.
  const isData = first.some((cell) => readValue(cell, undefined).ok);
  const hasHeadings = namesHeading || (!isData && named.some((role) => role !== undefined));
  const guessed = hasHeadings
    ? named
    : first.length === 1
      ? [{ role: 'value', kind: undefined } as const]
      : [];
  const roles = first.map((_, index) => mapped.get(index) ?? guessed[index]);
  const holdsValues = roles.some((role) => role?.role === 'value' || role?.role === 'range_from');
  if (!holdsValues)
    return failed(
      'No column of the first line is known to hold values: name one with a mapping, as in 1=value or number=msisdn.',
      'line 1',
    );
  return { ok: true, columns: { roles, hasHeadings } };
}

function rolesOfHeadings(headings: readonly string[]): readonly (ColumnRole | undefined)[] {
  const plain = headings.map(plainName);
  const values = valueNames.find((name) => plain.includes(name));
  return headings.map((heading, index) =>
    valueNames.includes(plain[index] ?? '') && plain[index] !== values ? undefined : roleNamed(heading),
  );
}

function plainHeading(heading: string): string {
  return heading.trim().toLowerCase();
}
