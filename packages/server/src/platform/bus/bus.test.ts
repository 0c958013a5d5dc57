import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus, BusErrorListener } from './bus.ts';
import { openBus } from './open-bus.ts';

const databaseUrl = process.env['BELLTOWER_TEST_DATABASE_URL'] || undefined;
const natsUrl = process.env['BELLTOWER_TEST_NATS_URL'] || undefined;

/** Opens one node's bus; those with the same name hear each other. `url` goes another way to the same server. */
type Opener = (name: string, onError?: BusErrorListener, url?: string) => Promise<Bus>;

const remotes: readonly {
  readonly title: string;
  readonly url: string | undefined;
  readonly port: number;
  readonly skip: string | false;
  readonly open: Opener;
}[] = [
  {
    title: 'PostgreSQL',
    url: databaseUrl,
    port: 5432,
    skip: databaseUrl === undefined && 'BELLTOWER_TEST_DATABASE_URL is not set',
    open: (channel, onError, url = databaseUrl ?? '') =>
      openBus({ kind: 'postgres', url, channel, ...(onError && { onError }) }),
  },
  {
    title: 'NATS',
    url: natsUrl,
    port: 4222,
    skip: natsUrl === undefined && 'BELLTOWER_TEST_NATS_URL is not set',
    open: (cluster, onError, url = natsUrl ?? '') =>
      openBus({ kind: 'nats', url, cluster, ...(onError && { onError }) }),
  },
];

const local: Opener = (_name, onError) => openBus({ kind: 'local', ...(onError && { onError }) });

const name = () => `test-${randomBytes(6).toString('hex')}`;

/** Waits until a condition holds, and fails after five seconds. */
async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    assert(waited < 5_000, 'Nothing came within five seconds');
    await sleep(5);
  }
}

function suite(open: Opener): void {
  async function opened(t: TestContext, onError?: BusErrorListener): Promise<Bus> {
    const bus = await open(name(), onError);
    t.after(() => bus[Symbol.asyncDispose]());
    return bus;
  }

  test('a message reaches all listeners of its topic and no others, after publish has returned', async (t) => {
    const bus = await opened(t);
    const seen: string[] = [];
    bus.subscribe('log.a', (payload) => seen.push(`1 ${payload}`));
    bus.subscribe('log.a', (payload) => seen.push(`2 ${payload}`));
    bus.subscribe('log.b', (payload) => seen.push(`b ${payload}`));
    bus.publish('log.a', 'ü 7');
    assert.deepEqual(seen, []);
    await until(() => seen.length >= 2);
    assert.deepEqual(seen, ['1 ü 7', '2 ü 7']);
  });

  test('the last of many messages of one topic arrives', async (t) => {
    const bus = await opened(t);
    let last = '';
    bus.subscribe('log.a', (payload) => {
      last = payload;
    });
    for (let number = 0; number < 10_000; number += 1) bus.publish('log.a', String(number));
    await until(() => last === '9999');
  });

  test('a listener that left hears nothing more, also when it leaves while messages are delivered', async (t) => {
    const bus = await opened(t);
    const seen: string[] = [];
    const same = (payload: string) => seen.push(payload);
    const leaveFirst = bus.subscribe('a', same);
    const leaveSecond = bus.subscribe('a', same);
    leaveFirst();
    leaveFirst();
    bus.publish('a', '1');
    await until(() => seen.length === 1);
    leaveSecond();
    bus.subscribe('a', () => seen.push('other'));
    bus.publish('a', '2');
    await until(() => seen.includes('other'));
    assert.deepEqual(seen, ['1', 'other']);
  });

  test('a listener that throws is reported and does not keep the message from the next', async (t) => {
    const errors: unknown[] = [];
    const bus = await opened(t, (error) => errors.push(error));
    const failure = new Error('listener');
    const seen: string[] = [];
    bus.subscribe('a', () => {
      throw failure;
    });
    bus.subscribe('a', (payload) => seen.push(payload));
    bus.publish('a', '1');
    await until(() => seen.length === 1);
    assert(errors.includes(failure));
  });

  for (const topic of ['', 'A', '1a', 'a b', 'a..b', 'a.', 'a*', 'a.>', 'ä', 'a'.repeat(65)]) {
    test(`the topic ${JSON.stringify(topic)} is refused`, async (t) => {
      const bus = await opened(t);
      assert.throws(() => bus.publish(topic, ''), TypeError);
    });
  }

  test('a payload of a thousand bytes is carried, and a longer one is refused', async (t) => {
    const bus = await opened(t);
    let seen = '';
    bus.subscribe('a', (payload) => {
      seen = payload;
    });
    bus.publish('a', '"\\ü'.repeat(250));
    await until(() => Buffer.byteLength(seen) === 1000);
    assert.throws(() => bus.publish('a', 'ü'.repeat(501)), TypeError);
    assert.throws(() => bus.publish('a', 'a\0'), TypeError);
  });

  test('a bus that was closed delivers nothing', async () => {
    const bus = await open(name());
    const seen: string[] = [];
    bus.subscribe('a', (payload) => seen.push(payload));
    bus.publish('a', '1');
    await bus[Symbol.asyncDispose]();
    await sleep(20);
    assert.deepEqual(seen, []);
  });
}

/** Two nodes, and a way between them that can be cut. */
function remoteSuite({ open, url, port }: (typeof remotes)[number]): void {
  test('what one node publishes the others hear once, and it hears itself once', async (t) => {
    const cluster = name();
    const nodes = await Promise.all([open(cluster), open(cluster), open(cluster), open(name())]);
    t.after(() => Promise.all(nodes.map((bus) => bus[Symbol.asyncDispose]())));
    const seen: string[] = [];
    for (const [index, bus] of nodes.entries())
      bus.subscribe('a.b', (payload) => seen.push(`${index} ${payload}`));
    nodes[0]?.publish('a.b', 'x y');
    await until(() => seen.length >= 3);
    await sleep(50);
    assert.deepEqual(seen.toSorted(), ['0 x y', '1 x y', '2 x y']);
  });

  test('a node whose connection is cut works within itself, and with the others once it is back', async (t) => {
    const cluster = name();
    const way = await openWay(url ?? '', port);
    t.after(() => way.close());
    const errors: unknown[] = [];
    const far = await open(cluster, (error) => errors.push(error), way.url);
    const near = await open(cluster);
    t.after(() => Promise.all([far, near].map((bus) => bus[Symbol.asyncDispose]())));
    const seen: string[] = [];
    far.subscribe('a', (payload) => seen.push(`far ${payload}`));
    near.subscribe('a', (payload) => seen.push(`near ${payload}`));
    way.cut();
    await until(() => errors.length > 0);
    far.publish('a', '1');
    await until(() => seen.includes('far 1'));
    way.mend();
    await until(() => seen.includes('near 1'));
    near.publish('a', '2');
    await until(() => seen.includes('far 2'));
  });

  test('a bus opens without its server, within the process, and closes', async () => {
    const errors: unknown[] = [];
    const nowhere = new URL(url ?? '');
    nowhere.port = '1';
    await using bus = await open(name(), (error) => errors.push(error), nowhere.href);
    const seen: string[] = [];
    bus.subscribe('a', (payload) => seen.push(payload));
    bus.publish('a', '1');
    await until(() => seen.length === 1);
    assert(errors.length > 0);
  });
}

/** A way to a server through this process. */
async function openWay(target: string, port: number) {
  const to = new URL(target);
  const sockets = new Set<Socket>();
  let cut = false;
  const server = createServer((incoming) => {
    if (cut) return incoming.destroy();
    const outgoing = connect(Number(to.port || port), to.hostname);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
    return undefined;
  });
  const end = () => {
    cut = true;
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert(typeof address === 'object' && address !== null);
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  return {
    url: url.href,
    cut: end,
    mend: () => {
      cut = false;
    },
    close: () => {
      end();
      server.close();
    },
  };
}

describe('the bus within a process', () => suite(local));
for (const remote of remotes) {
  describe(`the bus over ${remote.title}`, { skip: remote.skip }, () => {
    suite(remote.open);
    remoteSuite(remote);
  });
}
