import type { Bench } from './bench.ts';
import { reportComparison } from './bench.ts';
import type { RunningProcess } from './child-process.ts';
import { collections } from './community.ts';
import { fill } from './fill.ts';
import type { Target } from './lane.ts';
import { Lane, requestRate } from './lane.ts';
import { LoadClient } from './load-client.ts';
import { objectsPath, walk } from './page-starts.ts';
import { percentile } from './result.ts';

const pageSize = 100;

/** Pages that are looked at in a collection. */
const mostPages = 150;

/** Seconds of load on other pages after a start: what is measured then is storage and not how a process compiles itself. */
const warmingUp = 1.5;

type Size = { readonly collection: string; readonly objects: number; readonly paths: readonly string[] };

interface Restart {
  /** Everything but the node: that is started anew. */
  readonly bench: Omit<Bench, 'node'>;
  readonly node: RunningProcess;
  readonly startNode: () => Promise<RunningProcess>;
}

/**
 * What one page costs in collections of three sizes, asked for the first time after a start and once more. The node has to be
 * started anew for that: it keeps nothing then that it has read before. The operating system does.
 */
export async function pageCosts({ bench, node, startNode }: Restart): Promise<void> {
  const { members, options } = bench;
  await fill(bench, { collection: collections.warm, wanted: 2_000 });
  const sizes: Size[] = [];
  for (const [collection, wanted, filled] of [
    [collections.small, 1_000, true],
    [collections.large, options.objects, true],
    [collections.largest, options.largest, false],
  ] as const) {
    const objects = filled ? wanted : await fill(bench, { collection, wanted });
    const step = Math.max(10, Math.floor(objects / 500 / 10) * 10);
    const starts = await walk(members[0].client, collection, Math.min(step, 1_000));
    const full = starts.filter(({ before }) => before + pageSize <= objects);
    const paths = full.map(({ next }) => objectsPath(collection, { limit: String(pageSize), next }));
    sizes.push({ collection, objects, paths: sample(paths, mostPages) });
  }
  await node[Symbol.asyncDispose]();
  const restarted = await startNode();
  bench.report({ name: 'start to ready, with these collections', unit: 'ms', value: restarted.ready });
  using client = new LoadClient(restarted.url, members[0].token);
  await measure(bench, client, sizes);
}

async function measure(
  bench: Omit<Bench, 'node'>,
  client: LoadClient,
  sizes: readonly Size[],
): Promise<void> {
  const { bare } = bench;
  const warm = objectsPath(collections.warm, { limit: String(pageSize) });
  await requestRate(client, () => warm, { seconds: warmingUp });
  await bare.send({ path: '/body', method: 'PUT', body: await client.read(warm) });
  for (const { objects, paths } of sizes) {
    const bareTimes = () =>
      times(
        bare,
        paths.map(() => '/body'),
      );
    await bareTimes();
    for (const when of ['first time', 'again']) {
      const samples = await times(client, paths);
      const [value, yardstick] = [percentile(samples, 0.5), percentile(await bareTimes(), 0.5)];
      const name = `page of ${pageSize} out of ${objects.toLocaleString('en')}, ${when}`;
      const line = { name, unit: 'ms', yardstick: 'bare node:http' };
      reportComparison(bench, line, { value, yardstick, ratio: value / yardstick, samples: [value] });
    }
  }
}

/** Milliseconds of each request, one after the other. */
async function times({ url, token }: Target, paths: readonly string[]): Promise<readonly number[]> {
  using lane = new Lane(url, token);
  const found: number[] = [];
  for (const path of paths) {
    const started = performance.now();
    await lane.get(path);
    found.push(performance.now() - started);
  }
  return found;
}

/** At most `most` of them, from all over, in an order that no reader ahead guesses. */
function sample(paths: readonly string[], most: number): readonly string[] {
  const step = Math.max(1, paths.length / most);
  const chosen = Array.from(
    { length: Math.min(most, paths.length) },
    (_, at) => paths[Math.floor(at * step)] ?? '',
  );
  return chosen
    .map((path, at) => ({ path, place: (at * 7_919) % chosen.length }))
    .sort((one, other) => one.place - other.place)
    .map(({ path }) => path);
}
