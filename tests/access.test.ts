import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { entriesOf, readLive } from '../packages/server/src/slices/live/testing.ts';
import type { TestNode } from '../packages/server/src/testing.ts';
import { startTestNode } from '../packages/server/src/testing.ts';
import { bundle, indicator, marked } from '../packages/server/src/testing-objects.ts';
import type { World } from './support/shared-world.ts';
import { organisations, roomShape, settle } from './support/shared-world.ts';
import type { Holder, Room } from './support/sharing-rules.ts';
import { levels, shouldAccept, shouldRead, shouldWrite } from './support/sharing-rules.ts';

// Every read path of a running node is compared with the rules, which `support/sharing-rules.ts` writes down once more and
// independently of the product's code, for random organisations, collections and markings.

const publishShape = fc.record({
  room: fc.nat(),
  holder: fc.nat(),
  marking: fc.option(fc.constantFrom(...levels), { nil: undefined }),
  creator: fc.option(fc.nat({ max: organisations }), { nil: undefined }),
});

test('G3, G4, R3 for random organisations, collections and markings every read path gives exactly what the rules say', async (t) => {
  const node = await startTestNode(t);
  await fc.assert(
    fc.asyncProperty(
      fc.array(roomShape, { minLength: 1, maxLength: 5 }),
      fc.array(publishShape, { minLength: 15, maxLength: 40 }),
      fc.array(fc.nat({ max: organisations - 1 }), { maxLength: 2 }),
      async (roomShapes, publishes, clientIndexes) => {
        const world = await settle(node, roomShapes, clientIndexes);
        for (const publish of publishes) await publishOne(node, world, publish);
        let turn = 0;
        for (const holder of world.holders)
          for (const room of world.rooms) await compare(node, world, { holder, room, turn: turn++ });
        for (const holder of world.holders) await compareLists(node, world, holder);
        // Pages that were cached a moment ago are for nobody who is out now.
        for (const [index, room] of world.rooms.entries()) {
          if (room.audience !== 'organisations' || room.members.length === 0) continue;
          world.rooms[index] = await narrow(node, room);
          for (const holder of world.holders)
            await compare(node, world, { holder, room: world.rooms[index], turn: 0 });
        }
      },
    ),
    { numRuns: Number(process.env['BELLTOWER_TEST_RUNS'] ?? 5), endOnFailure: true },
  );
});

async function publishOne(
  node: TestNode,
  world: World,
  shape: typeof publishShape extends fc.Arbitrary<infer T> ? T : never,
): Promise<void> {
  const room = world.rooms[shape.room % world.rooms.length];
  const holder = world.holders[shape.holder % world.holders.length];
  assert.ok(room && holder);
  const stranger = 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5';
  const creator = shape.creator === undefined ? undefined : (world.ids[shape.creator] ?? stranger);
  const name = `MARKER-${randomUUID()}`;
  const object = indicator({
    name,
    ...(creator === undefined ? {} : { created_by_ref: creator }),
    ...(shape.marking === undefined ? {} : marked(shape.marking)),
  });
  world.names.set(object.id, name);
  const response = await fetch(`${node.url}/api/collections/${room.id}/objects`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(holder.token === undefined ? {} : { authorization: `Bearer ${holder.token}` }),
    },
    body: JSON.stringify(bundle(object)),
  });
  const answer = (await response.json()) as { results?: { status: string }[] };
  const story = `${holder.label} publishes ${shape.marking ?? 'unmarked'} by ${creator ?? 'nobody'} to ${JSON.stringify(room)}`;
  if (!shouldWrite(room, holder)) {
    assert.ok([401, 403, 404].includes(response.status), `${story}: ${response.status}`);
    return;
  }
  assert.equal(response.status, 200, story);
  const clients = holder.organisation === world.ids[0] ? world.clients : [];
  const accepted = shouldAccept(room, holder, { id: object.id, marking: shape.marking, creator }, clients);
  assert.equal(
    answer.results?.[0]?.status,
    accepted ? 'accepted' : 'refused',
    `${story}: ${JSON.stringify(answer)}`,
  );
  if (accepted) room.holds.add(object.id);
}

const taxii = { accept: 'application/taxii+json;version=2.1' };

/** Leaves the owner alone in a room, as the owner does it. */
async function narrow(node: TestNode, room: Room): Promise<Room> {
  const token = await node.administrator(room.owner);
  const { status, body } = await node.api('PATCH', `/collections/${room.id}`, {
    token,
    body: { members: [] },
  });
  assert.equal(status, 200, JSON.stringify(body));
  return { ...room, members: [] };
}

const long = '2020-01-01T00:00:00Z';

/** Every form of a question about all objects of a collection; each has all of them as its answer. */
const wholes: readonly string[] = [
  'objects/',
  'manifest/',
  'objects/?match[version]=all',
  'objects/?match[version]=first',
  'objects/?match[version]=last',
  'objects/?match[version]=2026-01-01T00:00:00.000Z',
  'objects/?match[type]=indicator',
  'objects/?match[spec_version]=2.1',
  `objects/?added_after=${long}`,
  'objects/?limit=1000',
  'manifest/?match[version]=all',
  'manifest/?match[type]=indicator',
  `manifest/?added_after=${long}&limit=1000`,
];

async function compare(
  node: TestNode,
  world: World,
  { holder, room, turn }: { holder: Holder; room: Room; turn: number },
): Promise<void> {
  const base = `${node.url}/taxii2/community/collections/${room.id}`;
  const headers = {
    ...taxii,
    ...(holder.token === undefined ? {} : { authorization: `Bearer ${holder.token}` }),
  };
  const story = `${holder.label} reads ${JSON.stringify({ ...room, holds: [...room.holds] })}`;
  const reads = shouldRead(room, holder);
  const expected = [...room.holds].toSorted();
  const [some = 'indicator--00000000-0000-4000-8000-000000000000'] = expected;
  const own = expected.slice(0, 1);
  // Some forms each time, all of them in turn.
  const forms = [0, 1, 2].map((more) => wholes[(turn * 3 + more) % wholes.length] ?? '');
  const coding = (['gzip', 'zstd', 'identity'] as const)[turn % 3] ?? 'identity';
  for (const [path, ids] of [
    ['objects/', expected],
    ...forms.map((form) => [form, expected] as const),
    [`objects/${some}/`, own],
    [`objects/?match[id]=${some}`, own],
    [`manifest/?match[id]=${some}`, own],
  ] as const) {
    const response = await fetch(`${base}/${path}`, { headers: { ...headers, 'accept-encoding': coding } });
    const text = await decoded(response);
    assertNoStrangers(text, world, reads ? room.holds : new Set());
    const head = await fetch(`${base}/${path}`, { method: 'HEAD', headers });
    assert.equal(head.status, response.status, `HEAD ${path}: ${story}`);
    if (!reads) {
      assert.ok([401, 403, 404].includes(response.status), `${path}: ${story}: ${response.status}`);
      assert.equal(head.headers.get('x-taxii-date-added-last'), null);
      continue;
    }
    if (expected.length === 0 && path.startsWith('objects/i')) continue;
    assert.equal(response.status, 200, `${path}: ${story}: ${text}`);
    const body = JSON.parse(text) as { objects?: { id: string }[] };
    assert.deepEqual((body.objects ?? []).map((object) => object.id).toSorted(), ids, `${path}: ${story}`);
  }
  if (reads) assert.deepEqual((await paged(`${base}/objects/?limit=2`, headers)).toSorted(), expected, story);
  const versions = await fetch(`${base}/objects/${some}/versions/`, { headers });
  const versionText = await versions.text();
  if (reads && expected.length > 0) assert.equal(versions.status, 200, versionText);
  else assert.ok(!reads === (versions.status !== 200) || expected.length === 0, `versions: ${story}`);
  const view = await node.api('GET', `/collections/${room.id}`, { token: holder.token ?? 'none' });
  assertNoStrangers(JSON.stringify(view.body), world, new Set());

  if (!reads) {
    // Nor together with one that everybody may read, nor by its own address.
    const other = world.rooms.find(({ audience }) => audience === 'public');
    const names = [room.id, ...(other === undefined ? [] : [other.id])].join(',');
    for (const path of [`/live?collections=${names}&after=0`, `/live/collections/${room.id}?after=0`]) {
      const refused = await fetch(`${node.url}${path}`, { headers });
      assert.ok([401, 404].includes(refused.status), `${path}: ${story}: ${refused.status}`);
      assertNoStrangers(await refused.text(), world, new Set());
    }
    return;
  }
  const stream = readLive(`${node.url}/live?collections=${room.id}`, {
    token: holder.token,
    enough: (events) => entriesOf(events).length >= expected.length,
  });
  const entries = entriesOf(await stream);
  assert.deepEqual(
    entries.map((entry) => Reflect.get(Object(entry['object']), 'id')).toSorted(),
    expected,
    `live: ${story}`,
  );
}

/** Ids over all pages, from `next` to `next`. */
async function paged(url: string, headers: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let next: string | undefined = ''; next !== undefined; ) {
    const response = await fetch(`${url}${next === '' ? '' : `&next=${encodeURIComponent(next)}`}`, {
      headers,
    });
    const page = (await response.json()) as { objects?: { id: string }[]; next?: string };
    ids.push(...(page.objects ?? []).map(({ id }) => id));
    next = page.next;
  }
  return ids;
}

/** A body as text, also in a coding that `fetch` does not know. */
async function decoded(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isZstd = bytes.length > 4 && bytes.readUInt32LE(0) === 0xfd2fb528;
  return (isZstd ? zstdDecompressSync(bytes) : bytes).toString();
}

function assertNoStrangers(text: string, world: World, allowed: ReadonlySet<string>): void {
  for (const [id, name] of world.names)
    if (!allowed.has(id)) assert.ok(!text.includes(name), `${name} was given away`);
}

async function compareLists(node: TestNode, world: World, holder: Holder): Promise<void> {
  const headers = {
    ...taxii,
    ...(holder.token === undefined ? {} : { authorization: `Bearer ${holder.token}` }),
  };
  // What is for everybody, and the errors, name no collection that is hidden.
  const hidden = world.rooms.filter((room) => !shouldRead(room, holder) && !shouldWrite(room, holder));
  const runs = holder.label === 'operator' ? [] : hidden.filter(({ owner }) => owner !== holder.organisation);
  for (const path of [
    '/',
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/openapi.json',
    '/api/collections',
    '/api/me',
    '/api/audit',
    '/taxii2/',
    '/taxii2/community/',
    '/live?collections=none',
  ]) {
    const text = await (await fetch(`${node.url}${path}`, { headers })).text();
    for (const { id } of runs) assert.ok(!text.includes(id), `${holder.label}: ${path} names ${id}`);
    assertNoStrangers(text, world, new Set());
  }
  const response = await fetch(`${node.url}/taxii2/community/collections/`, { headers });
  if (response.status !== 200) return assert.equal(holder.token, undefined);
  const { collections = [] } = (await response.json()) as {
    collections?: { id: string; can_read: boolean; can_write: boolean }[];
  };
  for (const room of world.rooms) {
    const listed = collections.find((collection) => collection.id === room.id);
    const rights = [shouldRead(room, holder), shouldWrite(room, holder)];
    assert.deepEqual(
      [listed?.can_read ?? false, listed?.can_write ?? false],
      rights,
      `${holder.label} lists ${JSON.stringify(room)}`,
    );
  }
}
