import type { StixTimestamp, TlpLevel } from '@belltower/stix';
import { compareTimestamps, strictestTlp, tlpMarkingId } from '@belltower/stix';
import type { Json } from '../json.ts';
import type { Loss } from '../loss.ts';
import { tlpDefinitions } from '../tlp-definitions.ts';
import { readColumns } from './csv-roles.ts';
import type { ListedRow } from './csv-row.ts';
import { readRow } from './csv-row.ts';
import type { InputAbout, ReadInput } from './input.ts';
import { failed } from './input.ts';
import type { Maker } from './maker.ts';
import { createMaker, isSure, lowConfidence } from './maker.ts';
import { readCsv } from './read-csv.ts';
import type { ListedValue } from './read-value.ts';
import { patternOfValue } from './value-pattern.ts';

/**
 * A list of values as indicators, one for each value. What the columns are is told by a mapping or by their headings; the kind of a value by a
 * column of types, by the heading of its column, or by what it is. A row that cannot be read is left out and told with its line;
 * a list that is no CSV is refused whole.
 */
export function fromCsv(text: string, about: InputAbout): ReadInput {
  const csv = readCsv(text.toWellFormed());
  if (!csv.ok) return csv;
  const [first] = csv.rows;
  if (first === undefined) return failed('There are no rows in it.', 'line 1');
  const read = readColumns(first.cells, about.columns);
  if (!read.ok) return read;
  const { roles, hasHeadings } = read.columns;
  const losses: Loss[] = first.cells.flatMap((heading, index) =>
    roles[index] === undefined && hasHeadings
      ? [
          {
            at: `line ${first.line}`,
            what: `column "${heading.trim().slice(0, 80)}"`,
            why: 'It is none that is known here; a mapping can name it.',
          },
        ]
      : [],
  );
  const list = new ListedIndicators(about, losses);
  for (const row of hasHeadings ? csv.rows.slice(1) : csv.rows) list.add(readRow(row, roles));
  const objects = list.objects();
  return { ok: true, value: { objects: [...tlpDefinitions(objects), ...objects], losses } };
}

interface Kept {
  readonly line: number;
  readonly object: Json;
  readonly tlp: TlpLevel | undefined;
}

/** Each pattern once, whatever number of rows name it. */
class ListedIndicators {
  readonly #about: InputAbout;
  readonly #maker: Maker;
  readonly #losses: Loss[];
  readonly #kept = new Map<string, Kept>();

  constructor(about: InputAbout, losses: Loss[]) {
    this.#about = about;
    this.#maker = createMaker(about);
    this.#losses = losses;
  }

  objects(): readonly Json[] {
    return [...this.#kept.values()].map(({ object }) => object);
  }

  add(row: ListedRow): void {
    const at = `line ${row.line}`;
    for (const { what, why } of row.faults) this.#losses.push({ at, what, why });
    const refusal = this.#refusalOf(row);
    if (refusal !== undefined) {
      if (row.values.length > 0 || row.faults.length === 0)
        this.#losses.push({ at, what: 'row', why: refusal });
      return;
    }
    for (const value of row.values) this.#addValue(row, value);
  }

  /** Why a row cannot be an indicator although its values can be read. */
  #refusalOf({ values, validUntil, firstSeen, isMarkedUnreadably }: ListedRow): string | undefined {
    if (values.length === 0) return 'There is no value in it.';
    if (isMarkedUnreadably) return 'Nobody knows to whom it may be shown, as its marking cannot be read.';
    if (validUntil !== undefined && !isBefore(firstSeen ?? this.#about.now, validUntil))
      return `It was valid until ${validUntil}.`;
    return undefined;
  }

  #addValue(row: ListedRow, value: ListedValue): void {
    const at = `line ${row.line}`;
    const pattern = patternOfValue(value.kind, value.value);
    if (pattern === undefined) {
      this.#losses.push({ at, what: `${value.kind} ${value.value}`, why: 'No pattern of STIX says it.' });
      return;
    }
    const doubtful = !isSure(value.doubts);
    if (doubtful && this.#about.sure === true) {
      this.#losses.push({
        at,
        what: `${value.kind} ${value.value}`,
        why: value.doubts.map(({ message }) => message).join(' '),
      });
      return;
    }
    const known = this.#kept.get(pattern);
    const object = this.#indicator(row, { value, pattern, doubtful });
    const kept = { line: row.line, object, tlp: row.tlp ?? this.#about.tlp };
    this.#kept.set(pattern, known === undefined ? kept : this.#both(known, kept));
  }

  #indicator(
    row: ListedRow,
    {
      value,
      pattern,
      doubtful,
    }: { readonly value: ListedValue; readonly pattern: string; readonly doubtful: boolean },
  ): Json {
    const { now } = this.#about;
    const from = row.firstSeen ?? now;
    const modified = row.lastSeen !== undefined && isBefore(from, row.lastSeen) ? row.lastSeen : from;
    const confidence = row.confidence ?? (doubtful ? lowConfidence : undefined);
    return {
      ...this.#maker.head({
        id: this.#maker.id('indicator', pattern),
        created: row.firstSeen,
        modified,
        ...(row.tlp === undefined ? {} : { tlp: row.tlp }),
      }),
      name: (row.name || `${value.kind}: ${value.value}`).slice(0, 250).toWellFormed(),
      ...this.#description(row, doubtful && row.confidence === undefined ? value.doubts : []),
      indicator_types: typesOf(row.use),
      pattern,
      pattern_type: 'stix',
      pattern_version: '2.1',
      valid_from: from,
      ...(row.validUntil === undefined ? {} : { valid_until: row.validUntil }),
      ...(confidence === undefined ? {} : { confidence }),
      ...(row.labels.length === 0 ? {} : { labels: [...new Set(row.labels)] }),
    };
  }

  #description({ description }: ListedRow, doubts: ListedValue['doubts']): Json {
    const { name = '' } = this.#about;
    const said = description || (name === '' ? '' : `It stands in the list “${name}”.`);
    const parts = [said, ...doubts.map(({ message }) => message)].filter((part) => part !== '');
    return parts.length === 0 ? {} : { description: parts.join('\n') };
  }

  /** The first of two rows stands, under the stricter marking of both. */
  #both(known: Kept, again: Kept): Kept {
    if (JSON.stringify(known.object) === JSON.stringify(again.object)) return known;
    this.#losses.push({
      at: `line ${again.line}`,
      what: 'row',
      why: `Line ${known.line} has the same value, and holds; this one says something else of it.`,
    });
    const tlp = strictestTlp([known.tlp, again.tlp].filter((level) => level !== undefined));
    const marking = tlp === undefined ? {} : { object_marking_refs: [tlpMarkingId(tlp)] };
    return { ...known, tlp, object: { ...known.object, ...marking } };
  }
}

function isBefore(one: StixTimestamp, other: StixTimestamp): boolean {
  return compareTimestamps(one, other) < 0;
}

/** Numbers that only look odd are no attack: unassigned and test numbers, and those that cost more. */
const oddUses: ReadonlySet<string> = new Set(['prs', 'premium', 'test', 'unallocated', 'unassigned']);

function typesOf(use: string): readonly string[] {
  return [oddUses.has(use) ? 'anomalous-activity' : 'malicious-activity'];
}
