import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { collections } from './community.ts';
import { makeBundle } from './indicators.ts';
import { percentile } from './result.ts';
import { StreamCrowd } from './stream-crowd.ts';

const streams = 1_000;
const bundleObjects = 500;
/** Milliseconds between two publications while they come back. */
const interval = 50;
/** Milliseconds after which whoever takes nothing has got all that it will get. */
const settled = 2_000;
const kilobyte = 1_000;

/**
 * A thousand streams that come back at once, as when a node has started anew, and are thousands of entries behind: how long they take, what
 * publishers notice of it, and what a thousand take of memory that open a stream and do not read it.
 */
export async function liveReturn(bench: Bench): Promise<void> {
  const { bare, bareServer, members, node, options, report } = bench;
  const [{ client, organisation }] = members;
  const entries = options.quick ? bundleObjects : 10 * bundleObjects;
  const events: Buffer[] = [];
  let after: number | undefined;
  for (let published = 0; published < entries; published += bundleObjects) {
    const { body } = makeBundle(bundleObjects, organisation);
    const { beginning } = await publish(bench, collections.live, body);
    after ??= Number(/"position":(\d+)/.exec(beginning.toString())?.[1]) - 1;
    for (let object = 0; object < bundleObjects; object += 1) events.push(bareEvent(organisation));
  }
  await bare.send({ path: '/body', method: 'PUT', body: Buffer.concat(events) });
  const path = `/live/collections/${collections.live}?after=${after}`;
  const busy = publishTimes(bench);
  const own = await comeBack({ url: node.url, token: client.token, path, entries });
  const whileBack = await busy.stop();
  // The same with another process: what the machine and the load take of a publisher's time.
  const elsewhere = publishTimes(bench);
  const other = await comeBack({ url: bareServer.url, token: '', path: '/backlog', entries });
  const meanwhile = await elsewhere.stop();
  const who = `${streams.toLocaleString('en')} streams, ${entries.toLocaleString('en')} entries behind`;
  report({
    name: `back at the end, ${who}`,
    unit: 's',
    value: own,
    yardstick: { name: 'bare event stream', value: other },
    ratio: own / other,
  });
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const [value, yardstick] = [percentile(whileBack, share), percentile(meanwhile, share)];
    report({
      name: `publish while they come back, ${name}`,
      unit: 'ms',
      value,
      yardstick: { name: 'while the bare server sends', value: yardstick },
      ratio: value / yardstick,
    });
  }
  const before = await node.memory();
  using _slow = await openCrowd({ url: node.url, token: client.token, path }, true);
  await sleep(settled);
  report({
    name: `memory of one of ${streams.toLocaleString('en')} streams whose reader takes nothing`,
    unit: 'kB',
    value: ((await node.memory()) - before) / streams / kilobyte,
  });
}

interface Target {
  readonly url: string;
  readonly token: string;
  readonly path: string;
}

function openCrowd({ url, token, path }: Target, paused: boolean): Promise<StreamCrowd> {
  return StreamCrowd.open({ url, token, path, count: streams, onIndicator: () => undefined, paused });
}

/** Seconds until all of them have everything. */
async function comeBack({ entries, ...target }: Target & { readonly entries: number }): Promise<number> {
  const started = performance.now();
  using crowd = await openCrowd(target, false);
  await crowd.expect(streams * entries);
  return (crowd.lastReceipt - started) / 1_000;
}

/** Publishes one object after the other, with a pause between them, until it is stopped; answers milliseconds. */
function publishTimes(bench: Bench): { readonly stop: () => Promise<readonly number[]> } {
  const times: number[] = [];
  let stopped = false;
  const running = (async () => {
    do {
      const { body } = makeBundle(1, bench.members[0].organisation);
      const started = performance.now();
      await publish(bench, collections.warm, body);
      times.push(performance.now() - started);
      await sleep(interval);
    } while (!stopped);
  })();
  return {
    async stop() {
      stopped = true;
      await running;
      return times;
    },
  };
}

function publish({ members: [{ client }] }: Bench, collection: string, body: Buffer) {
  const path = `/api/collections/${collection}/objects`;
  return client.send({ path, method: 'POST', body, type: 'application/stix+json' });
}

function bareEvent(organisation: string): Buffer {
  return Buffer.from(`event: entry\ndata: ${makeBundle(1, organisation).body}\n\n`);
}
