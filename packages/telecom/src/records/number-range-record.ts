import { callingCodeOf } from '../numbering/calling-code.ts';
import type { NumberRange } from '../numbering/number-range.ts';
import { parseNumberRange } from '../numbering/number-range.ts';
import { rangeHolderOf } from '../numbering/range-holder.ts';
import type { Doubt, Parsed } from '../parsed.ts';
import { notUnderstood, understood } from '../parsed.ts';
import type { Fields } from './fields.ts';
import { field, isTime } from './fields.ts';

/** What is known of a range of numbers that is used for fraud, for tests or by nobody. */
export interface NumberRangeRecord {
  readonly range: NumberRange;
  readonly use: RangeUse;
  /** Without +; undefined where the numbers begin with none. */
  readonly callingCode: string | undefined;
  /** ISO 3166-1 alpha-2 of the country where calls to it end, which need not be that of the calling code. */
  readonly terminatingCountry: string | undefined;
  /** Who has the range, as the record says, or else to whom it was given. */
  readonly carrier: string | undefined;
  /** A day or a time of RFC 3339. */
  readonly firstSeen: string | undefined;
  readonly lastSeen: string | undefined;
  readonly doubts: readonly Doubt[];
}

/** What a range of numbers is used for. */
export const rangeUses = {
  irsf: 'international revenue share fraud',
  prs: 'premium rate service',
  test: 'test numbers, which frauds call to see whether a route earns',
  unallocated: 'given to nobody',
  wangiri: 'calls that ring once, to be called back',
} as const;

export type RangeUse = keyof typeof rangeUses;

export function isRangeUse(name: string): name is RangeUse {
  return Object.hasOwn(rangeUses, name);
}

/**
 * Reads a row of a range list: `range_from` and `range_to` (or `range`, or `prefix`), `kind`, `terminating_country`, `carrier`, `first_seen`,
 * `last_seen`, and `cc` for a calling code that the numbers leave out.
 */
export function readNumberRangeRecord(fields: Fields): Parsed<NumberRangeRecord> {
  const use = field(fields, 'kind', 'use')?.toLowerCase() ?? '';
  if (!isRangeUse(use)) return notUnderstood(`The kind of a range is ${Object.keys(rangeUses).join(', ')}.`);
  const range = parseNumberRange(rangeText(fields));
  if (!range.ok) return range;
  const country = field(fields, 'terminating_country')?.toUpperCase();
  if (country !== undefined && !/^[A-Z]{2}$/.test(country))
    return notUnderstood('The terminating country is two letters of ISO 3166-1.');
  const [firstSeen, lastSeen] = [field(fields, 'first_seen'), field(fields, 'last_seen')];
  for (const seen of [firstSeen, lastSeen])
    if (seen !== undefined && !isTime(seen))
      return notUnderstood('A time is written as 2026-12-01 or 2026-12-01T10:00:00Z.');
  if (firstSeen !== undefined && lastSeen !== undefined && Date.parse(firstSeen) > Date.parse(lastSeen))
    return notUnderstood('It was last seen before it was first seen.');
  const { prefix, doubts } = range.value;
  const code = callingCodeOf(prefix);
  return understood({
    range: range.value,
    use,
    callingCode: code?.code,
    terminatingCountry: country,
    carrier: field(fields, 'carrier') ?? rangeHolderOf(prefix),
    firstSeen,
    lastSeen,
    doubts: [...doubts, ...recordDoubts(prefix, code?.countries ?? [], country)],
  });
}

function rangeText(fields: Fields): string {
  const cc = field(fields, 'cc')?.replace(/^(?:\+|00)/, '') ?? '';
  const whole = (digits: string | undefined) => {
    const plain = digits?.replace(/^\+/, '').replace(/[\s-]/g, '') ?? '';
    return plain.startsWith(cc) ? plain : cc + plain;
  };
  const [from, to, prefix] = [
    field(fields, 'range_from'),
    field(fields, 'range_to'),
    field(fields, 'prefix'),
  ];
  if (from !== undefined) return `${whole(from)}..${whole(to ?? from)}`;
  if (prefix !== undefined) return `${whole(prefix).replace(/\*$/, '')}*`;
  return field(fields, 'range') ?? '';
}

function recordDoubts(
  prefix: string,
  countries: readonly string[],
  terminating: string | undefined,
): readonly Doubt[] {
  if (countries.length === 0 && prefix.length >= 3 && callingCodeOf(prefix) === undefined)
    return [
      {
        code: 'not-assigned',
        message: 'No country and no service has a calling code like its first digits.',
      },
    ];
  if (terminating === undefined || countries.length === 0 || countries.includes(terminating)) return [];
  const message = `Its numbers are of ${countries.join(', ')}, and calls end in ${terminating}: they are stopped on the way.`;
  return [{ code: 'hostile', message }];
}
