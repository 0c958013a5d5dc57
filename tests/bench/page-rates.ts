import { randomInt } from 'node:crypto';
import type { Bench } from './bench.ts';
import { reportComparison } from './bench.ts';
import { collections } from './community.ts';
import { Lane, requestRate } from './lane.ts';
import type { LoadClient } from './load-client.ts';
import type { Done } from './meter.ts';
import { createMeter, timed } from './meter.ts';
import { objectsPath, pagePaths, walk } from './page-starts.ts';
import { compare } from './result.ts';

/** Where the collections are cut into pages; not more often than some hundred times. */
const stepOf = (objects: number) => Math.min(1_000, Math.max(100, Math.round(objects / 500)));

/** Pages of 100 and of 1,000 a second. */
export async function pages(bench: Bench): Promise<void> {
  const { options, members } = bench;
  const { objects } = options;
  const starts = await walk(members[0].client, collections.large, stepOf(objects));
  for (const size of [100, 1_000]) {
    const paths = pagePaths(collections.large, starts, { size, objects });
    await compareWithBare(bench, `TAXII pages of ${size}`, paths);
  }
}

/** Single objects a second by `match[id]`. */
export async function match(bench: Bench, ids: readonly string[]): Promise<void> {
  const paths = ids.map((id) => objectsPath(collections.large, { 'match[id]': id }));
  await compareWithBare(bench, 'match[id]', paths);
}

/** A full pull, page after page of 1,000. */
export async function pull(bench: Bench): Promise<void> {
  const { bare, members, options } = bench;
  const { objects } = options;
  const [{ client }] = members;
  await fillBare(bare, client, objectsPath(collections.large, { limit: '1000' }));
  const pullBare = async () => {
    using lane = new Lane(bare.url, bare.token);
    for (let left = objects; left > 0; left -= 1_000) await lane.get('/body');
  };
  await compareServers(bench, { name: 'full pull', unit: 'objects/s' }, [
    () => timed(objects, () => walk(client, collections.large, 1_000)),
    () => timed(objects, pullBare),
  ]);
}

async function compareWithBare(bench: Bench, name: string, paths: readonly string[]): Promise<void> {
  const { bare, members, options } = bench;
  const [{ client }] = members;
  const seconds = options.slice;
  await fillBare(bare, client, paths[0] ?? '');
  await compareServers(bench, { name, unit: 'requests/s' }, [
    () => requestRate(client, picker(paths), { seconds }),
    () => requestRate(bare, () => '/body', { seconds }),
  ]);
}

/** Compares what the node does with what the bare server does. */
async function compareServers(
  bench: Bench,
  line: { readonly name: string; readonly unit: string },
  [work, bareWork]: readonly [() => Promise<Done>, () => Promise<Done>],
): Promise<void> {
  const [own, other] = [createMeter(bench.node), createMeter(bench.bareServer)];
  const compared = await compare(own.speedOf(work), other.speedOf(bareWork), bench.options);
  const processor = { value: own.perUnit(), yardstick: other.perUnit() };
  reportComparison(bench, { ...line, yardstick: 'bare node:http', processor }, compared);
}

/** Lets the bare server send what the node answers. */
async function fillBare(bare: LoadClient, client: LoadClient, path: string): Promise<void> {
  const body = await client.read(path);
  await bare.send({ path: '/body', method: 'PUT', body });
}

/** Chooses among paths, evenly and without order. */
function picker(paths: readonly string[]): () => string {
  return () => paths[randomInt(paths.length)] ?? '';
}
