import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { testDatabaseUrl } from '../packages/server/src/platform/storage/testing.ts';
import type { SeenEvent } from '../packages/server/src/slices/live/testing.ts';
import { readLive } from '../packages/server/src/slices/live/testing.ts';
import type { TestNode } from '../packages/server/src/testing.ts';
import { startTestNode } from '../packages/server/src/testing.ts';
import { bundle, indicator } from '../packages/server/src/testing-objects.ts';

// Many publish at once, while readers of every kind follow: pollers by time, pollers by cursor, streams that break and
// resume. On PostgreSQL they are spread over two nodes on one database. Whatever the interleaving, every reader sees
// every entry once and in the order of the log.

const publisherShape = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const readerShape = fc.record({
  kind: fc.constantFrom('added_after', 'next', 'stream'),
  page: fc.integer({ min: 1, max: 30 }),
  node: fc.nat(),
});

test('L5, R1, R2, R5 whatever writes at the same time, no reader misses an entry or sees one twice', async (t) => {
  const first = await startTestNode(t);
  const nodes =
    testDatabaseUrl === undefined ? [first] : [first, await startTestNode(t, {}, { beside: first })];
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
        const total = publishers.flat().reduce((sum, size) => sum + size, 0);
        const reading = readers.map(({ kind, page, node }) =>
          follow[kind]({ node: at(nodes, node), collection, token: reader.token, page, total }),
        );
        await Promise.all(
          publishers.map((sizes, index) =>
            publishAll(at(nodes, index), { collection, token: writer.token, sizes }),
          ),
        );
        const log = await follow.stream({ node: first, collection, token: reader.token, page: total, total });
        assert.equal(new Set(log).size, total);
        for (const [index, seen] of (await Promise.all(reading)).entries()) {
          assert.deepEqual(seen, log, JSON.stringify(readers[index]));
        }
      },
    ),
    { numRuns: Number(process.env['BELLTOWER_TEST_RUNS'] ?? 10), endOnFailure: true },
  );
});

interface Following {
  readonly node: TestNode;
  readonly collection: string;
  readonly token: string;
  readonly page: number;
  readonly total: number;
}

/** Each returns the ids of the objects in the order in which this kind of reader saw them. */
const follow: Readonly<
  Record<'added_after' | 'next' | 'stream', (following: Following) => Promise<readonly string[]>>
> = {
  async added_after({ node, collection, token, page, total }) {
    const seen: string[] = [];
    let after = '1970-01-01T00:00:00Z';
    await until(seen, total, async () => {
      const answer = await getPage(node, { collection, token, query: `added_after=${after}&limit=${page}` });
      seen.push(...answer.ids);
      after = answer.last ?? after;
    });
    return seen;
  },
  async next({ node, collection, token, page, total }) {
    const seen: string[] = [];
    let query = `limit=${page}`;
    let after: string | undefined;
    await until(seen, total, async () => {
      const answer = await getPage(node, { collection, token, query });
      seen.push(...answer.ids);
      after = answer.last ?? after;
      if (answer.next !== undefined) query = `limit=${page}&next=${encodeURIComponent(answer.next)}`;
      // A cursor ends with its last page; a poller goes on by time.
      else if (after !== undefined) query = `limit=${page}&added_after=${after}`;
    });
    return seen;
  },
  async stream({ node, collection, token, page, total }) {
    const seen: string[] = [];
    let last = '0';
    await until(seen, total, async () => {
      const some = Math.min(page, total - seen.length);
      const events = await readLive(`${node.url}/live/collections/${collection}`, {
        token,
        lastEventId: last,
        enough: (all) => entries(all).length >= some,
      });
      const taken = entries(events).slice(0, some);
      seen.push(...taken.map(({ data }) => String(Reflect.get(Object(JSON.parse(data)), 'object').id)));
      last = taken.at(-1)?.id ?? last;
    });
    return seen;
  },
};

const entries = (events: readonly SeenEvent[]) => events.filter((event) => event.event === 'entry');

async function until(seen: readonly string[], total: number, step: () => Promise<void>): Promise<void> {
  const patience = performance.now() + 20_000;
  while (seen.length < total) {
    await step();
    if (performance.now() > patience)
      throw new Error(`A reader saw ${seen.length} of ${total} entries and no more`);
  }
}

async function getPage(
  node: TestNode,
  { collection, token, query }: { collection: string; token: string; query: string },
) {
  const response = await fetch(`${node.url}/taxii2/community/collections/${collection}/objects/?${query}`, {
    headers: { accept: 'application/taxii+json;version=2.1', authorization: `Bearer ${token}` },
  });
  assert.equal(response.status, 200);
  const body = (await response.json()) as { objects?: { id: string }[]; next?: string };
  return {
    ids: (body.objects ?? []).map((object) => object.id),
    next: body.next,
    last: response.headers.get('x-taxii-date-added-last') ?? undefined,
  };
}

async function publishAll(
  node: TestNode,
  { collection, token, sizes }: { collection: string; token: string; sizes: readonly number[] },
): Promise<void> {
  for (const size of sizes) {
    const objects = Array.from({ length: size }, () => indicator());
    const { status } = await node.api('POST', `/collections/${collection}/objects`, {
      token,
      body: bundle(...objects),
    });
    assert.equal(status, 200);
  }
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
