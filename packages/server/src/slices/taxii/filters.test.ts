import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { startTestNode } from '../../testing.ts';
import type { TestObject } from './testing.ts';
import { ask, campaign, envelope, read, resources } from './testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());
const { token } = await node.member('Member');

const types = ['campaign', 'identity', 'tool'] as const;
const days = [1, 2, 3, 4, 5];
const ids = types.flatMap((type) => [campaign({ type }).id, campaign({ type }).id, campaign({ type }).id]);
const timestamp = (day: number) => `2026-01-0${day}T00:00:00.000Z`;

/** What a collection holds, as simply as it can be said: a list in the order in which it was added. */
interface Held {
  readonly id: string;
  readonly type: string;
  readonly version: string;
  readonly added: string;
}

const choices = ['first', 'last', ...days.map(timestamp)];
const searches = fc.record({
  ids: fc.option(fc.subarray(ids, { minLength: 1 })),
  types: fc.option(fc.subarray([...types, 'malware'], { minLength: 1 })),
  versions: fc.option(
    fc.oneof(fc.constant<string[]>(['all']), fc.shuffledSubarray(choices, { minLength: 1 })),
  ),
  specVersions: fc.option(fc.subarray(['2.0', '2.1'], { minLength: 1 }), { freq: 3 }),
  after: fc.option(fc.nat(40)),
  limit: fc.integer({ min: 1, max: 12 }),
});
type Search = typeof searches extends fc.Arbitrary<infer Value> ? Value : never;

/** The answer that the standard asks for, by looking at everything. */
function naive(held: readonly Held[], { versions, after: index, ...search }: Search): readonly Held[] {
  const wanted = versions ?? ['last'];
  const isChosen = ({ id, version }: Held) => {
    const all = held
      .filter((other) => other.id === id)
      .map((other) => other.version)
      .sort();
    return (
      wanted.includes('all') ||
      wanted.includes(version) ||
      (wanted.includes('first') && version === all[0]) ||
      (wanted.includes('last') && version === all.at(-1))
    );
  };
  return held.filter(
    (object) =>
      isChosen(object) &&
      (search.ids?.includes(object.id) ?? true) &&
      (search.types?.includes(object.type) ?? true) &&
      (search.specVersions?.includes('2.1') ?? true) &&
      (index === null || object.added > dateOf(held, index)),
  );
}

function dateOf(held: readonly Held[], index: number): string {
  return held[index % held.length]?.added ?? '';
}

function parametersOf(held: readonly Held[], search: Search): URLSearchParams {
  const parameters = new URLSearchParams({ limit: String(search.limit) });
  const lists = {
    id: search.ids,
    type: search.types,
    version: search.versions,
    spec_version: search.specVersions,
  };
  for (const [name, list] of Object.entries(lists))
    if (list !== null) parameters.set(`match[${name}]`, list.join());
  if (search.after !== null) parameters.set('added_after', dateOf(held, search.after));
  return parameters;
}

const collection = await node.collection({ title: 'Filters', audience: 'community' });
const root = `/community/collections/${collection}`;

/** Adds every version of every object in a random order, a few at a time, and deletes some of them. */
async function populate(): Promise<readonly Held[]> {
  const all = ids.flatMap((id) => {
    const type = id.split('--')[0] ?? '';
    return days.map((day) => campaign({ id, type, modified: timestamp(day) }));
  });
  const [order = []] = fc.sample(fc.shuffledSubarray(all, { minLength: 35, maxLength: 40 }), {
    numRuns: 1,
    seed: 7,
  });
  for (let at = 0; at < order.length; at += 3) {
    const body = envelope(...order.slice(at, at + 3));
    const status = read(await ask(node, 'POST', `${root}/objects/`, { token, body }), resources.status);
    assert.equal(status.failure_count, 0);
  }
  const gone = order.filter((_, index) => index % 9 === 0);
  for (const { id, modified } of gone) {
    const answer = await ask(node, 'DELETE', `${root}/objects/${id}/?match[version]=${modified}`, { token });
    assert.equal(answer.status, 200);
  }
  return dated(order.filter((object) => !gone.includes(object)));
}

async function dated(order: readonly TestObject[]): Promise<readonly Held[]> {
  const answer = await ask(node, 'GET', `${root}/manifest/?match[version]=all`, { token });
  const { objects = [] } = read(answer, resources.manifest);
  assert.deepEqual(
    objects.map(({ id, version }) => [id, version]),
    order.map(({ id, modified }) => [id, modified]),
  );
  return objects.map(({ id, version, date_added }) => ({
    id,
    type: id.split('--')[0] ?? '',
    version,
    added: date_added,
  }));
}

const held = await populate();

for (const endpoint of ['objects', 'manifest'] as const) {
  test(`TAXII §3.4 random filters on ${endpoint}, page by page, give what looking at everything gives.`, async () => {
    await fc.assert(
      fc.asyncProperty(searches, async (search) => {
        const parameters = parametersOf(held, search);
        const found: string[] = [];
        for (;;) {
          const answer = await ask(node, 'GET', `${root}/${endpoint}/?${parameters}`, { token });
          const page =
            endpoint === 'objects' ? read(answer, resources.envelope) : read(answer, resources.manifest);
          const items = (page.objects ?? []).map(
            (item) => `${item.id} ${'version' in item ? item.version : item['modified']}`,
          );
          found.push(...items);
          if (page.next === undefined) break;
          assert.equal(items.length, search.limit);
          parameters.set('next', page.next);
        }
        assert.deepEqual(
          found,
          naive(held, search).map(({ id, version }) => `${id} ${version}`),
        );
      }),
      { numRuns: 120 },
    );
  });
}

test('TAXII §5.6 §5.8 an object by its id is what the filter on its id gives.', async () => {
  const cases = fc.tuple(searches, fc.constantFrom(...ids));
  await fc.assert(
    fc.asyncProperty(cases, async ([search, id]) => {
      const narrowed = { ...search, ids: null, types: null, limit: 100 };
      const expected = naive(held, { ...narrowed, ids: [id] });
      const answer = await ask(node, 'GET', `${root}/objects/${id}/?${parametersOf(held, narrowed)}`, {
        token,
      });
      const isThere = naive(held, { ...narrowed, ids: [id], specVersions: null, after: null }).length > 0;
      assert.equal(answer.status, isThere ? 200 : 404);
      if (!isThere) return;
      const { objects = [] } = read(answer, resources.envelope);
      assert.deepEqual(
        objects.map((object) => object.modified),
        expected.map((object) => object.version),
      );
      const every = { ...narrowed, ids: [id], versions: ['all'] };
      const versions = await ask(
        node,
        'GET',
        `${root}/objects/${id}/versions/?${parametersOf(held, { ...narrowed, versions: null })}`,
        { token },
      );
      assert.deepEqual(
        read(versions, resources.versions).versions ?? [],
        naive(held, every).map((object) => object.version),
      );
    }),
    { numRuns: 80 },
  );
});
