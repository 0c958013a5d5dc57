import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import type { BenchOptions } from './options.ts';
import type { Result } from './result.ts';
import { markdownTable } from './table.ts';

/** The lines between which a document holds figures; what stands around them stays. */
export const markers = { begin: '<!-- figures: begin -->', end: '<!-- figures: end -->' } as const;

/** What the figures of a document come from. */
export interface Figures {
  readonly date: string;
  readonly options: Pick<BenchOptions, 'quick' | 'runs'>;
  readonly results: readonly Result[];
  /** Versions by engine. */
  readonly versions: ReadonlyMap<string, string>;
}

/** Writes the figures into a document, between its markers. */
export async function writeMarkdown(file: string, figures: Figures): Promise<void> {
  await writeFile(file, replaceFigures(await readFile(file, 'utf8'), figuresText(figures)));
}

/** A document with other figures. Throws where it has not both markers, in their order. */
export function replaceFigures(document: string, figures: string): string {
  const [begin, end] = [document.indexOf(markers.begin), document.indexOf(markers.end)];
  if (begin === -1 || end < begin)
    throw new Error(`The document needs ${markers.begin} before ${markers.end}`);
  return `${document.slice(0, begin + markers.begin.length)}\n\n${figures}\n\n${document.slice(end)}`;
}

const titles: Readonly<Record<string, string>> = {
  formats: 'Formats, without a node',
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
};

function figuresText({ date, options, results, versions }: Figures): string {
  const memory = (totalmem() / 1_000_000_000).toFixed(0);
  const model = [...new Set(cpus().map((processor) => processor.model))].join(', ');
  const head = [
    ...(options.quick
      ? [
          '**From a quick run: small collections, short rounds. Good for the shape, not for the figures.**',
          '',
        ]
      : []),
    `- Date: ${date}`,
    `- Machine: ${cpus().length} × ${model}, ${memory} GB, ${type()} ${release()}; load, node and database share it`,
    `- Node ${process.version}`,
    `- Runs: ${options.runs}; a value is their median, “from–to” the least and the most of all rounds`,
  ];
  const tables = [...Map.groupBy(results, ({ engine }) => engine)].map(
    ([engine, lines]) =>
      `### ${[titles[engine] ?? engine, versions.get(engine) ?? ''].join(' ').trim()}\n\n${markdownTable(lines)}`,
  );
  return [head.join('\n'), ...tables].join('\n\n');
}
