import type { Bench } from './bench.ts';
import { reportComparison } from './bench.ts';
import type { Member } from './community.ts';
import { collections } from './community.ts';
import type { Bundle } from './indicators.ts';
import { makeBundle } from './indicators.ts';
import type { LoadClient } from './load-client.ts';
import { createMeter, timed } from './meter.ts';

/** Objects in a bundle. */
export const bundleObjects = 1_000;

/** Bundles that one measurement takes at the most; the rest of a large collection is filled in unmeasured. */
const mostMeasured = 16;

/** Where bundles for a collection go. */
export const publishPath = (collection: string) => `/api/collections/${collection}/objects`;

/** Fills the collections and reports how fast. Answers the ids in the large one. */
export async function ingest(bench: Bench): Promise<readonly string[]> {
  const { members, options } = bench;
  const [first] = members;
  const count = options.objects / bundleObjects;
  const measured = Math.min(Math.floor(count / 3), mostMeasured);
  const one = [first];
  // The first requests of a process are slower than all that come later.
  const warmUp = makeBundle(bundleObjects, first.organisation);
  await publish(warmUp, { client: first.client, path: publishPath(collections.small) });
  const ids = [
    ...(await measure(bench, { name: 'ingest', count: measured, publishers: one, send: publishToApi })),
    ...(await measure(bench, {
      name: `ingest, ${members.length} publishers at once`,
      count: measured,
      publishers: members,
      send: publishToApi,
    })),
    ...(await measure(bench, {
      name: 'ingest by TAXII',
      count: measured,
      publishers: one,
      send: publishToTaxii,
    })),
  ];
  for (let left = count - 3 * measured; left > 0; left -= 1) {
    const bundle = makeBundle(bundleObjects, first.organisation);
    await publishToApi(bundle, first);
    ids.push(...bundle.ids);
  }
  return ids;
}

type Send = (bundle: Bundle, member: Member) => Promise<void>;

interface Measurement {
  readonly name: string;
  readonly count: number;
  readonly publishers: readonly Member[];
  readonly send: Send;
}

async function measure(
  bench: Bench,
  { name, count, publishers, send }: Measurement,
): Promise<readonly string[]> {
  const queues = publishers.map((member, at) => ({
    member,
    bundles: Array.from({ length: Math.ceil((count - at) / publishers.length) }, () =>
      makeBundle(bundleObjects, member.organisation),
    ),
  }));
  const bundles = queues.flatMap((queue) => queue.bundles);
  const before = parseSpeed(bundles);
  const meter = createMeter(bench.node);
  const value = await meter.speedOf(() =>
    timed(bundles.length * bundleObjects, () =>
      Promise.all(
        queues.map(async (queue) => {
          for (const bundle of queue.bundles) await send(bundle, queue.member);
        }),
      ),
    ),
  )();
  const yardstick = (before + parseSpeed(bundles)) / 2;
  const processor = { value: meter.perUnit() };
  const line = { name, unit: 'objects/s', yardstick: 'JSON.parse of the bundles', processor };
  reportComparison(bench, line, { value, yardstick, ratio: value / yardstick, samples: [value] });
  return bundles.flatMap((bundle) => bundle.ids);
}

function publishToApi(bundle: Bundle, member: Member): Promise<void> {
  return publish(bundle, { client: member.client, path: publishPath(collections.large) });
}

/** One bundle, of which everything has to be accepted. */
export async function publish(
  { body, ids }: Bundle,
  { client, path }: { readonly client: LoadClient; readonly path: string },
): Promise<void> {
  const { beginning } = await client.send({
    path,
    method: 'POST',
    body,
    type: 'application/stix+json',
  });
  expectText(beginning, `"accepted":${ids.length},`);
}

async function publishToTaxii({ body, ids }: Bundle, member: Member): Promise<void> {
  const path = `/taxii2/community/collections/${collections.large}/objects/`;
  const type = 'application/taxii+json;version=2.1';
  const { beginning } = await member.client.send({ path, method: 'POST', body, type });
  expectText(beginning, `"success_count":${ids.length},`);
}

function expectText(beginning: Buffer, text: string): void {
  const start = beginning.toString('utf8', 0, 1_000);
  if (!start.includes(text)) throw new Error(`Not every object was accepted: ${start}`);
}

/** Objects a second that JSON.parse reads out of these bundles. */
function parseSpeed(bundles: readonly Bundle[]): number {
  const texts = bundles.map(({ body }) => body.toString());
  const started = performance.now();
  for (const text of texts) JSON.parse(text);
  return (bundles.length * bundleObjects) / ((performance.now() - started) / 1_000);
}
