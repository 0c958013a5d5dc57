import type { Result } from './result.ts';
import { targets } from './targets.ts';

const columns = [
  'engine',
  'measured',
  'value',
  'unit',
  'from–to',
  'target',
  '',
  'yardstick',
  'value',
  'ratio',
  'cpu µs',
  'yardstick',
] as const;
const numeric: ReadonlySet<number> = new Set([2, 4, 5, 8, 9, 10, 11]);

/** The results as text in columns. */
export function formatTable(results: readonly Result[]): string {
  const lines = [columns, ...results.map(cells)];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
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

/** The results of one engine as a Markdown table, without the engine's name. */
export function markdownTable(results: readonly Result[]): string {
  const lines = results.map((result) => cells(result).slice(1));
  const rule = columns.slice(1).map((_, column) => (numeric.has(column + 1) ? '---:' : '---'));
  return [columns.slice(1), rule, ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cells({
  engine,
  name,
  value,
  unit,
  samples,
  yardstick,
  ratio,
  processor,
}: Result): readonly string[] {
  const target = targets.get(name);
  return [
    engine,
    name,
    formatNumber(value),
    unit,
    samples === undefined || samples.length < 2
      ? ''
      : `${formatNumber(Math.min(...samples))}–${formatNumber(Math.max(...samples))}`,
    target === undefined ? '' : formatNumber(target),
    target === undefined ? '' : value >= target ? 'met' : 'missed',
    yardstick?.name ?? '',
    yardstick === undefined ? '' : formatNumber(yardstick.value),
    ratio === undefined ? '' : ratio.toPrecision(3),
    processor === undefined ? '' : formatNumber(processor.value),
    processor?.yardstick === undefined ? '' : formatNumber(processor.yardstick),
  ];
}

function formatNumber(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}
