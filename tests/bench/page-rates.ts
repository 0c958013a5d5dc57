import { randomInt } from 'node:crypto';
import type { Bench } from './bench.ts';
import { reportComparison } from './bench.ts';
import { collections } from './community.ts';
import { Lane, requestRate } from './lane.ts';
import type { LoadClient } from './load-client.ts';
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

/** The same pages of a small and of the large collection: what is asked of both does not depend on their size. */
export async function sizes(bench: Bench): Promise<void> {
  const { options, members } = bench;
  const [{ client }] = members;
  const small = await walk(client, collections.small, 100);
  const all = await walk(client, collections.large, 1_000);
  const large = small.flatMap((_, at) => all[Math.floor((at * all.length) / small.length)] ?? []);
  const smallPaths = pagePaths(collections.small, small, { size: 100, objects: 1_000 });
  const largePaths = pagePaths(collections.large, large, { size: 100, objects: options.objects });
  const compared = await compare(
    () => requestRate(client, picker(largePaths), { seconds: options.slice }),
    () => requestRate(client, picker(smallPaths), { seconds: options.slice }),
    options,
  );
  const count = options.objects.toLocaleString('en');
  reportComparison(
    bench,
    { name: `page of 100 out of ${count}`, unit: 'pages/s', yardstick: 'the same out of 1,000' },
    compared,
  );
}

/** A full pull, page after page of 1,000. */
export async function pull(bench: Bench): Promise<void> {
  const { bare, members, options } = bench;
  const [{ client }] = members;
  const pageCount = options.objects / 1_000;
  await fillBare(bare, client, objectsPath(collections.large, { limit: '1000' }));
  const speed = async (work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    return options.objects / ((performance.now() - started) / 1_000);
  };
  const compared = await compare(
    () => speed(() => walk(client, collections.large, 1_000)),
    () =>
      speed(async () => {
        using lane = new Lane(bare.url, bare.token);
        for (let page = 0; page < pageCount; page += 1) await lane.get('/body');
      }),
    options,
  );
  reportComparison(bench, { name: 'full pull', unit: 'objects/s', yardstick: 'bare node:http' }, compared);
}

async function compareWithBare(bench: Bench, name: string, paths: readonly string[]): Promise<void> {
  const { bare, members, options } = bench;
  const [{ client }] = members;
  await fillBare(bare, client, paths[0] ?? '');
  const compared = await compare(
    () => requestRate(client, picker(paths), { seconds: options.slice }),
    () => requestRate(bare, () => '/body', { seconds: options.slice }),
    options,
  );
  reportComparison(bench, { name, unit: 'requests/s', yardstick: 'bare node:http' }, compared);
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
