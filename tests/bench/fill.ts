import type { Bench } from './bench.ts';
import { makeBundle } from './indicators.ts';
import { bundleObjects, publish, publishPath } from './ingest.ts';

/** Milliseconds between two words about how far it is. */
const progressInterval = 5_000;

/** Members that publish at once: enough that the node never waits for the next bundle to be made. */
const publishers = 2;

/**
 * Fills a collection up to `wanted` objects, or as far as it comes in the time that the options give. Answers how many it holds.
 */
export async function fill(
  { members, options }: Pick<Bench, 'members' | 'options'>,
  { collection, wanted }: { readonly collection: string; readonly wanted: number },
): Promise<number> {
  const started = performance.now();
  const path = publishPath(collection);
  let told = started;
  let begun = 0;
  let held = 0;
  await Promise.all(
    members.slice(0, publishers).map(async ({ client, organisation }) => {
      while (begun < wanted && performance.now() - started < options.loading * 1_000) {
        begun += bundleObjects;
        await publish(makeBundle(bundleObjects, organisation), { client, path });
        held += bundleObjects;
        if (performance.now() - told < progressInterval) continue;
        told = performance.now();
        console.error(
          `${collection}: ${held.toLocaleString('en')} of ${wanted.toLocaleString('en')} objects`,
        );
      }
    }),
  );
  return held;
}
