/** One line of the table: what was measured, beside what the same machine did at the same time without Belltower. */
export interface Result {
  readonly engine: string;
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly yardstick?: { readonly name: string; readonly value: number };
  /** Value by yardstick; the median of the rounds where both were measured in turns. */
  readonly ratio?: number;
  /** Microseconds of a processor for each unit: of the node, and of the yardstick where that is a server. */
  readonly processor?: { readonly value: number; readonly yardstick?: number };
}

/** Two speeds that were measured in turns, so that the machine's moods meet both. */
export interface Comparison {
  readonly value: number;
  readonly yardstick: number;
  readonly ratio: number;
}

export type Speed = () => Promise<number>;

/** Measures both once unseen, to warm them up, and then `rounds` times in turns. */
export async function compare(
  subject: Speed,
  yardstick: Speed,
  { rounds }: { readonly rounds: number },
): Promise<Comparison> {
  await subject();
  await yardstick();
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push([await subject(), await yardstick()]);
  return {
    value: percentile(
      pairs.map(([value]) => value),
      0.5,
    ),
    yardstick: percentile(
      pairs.map(([, value]) => value),
      0.5,
    ),
    ratio: percentile(
      pairs.map(([value, other]) => value / other),
      0.5,
    ),
  };
}

/** The value below which that share of them lies; the mean of two for the median of an even number. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** The results as text in columns. */
export function formatTable(results: readonly Result[]): string {
  const lines = [
    ['engine', 'measured', 'value', 'unit', 'yardstick', 'value', 'ratio', 'cpu µs', 'yardstick'],
    ...results.map(({ engine, name, value, unit, yardstick, ratio, processor }) => [
      engine,
      name,
      formatNumber(value),
      unit,
      yardstick?.name ?? '',
      yardstick === undefined ? '' : formatNumber(yardstick.value),
      ratio === undefined ? '' : ratio.toPrecision(3),
      processor === undefined ? '' : formatNumber(processor.value),
      processor?.yardstick === undefined ? '' : formatNumber(processor.yardstick),
    ]),
  ];
  const numeric = new Set([2, 5, 6, 7, 8]);
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return numeric.has(column) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatNumber(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}
