// How fast a node is, beside a yardstick on the same machine at the same time. `--help` names the options.
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { reportComparison } from './bench.ts';
import type { RunningProcess } from './child-process.ts';
import { startProcess } from './child-process.ts';
import { foundCommunity } from './community.ts';
import { ingest } from './ingest.ts';
import { live } from './live-latency.ts';
import { LoadClient } from './load-client.ts';
import type { BenchOptions } from './options.ts';
import { readOptions, usage } from './options.ts';
import { match, pages, pull, sizes } from './page-rates.ts';
import type { Place } from './place.ts';
import { places } from './place.ts';
import type { Result } from './result.ts';
import { formatTable } from './result.ts';
import { startUp } from './start-up.ts';

const megabyte = 1_000_000;
const nodeSettings = {
  BELLTOWER_PORT: '0',
  BELLTOWER_LOG_LEVEL: 'error',
  BELLTOWER_MAX_STREAMS_PER_TOKEN: '1000',
};

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
  const results: Result[] = [];
  await using stack = new AsyncDisposableStack();
  const stopped = new Promise<never>((_, reject) => {
    process.once('SIGINT', () => reject(new Error('Interrupted')));
  });
  const started = performance.now();
  try {
    for (const open of places) await Promise.race([benchPlace(open, { asked, results, stack }), stopped]);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
  if (results.length > 0) {
    console.log(`\n${formatTable(results)}`);
    const machine = { node: process.version, processors: cpus().map(({ model }) => model) };
    await writeFile(asked.json, `${JSON.stringify({ date, machine, options: asked, results }, null, 2)}\n`);
    console.log(`\n${((performance.now() - started) / 1_000).toFixed(0)} s; written to ${asked.json}`);
  }
  await stack.disposeAsync();
  process.exit();
}

interface Run {
  readonly asked: BenchOptions;
  readonly results: Result[];
  /** Closes what is open also where the run is broken off. */
  readonly stack: AsyncDisposableStack;
}

async function benchPlace(open: () => Promise<Place>, { asked, results, stack }: Run): Promise<void> {
  const wants = (name: BenchOptions['scenarios'][number]) => asked.scenarios.includes(name);
  const run = stack.use(new AsyncDisposableStack());
  const place = run.use(await open());
  const report: Bench['report'] = (result) => {
    results.push({ engine: place.engine, ...result });
    console.error(`${place.engine}: ${result.name}: ${result.value.toPrecision(4)} ${result.unit}`);
  };
  if (wants('start')) {
    const line = { name: 'start to ready', unit: 'ms', yardstick: 'bare node:http' };
    reportComparison({ report }, line, await startUp(open, nodeSettings, asked));
  }
  const flags = asked.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${asked.profile}`];
  const node = run.use(await startProcess('node', { ...nodeSettings, ...place.settings }, flags));
  const bareServer = run.use(await startProcess('bare-server'));
  await sleep(500);
  if (wants('start')) await reportMemory('memory at rest', report, node, bareServer);
  const members = await foundCommunity(node.url, node.token, 4);
  for (const { client } of members) run.use(client);
  const bare = run.use(new LoadClient(bareServer.url));
  const bench: Bench = { options: asked, node, bareServer, members, bare, report };
  if (asked.scenarios.some((name) => name !== 'start' && name !== 'live')) {
    const ids = await ingest(bench);
    if (wants('pages')) await pages(bench);
    if (wants('match')) await match(bench, ids);
    if (wants('pull')) await pull(bench);
    if (wants('sizes')) await sizes(bench);
  }
  if (wants('live')) await live(bench);
  if (wants('start')) await reportMemory('memory after load', report, node, bareServer);
  await run.disposeAsync();
}

async function reportMemory(
  name: string,
  report: Bench['report'],
  ...[node, bare]: readonly [RunningProcess, RunningProcess]
): Promise<void> {
  const [own, other] = [await node.memory(), await bare.memory()];
  report({
    name,
    unit: 'MB',
    value: own / megabyte,
    yardstick: { name: 'bare node:http', value: other / megabyte },
    ratio: own / other,
  });
}
