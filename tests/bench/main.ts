// How fast a node is, beside a yardstick on the same machine at the same time. `--help` names the options.
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { Bench } from './bench.ts';
import { benchPlace } from './bench-place.ts';
import { benchFormats } from './formats.ts';
import { writeMarkdown } from './markdown.ts';
import type { BenchOptions } from './options.ts';
import { readOptions, usage } from './options.ts';
import type { Place } from './place.ts';
import { places } from './place.ts';
import type { Result } from './result.ts';
import { combineRuns } from './result.ts';
import { formatTable } from './table.ts';

const date = new Date().toISOString().slice(0, 10);
const options = parse();
if (options === undefined) console.log(usage);
else await main(options);

function parse(): BenchOptions | undefined {
  try {
    return readOptions(process.argv.slice(2), date);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

async function main(asked: BenchOptions): Promise<void> {
  const measured: Result[] = [];
  const versions = new Map<string, string>();
  const interrupted = Promise.withResolvers<never>();
  process.once('SIGINT', () => interrupted.reject(new Error('Interrupted')));
  // What is open is closed also where a run is broken off.
  await using stack = new AsyncDisposableStack();
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1_000).toFixed(0)} s`;
  try {
    if (asked.scenarios.includes('formats')) {
      for (let run = 1; run <= asked.runs; run += 1)
        await Promise.race([benchFormats(asked, reporter('formats', measured)), interrupted.promise]);
    }
    const onNode = asked.scenarios.some((name) => name !== 'formats');
    for (const open of onNode ? places : []) {
      for (let run = 1; run <= asked.runs; run += 1) {
        if (asked.runs > 1) console.error(`run ${run} of ${asked.runs}, after ${seconds()}`);
        await Promise.race([runOnce(open, { asked, measured, versions, stack }), interrupted.promise]);
      }
    }
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
  const results = combineRuns(measured);
  if (results.length > 0) {
    console.log(`\n${formatTable(results)}`);
    const machine = { node: process.version, processors: cpus().map(({ model }) => model) };
    const engines = Object.fromEntries(versions);
    const whole = { date, machine, engines, options: asked, results };
    await writeFile(asked.json, `${JSON.stringify(whole, null, 2)}\n`);
    console.log(`\n${seconds()}; written to ${asked.json}`);
    if (asked.markdown !== undefined && process.exitCode === undefined) {
      await writeMarkdown(asked.markdown, { date, options: asked, results, versions });
      console.log(`and into ${asked.markdown}`);
    }
  }
  await stack.disposeAsync();
  process.exit();
}

interface Run {
  readonly asked: BenchOptions;
  readonly measured: Result[];
  readonly versions: Map<string, string>;
  readonly stack: AsyncDisposableStack;
}

async function runOnce(
  open: () => Promise<Place>,
  { asked, measured, versions, stack: all }: Run,
): Promise<void> {
  const stack = all.use(new AsyncDisposableStack());
  const place = stack.use(await open());
  versions.set(place.engine, place.version);
  await benchPlace(place, { open, options: asked, report: reporter(place.engine, measured), stack });
  await stack.disposeAsync();
}

function reporter(engine: string, measured: Result[]): Bench['report'] {
  return (result) => {
    measured.push({ engine, ...result });
    console.error(`${engine}: ${result.name}: ${result.value.toPrecision(4)} ${result.unit}`);
  };
}
