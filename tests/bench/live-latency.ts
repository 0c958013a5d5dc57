import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { collections } from './community.ts';
import { makeBundle } from './indicators.ts';
import type { LoadClient } from './load-client.ts';
import { percentile } from './result.ts';

/** Milliseconds between two publications. */
const interval = 100;

/** Something that takes publications and sends them to streams. */
interface Channel {
  readonly client: LoadClient;
  readonly streamPath: string;
  readonly publishPath: string;
}

/** Milliseconds from a publish to its receipt on a live stream, with one and with a hundred subscribers. */
export async function live(bench: Bench): Promise<void> {
  const { bare, members, options, report } = bench;
  const [{ client, organisation }] = members;
  const node: Channel = {
    client,
    streamPath: `/live/collections/${collections.live}?after=end`,
    publishPath: `/api/collections/${collections.live}/objects`,
  };
  const loop: Channel = { client: bare, streamPath: '/stream', publishPath: '/publish' };
  for (const subscribers of [1, 100]) {
    const load = { subscribers, organisation };
    await latencies(node, { ...load, seconds: 1 });
    await latencies(loop, { ...load, seconds: 1 });
    const value = await latencies(node, { ...load, seconds: options.live });
    const yardstick = await latencies(loop, { ...load, seconds: options.live });
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      const [own, other] = [percentile(value, share), percentile(yardstick, share)];
      report({
        name: `publish to receipt, ${subscribers === 1 ? '1 subscriber' : `${subscribers} subscribers`}, ${name}`,
        unit: 'ms',
        value: own,
        yardstick: { name: 'bare event stream', value: other },
        ratio: own / other,
      });
    }
  }
}

interface Load {
  readonly subscribers: number;
  readonly seconds: number;
  readonly organisation: string;
}

/** One time for each entry and subscriber. */
async function latencies(
  { client, streamPath, publishPath }: Channel,
  load: Load,
): Promise<readonly number[]> {
  const sent = new Map<string, number>();
  const times: number[] = [];
  const streams = await Promise.all(
    Array.from({ length: load.subscribers }, () => client.stream(streamPath)),
  );
  for (const stream of streams) {
    if (stream.statusCode !== 200) throw new Error(`${streamPath}: ${stream.statusCode}`);
    onIndicator(stream, (id) => times.push(performance.now() - (sent.get(id) ?? Number.NaN)));
  }
  const count = Math.ceil((load.seconds * 1_000) / interval);
  const started = performance.now();
  const publications: Promise<unknown>[] = [];
  for (let entry = 0; entry < count; entry += 1) {
    await sleep(Math.max(0, started + entry * interval - performance.now()));
    const { body, ids } = makeBundle(1, load.organisation);
    const [id = ''] = ids;
    sent.set(id, performance.now());
    publications.push(
      client.send({ path: publishPath, method: 'POST', body, type: 'application/stix+json' }),
    );
  }
  await Promise.all(publications);
  const end = performance.now() + 10_000;
  while (times.length < count * load.subscribers && performance.now() < end) await sleep(20);
  for (const stream of streams) stream.destroy();
  if (times.length === count * load.subscribers) return times;
  throw new Error(`${streamPath}: ${times.length} of ${count * load.subscribers} entries arrived`);
}

/** Calls back with the id of the indicator in each whole event. */
function onIndicator(stream: IncomingMessage, found: (id: string) => void): void {
  let text = '';
  stream.setEncoding('utf8');
  // The bench itself ends the stream.
  stream.on('error', () => undefined);
  stream.on('data', (chunk: string) => {
    const events = (text + chunk).split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const id = /"id":"(indicator--[^"]+)"/.exec(event)?.[1];
      if (id !== undefined) found(id);
    }
  });
}
