import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { collections } from './community.ts';
import { makeBundle } from './indicators.ts';
import { publish, publishPath } from './ingest.ts';
import { objectsPath } from './page-starts.ts';
import { percentile } from './result.ts';
import { waitingTimes } from './waiting-times.ts';

/** Objects of 1.2 kB that make 30 MB, which is as much as a node takes at once unless told otherwise. */
const bundleObjects = 25_000;

/** Objects of a bundle as sensors send them. */
const smallBundle = 10;

type Waits = ReadonlyMap<string, readonly number[]>;

/** How long requests wait while others publish, beside the same with nobody publishing. */
export async function stalls(bench: Bench): Promise<void> {
  await besideLargeBundles(bench);
  await besideSmallBundles(bench);
}

/** Small requests, while somebody publishes 30 MB at once into another collection. */
async function besideLargeBundles(bench: Bench): Promise<void> {
  const { members, options, report } = bench;
  const [{ client, organisation }] = members;
  const paths = {
    'page of 10': objectsPath(collections.small, { limit: '10' }),
    discovery: '/taxii2/',
  };
  const idle = await measure(bench, paths, () => sleep(options.slice * 1_000));
  const bundles = Array.from({ length: options.largeBundles }, () => makeBundle(bundleObjects, organisation));
  const busy = await measure(bench, paths, async () => {
    const started = performance.now();
    for (const bundle of bundles) await publish(bundle, { client, path: publishPath(collections.bulk) });
    const value = (bundles.length * bundleObjects) / ((performance.now() - started) / 1_000);
    report({ name: 'ingest in bundles of 30 MB', unit: 'objects/s', value });
  });
  reportWaits(bench, { idle, busy, during: '30 MB are published' });
}

/** Pages of the very collection that two members go on publishing to: what is in memory is never quite up to date. */
async function besideSmallBundles(bench: Bench): Promise<void> {
  const { members, options } = bench;
  const paths = { 'page of 100': objectsPath(collections.bulk, { limit: '100' }) };
  const idle = await measure(bench, paths, () => sleep(options.slice * 1_000));
  const busy = await measure(bench, paths, async () => {
    const end = performance.now() + options.slice * 4_000;
    const goOn = async ({ client, organisation }: Bench['members'][number]) => {
      while (performance.now() < end) {
        const bundle = makeBundle(smallBundle, organisation);
        await publish(bundle, { client, path: publishPath(collections.bulk) });
      }
    };
    await Promise.all(members.slice(0, 2).map(goOn));
  });
  reportWaits(bench, { idle, busy, during: 'its collection grows' });
}

function reportWaits(
  { report }: Bench,
  { idle, busy, during }: { readonly idle: Waits; readonly busy: Waits; readonly during: string },
): void {
  for (const [name, own] of busy) {
    const alone = idle.get(name) ?? [];
    for (const [share, word] of [
      [0.5, 'p50'],
      [0.99, 'p99'],
      [1, 'longest'],
    ] as const) {
      const [value, yardstick] = [percentile(own, share), percentile(alone, share)];
      report({
        name: `${name} while ${during}, ${word}`,
        unit: 'ms',
        value,
        yardstick: { name: 'the same on an idle node', value: yardstick },
        ratio: value / yardstick,
      });
    }
  }
}

/** Waiting times by name of the request, as long as the work lasts. */
async function measure(
  { members }: Bench,
  paths: Readonly<Record<string, string>>,
  work: () => Promise<unknown>,
): Promise<Waits> {
  const [{ client }] = members;
  const ended = new AbortController();
  const asking = Object.entries(paths).map(
    async ([name, path]) => [name, await waitingTimes(client, path, ended.signal)] as const,
  );
  try {
    await work();
  } finally {
    ended.abort();
  }
  return new Map(await Promise.all(asking));
}
