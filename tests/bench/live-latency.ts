import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import type { RunningProcess } from './child-process.ts';
import { collections } from './community.ts';
import { makeBundle } from './indicators.ts';
import { liveReturn } from './live-return.ts';
import type { LoadClient } from './load-client.ts';
import { percentile } from './result.ts';
import { StreamCrowd, sampledStreams } from './stream-crowd.ts';

/** Something that takes publications and sends them to streams. */
interface Channel {
  readonly client: LoadClient;
  readonly server: RunningProcess;
  readonly streamPath: string;
  readonly publishPath: string;
}

interface Load {
  readonly subscribers: number;
  /** Entries a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly organisation: string;
}

/** What came of a load: milliseconds from publish to receipt on the sampled streams, and deliveries a second on all of them. */
interface Delivered {
  readonly times: readonly number[];
  readonly speed: number;
  /** Microseconds of a processor for each delivery. */
  readonly processor: number;
}

/** Entries a second: as on a quiet day, and as when a large member opens its archives. */
const slow = 10;
const fast = 200;
/** Seconds of load from which on every combination is measured. */
const thorough = 5;

/** Subscribers, and entries a second. */
const allLoads = [
  [1, slow],
  [1, fast],
  [100, slow],
  [100, fast],
  [1_000, slow],
  [1_000, fast],
] as const;
const fewLoads = [
  [1, slow],
  [100, slow],
  [1_000, fast],
] as const;

/**
 * Milliseconds from a publish to its receipt on live streams, and what share of a bare loop's deliveries the node makes. Two hundred
 * entries a second to a thousand subscribers is more than either can do with a write for each entry and stream.
 */
export async function live(bench: Bench): Promise<void> {
  const { bare, members, options, report } = bench;
  const [{ client, organisation }] = members;
  const node: Channel = {
    client,
    server: bench.node,
    streamPath: `/live/collections/${collections.live}?after=end`,
    publishPath: `/api/collections/${collections.live}/objects`,
  };
  const loop: Channel = {
    client: bare,
    server: bench.bareServer,
    streamPath: '/stream',
    publishPath: '/publish',
  };
  for (const [subscribers, rate] of options.live < thorough ? fewLoads : allLoads) {
    const load = {
      subscribers,
      rate,
      organisation,
      seconds: rate === fast ? options.live / 2 : options.live,
    };
    const warm = { ...load, seconds: Math.min(1, load.seconds / 2) };
    await deliver(node, warm);
    await deliver(loop, warm);
    const own = await deliver(node, load);
    const other = await deliver(loop, load);
    const people = subscribers === 1 ? '1 subscriber' : `${subscribers.toLocaleString('en')} subscribers`;
    const sample = subscribers > sampledStreams ? ` (${sampledStreams} sampled)` : '';
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      const [value, yardstick] = [percentile(own.times, share), percentile(other.times, share)];
      report({
        name: `publish to receipt, ${people}, ${rate}/s, ${name}${sample}`,
        unit: 'ms',
        value,
        yardstick: { name: 'bare event stream', value: yardstick },
        ratio: value / yardstick,
      });
    }
    if (rate < fast) continue;
    report({
      name: `deliveries, ${people}, ${rate}/s`,
      unit: 'events/s',
      value: own.speed,
      yardstick: { name: 'bare event stream', value: other.speed },
      ratio: own.speed / other.speed,
      processor: { value: own.processor, yardstick: other.processor },
    });
  }
  await liveReturn(bench);
}

async function deliver({ client, server, streamPath, publishPath }: Channel, load: Load): Promise<Delivered> {
  const sent = new Map<string, number>();
  const times: number[] = [];
  using crowd = await StreamCrowd.open({
    url: client.url,
    token: client.token,
    path: streamPath,
    count: load.subscribers,
    onIndicator: (id) => times.push(performance.now() - (sent.get(id) ?? Number.NaN)),
  });
  const count = Math.ceil(load.seconds * load.rate);
  const bundles = Array.from({ length: count }, () => makeBundle(1, load.organisation));
  // The node takes up what has just connected.
  await sleep(200);
  const used = await server.processor();
  const started = performance.now();
  const publications: Promise<unknown>[] = [];
  for (const [entry, { body, ids }] of bundles.entries()) {
    const wait = started + (entry * 1_000) / load.rate - performance.now();
    if (wait > 0) await sleep(wait);
    const [id = ''] = ids;
    sent.set(id, performance.now());
    publications.push(
      client.send({ path: publishPath, method: 'POST', body, type: 'application/stix+json' }),
    );
  }
  await Promise.all(publications);
  const deliveries = count * load.subscribers;
  await crowd.expect(deliveries);
  const seconds = (crowd.lastReceipt - started) / 1_000;
  const processor = ((await server.processor()) - used) / deliveries;
  return { times, speed: deliveries / seconds, processor };
}
