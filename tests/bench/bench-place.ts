import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { reportComparison } from './bench.ts';
import { startProcess } from './child-process.ts';
import { foundCommunity } from './community.ts';
import { ingest } from './ingest.ts';
import { live } from './live-latency.ts';
import { LoadClient } from './load-client.ts';
import { peakMemory, reportMemory } from './memory.ts';
import type { BenchOptions } from './options.ts';
import { pageCosts } from './page-costs.ts';
import { match, pages, pull } from './page-rates.ts';
import type { Place } from './place.ts';
import { stalls } from './stalls.ts';
import { startUp } from './start-up.ts';

const nodeSettings = {
  BELLTOWER_PORT: '0',
  BELLTOWER_LOG_LEVEL: 'error',
  // One token asks more often here than a member's; the counting itself stays part of what is measured.
  BELLTOWER_MAX_REQUESTS_PER_TOKEN: '1000000000',
  BELLTOWER_MAX_STREAMS_PER_TOKEN: '1000',
};

/** Measures everything that is asked for on one engine. */
export async function benchPlace(
  place: Place,
  {
    open,
    options,
    report,
    stack,
  }: {
    /** Opens further empty databases of this engine. */
    readonly open: () => Promise<Place>;
    readonly options: BenchOptions;
    readonly report: Bench['report'];
    /** Closes what was opened. */
    readonly stack: AsyncDisposableStack;
  },
): Promise<void> {
  const wants = (name: BenchOptions['scenarios'][number]) => options.scenarios.includes(name);
  if (wants('start')) {
    for (const kind of ['compiled before', 'never compiled'] as const) {
      const line = { name: `start to ready, ${kind}`, unit: 'ms', yardstick: 'bare node:http' };
      reportComparison({ report }, line, await startUp(open, nodeSettings, { ...options, kind }));
    }
  }
  const flags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
  const startNode = async () =>
    stack.use(await startProcess('node', { ...nodeSettings, ...place.settings }, flags));
  const node = await startNode();
  const bareServer = stack.use(await startProcess('bare-server'));
  await sleep(500);
  if (wants('start')) await reportMemory({ node, bareServer, report }, 'memory at rest');
  const members = await foundCommunity(node.url, node.token, 4);
  for (const { client } of members) stack.use(client);
  const bare = stack.use(new LoadClient(bareServer.url));
  const bench: Bench = { options, node, bareServer, members, bare, report };
  if (options.scenarios.some((name) => name !== 'start' && name !== 'live' && name !== 'formats')) {
    const ids = await peakMemory(bench, 'memory under ingest, peak', () => ingest(bench));
    await peakMemory(bench, 'memory under reading, peak', async () => {
      if (wants('pages')) await pages(bench);
      if (wants('match')) await match(bench, ids);
      if (wants('pull')) await pull(bench);
    });
    if (wants('stalls'))
      await peakMemory(bench, 'memory while 30 MB are published, peak', () => stalls(bench));
  }
  if (wants('live')) await live(bench);
  await sleep(1_000);
  if (wants('start')) await reportMemory(bench, 'memory after load');
  if (wants('sizes')) await pageCosts({ bench, node, startNode });
}
