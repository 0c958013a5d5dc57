import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { testDatabaseUrl } from '../packages/server/src/platform/storage/testing.ts';
import type { TestNode } from '../packages/server/src/testing.ts';
import { startTestNode } from '../packages/server/src/testing.ts';
import { type Follower, follow, followerKinds } from './support/follower.ts';
import { publishOnce } from './support/ledger.ts';

// Many publish at once, while readers of every kind follow: pollers by time, by cursor and by manifest, and streams; their
// connections break now and then, and they resume. On PostgreSQL they are spread over two nodes on one database. Whatever
// the interleaving, every reader sees every entry once and in the order of the log.

const publisherShape = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const readerShape = fc.record({
  kind: fc.constantFrom(...followerKinds),
  page: fc.integer({ min: 4, max: 30 }),
  node: fc.nat(),
  /** Milliseconds between two breaks of the connection; none where it is 0. */
  breaks: fc.constantFrom(0, 0, 90, 200, 500),
});

test('L5, R1, R2, R5 whatever writes at the same time, no reader misses an entry or sees one twice', async (t) => {
  const settings = {
    BELLTOWER_MAX_REQUESTS_PER_TOKEN: '1000000000',
    BELLTOWER_MAX_STREAMS_PER_TOKEN: '1000',
  };
  const first = await startTestNode(t, settings);
  const nodes =
    testDatabaseUrl === undefined ? [first] : [first, await startTestNode(t, settings, { beside: first })];
  const writer = await first.member('Writer');
  const reader = await first.member('Reader');
  await sleep(testDatabaseUrl === undefined ? 0 : 600);
  await fc.assert(
    fc.asyncProperty(
      fc.array(publisherShape, { minLength: 2, maxLength: 5 }),
      fc.array(readerShape, { minLength: 1, maxLength: 5 }),
      async (publishers, readers) => {
        const collection = await first.collection({ title: 'Busy', audience: 'community' });
        await eventually(nodes, collection, reader.token);
        await using stack = new AsyncDisposableStack();
        const followers = readers.map(({ kind, page, node, breaks }) => {
          const target = { url: () => at(nodes, node).url, token: reader.token, collection };
          const follower = stack.use(follow(kind, target, { page }));
          if (breaks > 0) stack.use(breaking(follower, breaks));
          return follower;
        });
        const positions = new Map<string, number>();
        await Promise.all(
          publishers.map(async (sizes, index) => {
            const target = { url: () => at(nodes, index).url, token: writer.token, collection };
            for (const count of sizes) {
              const sent = await publishOnce(target, { count });
              assert.ok(sent.positions !== undefined, `publishing was answered ${sent.status}`);
              for (const [place, id] of sent.ids.entries()) positions.set(id, sent.positions[place] ?? 0);
            }
          }),
        );
        const log = [...positions].sort(([, one], [, other]) => one - other).map(([id]) => id);
        for (const [index, follower] of followers.entries()) {
          await follower.until(log.at(-1) ?? '', 60_000).catch((error: unknown) => {
            throw new Error(JSON.stringify(readers[index]), { cause: error });
          });
          assert.deepEqual(follower.seen, log, JSON.stringify(readers[index]));
        }
      },
    ),
    { numRuns: Number(process.env['BELLTOWER_TEST_RUNS'] ?? 10), endOnFailure: true },
  );
});

function breaking(follower: Follower, milliseconds: number): Disposable {
  const timer = setInterval(() => follower.disconnect(), milliseconds);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** The other node hears of a new collection within a second. */
async function eventually(nodes: readonly TestNode[], collection: string, token: string): Promise<void> {
  for (const node of nodes) {
    while ((await node.api('GET', `/collections/${collection}`, { token })).status !== 200) await sleep(20);
  }
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('An empty list has no items');
  return item;
}
