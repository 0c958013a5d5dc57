import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { serve } from '../../serve.ts';
import { startTestNode } from '../../testing.ts';
import type { TestAnswer } from './testing.ts';
import { ask, campaign, envelope, read, refusalOf, resources } from './testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());
const { token } = await node.member('Reader');
const writers = [await node.member('Writer one'), await node.member('Writer two')];

const freshCollection = () => node.collection({ title: 'Paging', audience: 'community' });
const objectsOf = (collection: string) => `/community/collections/${collection}/objects/`;

async function add(collection: string, objects: readonly unknown[], writer = 0): Promise<void> {
  const answer = await ask(node, 'POST', objectsOf(collection), {
    token: writers[writer % writers.length]?.token,
    body: envelope(...objects),
  });
  assert.equal(read(answer, resources.status).failure_count, 0, answer.text);
}

const keyOf = ({ id, modified }: { readonly id: string; readonly modified?: string | undefined }) =>
  `${id} ${modified}`;

interface Page {
  readonly keys: readonly string[];
  readonly next: string | undefined;
  readonly last: string;
}

async function pageOf(collection: string, search: Readonly<Record<string, string>>): Promise<Page> {
  const answer = await ask(node, 'GET', `${objectsOf(collection)}?${new URLSearchParams(search)}`, { token });
  return pageFrom(answer);
}

function pageFrom(answer: TestAnswer): Page {
  assert.equal(answer.status, 200, answer.text);
  const { objects = [], more, next } = read(answer, resources.envelope);
  assert.equal(more, next === undefined ? undefined : true);
  return { keys: objects.map(keyOf), next, last: answer.headers.get('x-taxii-date-added-last') ?? '' };
}

/** A client that polls: what it sends next follows from the page before. */
type Follow = (page: Page | undefined) => Readonly<Record<string, string>>;

const follows: Readonly<Record<string, Follow>> = {
  'added_after alone': (page) => (page === undefined ? {} : { added_after: page.last }),
  'next, and added_after where there is none': (page) => {
    if (page === undefined) return {};
    return page.next === undefined ? { added_after: page.last } : { next: page.next };
  },
  'next together with a moved added_after': (page) =>
    page === undefined
      ? {}
      : { added_after: page.last, ...(page.next === undefined ? {} : { next: page.next }) },
};

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('write'), writer: fc.nat(1), fresh: fc.nat(4), again: fc.nat(2) } as const),
    fc.record({ kind: fc.constant('poll'), limit: fc.integer({ min: 1, max: 5 }) } as const),
  ),
  { minLength: 4, maxLength: 16 },
);

/** Runs writers and one client beside each other; gives what the client saw, in its order. */
async function interleave(
  collection: string,
  schedule: Step[],
  follow: Follow,
  version: string,
): Promise<readonly string[]> {
  const running: Promise<void>[] = [];
  // An object's later versions come from whoever published it first (rule G4).
  const known: readonly string[][] = writers.map(() => []);
  const seen: string[] = [];
  let written = 0;
  let page: Page | undefined;
  const poll = async (limit: number) => {
    page = await pageOf(collection, { 'match[version]': version, limit: String(limit), ...follow(page) });
    assert.ok(page.keys.length <= limit);
    seen.push(...page.keys);
    assert.ok(seen.length < 1_000, 'the client reads for ever');
  };
  for (const step of schedule) {
    if (step.kind === 'poll') {
      await poll(step.limit);
      continue;
    }
    written += 1;
    const own = known[step.writer] ?? [];
    const fresh = Array.from({ length: step.fresh }, () => campaign());
    const again = own.slice(-step.again || own.length).map((id) => {
      return campaign({ id, modified: `2026-02-01T00:00:00.${String(written).padStart(3, '0')}Z` });
    });
    own.push(...fresh.map((object) => object.id));
    // Not awaited: the client polls while this is being written.
    if (fresh.length + again.length > 0) running.push(add(collection, [...fresh, ...again], step.writer));
  }
  await Promise.all(running);
  do await poll(5);
  while (page?.keys.length !== 0);
  return seen;
}

type Step = typeof steps extends fc.Arbitrary<(infer Item)[]> ? Item : never;

for (const [how, follow] of Object.entries(follows)) {
  test(`R2 TAXII §3.5 writers and a client that follows ${how}: every version once, in the order of the log.`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (schedule) => {
        const collection = await freshCollection();
        const seen = await interleave(collection, schedule, follow, 'all');
        const manifest = `/community/collections/${collection}/manifest/?match[version]=all`;
        const { objects = [] } = read(await ask(node, 'GET', manifest, { token }), resources.manifest);
        assert.deepEqual(
          seen,
          objects.map((record) => `${record.id} ${record.version}`),
        );
      }),
      { numRuns: 12 },
    );
  });

  test(`L7 TAXII §3.5 writers and a client that follows ${how}: no version twice, and the last of each object.`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (schedule) => {
        const collection = await freshCollection();
        const seen = await interleave(collection, schedule, follow, 'last');
        assert.equal(new Set(seen).size, seen.length);
        const all = await pageOf(collection, { limit: '1000' });
        assert.deepEqual(
          all.keys.filter((key) => !seen.includes(key)),
          [],
        );
        // The client’s newest of each object is the one that stands, and in the same order.
        const newest = new Map(seen.map((key) => [key.split(' ')[0], key]));
        assert.deepEqual(
          seen.filter((key) => newest.get(key.split(' ')[0]) === key),
          all.keys,
        );
      }),
      { numRuns: 12 },
    );
  });
}

test('TAXII §3.3 objects of one request, and of requests at one moment, have dates of their own: none is lost at the edge of a page.', async () => {
  const collection = await freshCollection();
  const posts = Array.from({ length: 6 }, (_, writer) =>
    add(collection, [campaign(), campaign(), campaign()], writer),
  );
  await Promise.all(posts);
  const seen: string[] = [];
  let search: Readonly<Record<string, string>> = { limit: '1' };
  for (;;) {
    const page = await pageOf(collection, search);
    if (page.keys.length === 0) break;
    seen.push(...page.keys);
    assert.ok(seen.length <= 18, 'the client reads for ever');
    search = { limit: '1', added_after: page.last };
  }
  assert.equal(new Set(seen).size, 18);
  assert.equal(seen.length, 18);
});

test('TAXII §3.4 added_after excludes its own moment: polling from the last date ends, and gives the same date again.', async () => {
  const collection = await freshCollection();
  await add(collection, [campaign(), campaign()]);
  const { last } = await pageOf(collection, {});
  const empty = await pageOf(collection, { added_after: last });
  assert.deepEqual([empty.keys, empty.last], [[], last]);
  const again = await pageOf(collection, { added_after: empty.last });
  assert.deepEqual([again.keys, again.last], [[], last]);
  const object = campaign();
  await add(collection, [object]);
  assert.deepEqual((await pageOf(collection, { added_after: again.last })).keys, [keyOf(object)]);
});

test('TAXII §3.5 next and added_after both hold: the page begins behind the later of the two.', async () => {
  const collection = await freshCollection();
  const objects = Array.from({ length: 5 }, () => campaign());
  await add(collection, objects);
  const keys = objects.map(keyOf);
  const one = await pageOf(collection, { limit: '1' });
  const three = await pageOf(collection, { limit: '3' });
  const from = (search: Readonly<Record<string, string>>) =>
    pageOf(collection, search).then((page) => page.keys);
  assert.deepEqual(await from({ next: one.next ?? '', added_after: three.last }), keys.slice(3));
  assert.deepEqual(await from({ next: three.next ?? '', added_after: one.last }), keys.slice(3));
  assert.deepEqual(await from({ next: one.next ?? '', added_after: '2020-01-01T00:00:00Z' }), keys.slice(1));
});

test('TAXII §3.5 next stays good when what it stood at is deleted; the page then has the date of where it stood.', async () => {
  const collection = await freshCollection();
  const objects = [campaign(), campaign(), campaign()];
  await add(collection, objects);
  const page = await pageOf(collection, { limit: '1' });
  for (const { id } of objects) {
    const answer = await ask(node, 'DELETE', `${objectsOf(collection)}${id}/`, { token: node.operator });
    assert.equal(answer.status, 200);
  }
  const rest = await pageOf(collection, { next: page.next ?? '' });
  assert.deepEqual([rest.keys, rest.next, rest.last], [[], undefined, page.last]);
});

test('R5 a cursor of one node is good on another that shares its database.', async (t) => {
  const one = await startTestNode(t);
  const member = await one.member('Member');
  const path = objectsOf(await one.collection({ title: 'Cluster', audience: 'community' }));
  const objects = [campaign(), campaign(), campaign()];
  await ask(one, 'POST', path, { token: member.token, body: envelope(...objects) });
  const page = pageFrom(await ask(one, 'GET', `${path}?limit=2`, { token: member.token }));
  await using other = await serve(one.platform);
  const rest = await ask(other, 'GET', `${path}?limit=2&next=${page.next}`, { token: member.token });
  assert.deepEqual(pageFrom(rest).keys, objects.slice(2).map(keyOf));
});

test('TAXII §3.4 a page of many objects is whole, and holds one version of each while new ones are written.', async () => {
  const collection = await freshCollection();
  const objects = Array.from({ length: 350 }, () => campaign());
  await add(collection, objects);
  assert.deepEqual((await pageOf(collection, {})).keys, objects.map(keyOf));
  assert.deepEqual((await pageOf(collection, { limit: '349' })).keys.length, 349);
  let version = 0;
  const write = async () => {
    for (; version < 30; version += 1) {
      const modified = `2026-03-01T00:00:00.${String(version).padStart(3, '0')}Z`;
      await add(
        collection,
        objects.slice(0, 40).map((object) => ({ ...object, modified })),
      );
    }
  };
  const writing = write();
  while (version < 30) {
    const page = await pageOf(collection, {});
    const ids = page.keys.map((key) => key.split(' ')[0]);
    assert.equal(new Set(ids).size, ids.length);
  }
  await writing;
  assert.equal((await pageOf(collection, {})).keys.length, 350);
});

test('TAXII App. B a page ends before it grows out of bounds, however long its objects are.', async () => {
  const collection = await freshCollection();
  const description = 'x'.repeat(4_000_000);
  const objects = Array.from({ length: 6 }, () => campaign({ description }));
  for (const object of objects) await add(collection, [object]);
  const first = await pageOf(collection, {});
  assert.deepEqual(first.keys, objects.slice(0, 4).map(keyOf));
  const second = await pageOf(collection, { next: first.next ?? '' });
  assert.deepEqual([second.keys, second.next], [objects.slice(4).map(keyOf), undefined]);
});

test('TAXII §3.4 a cursor that was made up is refused, with the place.', async () => {
  const collection = await freshCollection();
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), async (text) => {
      const search = new URLSearchParams({ next: text });
      const answer = await ask(node, 'GET', `${objectsOf(collection)}?${search}`, { token });
      assert.equal(refusalOf(answer), '400 bad-cursor ?next');
    }),
    { numRuns: 50 },
  );
});
