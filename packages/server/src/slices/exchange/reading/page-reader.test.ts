import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { testDatabaseUrl } from '../../../platform/storage/testing.ts';
import type { TestNode } from '../../../testing.ts';
import { startTestNode } from '../../../testing.ts';
import { indicator } from '../../../testing-objects.ts';
import { createCollections } from '../../collections/index.ts';
import { openIdentity } from '../../identity/index.ts';
import { touchedPositions } from '../content/standing-store.ts';
import { versionKey } from '../entry.ts';
import type { ReadGrant } from '../read-grant.ts';
import { grantRead } from '../read-grant.ts';
import type { PageReader, TextPageQuery } from './page-reader.ts';
import { createPageReader } from './page-reader.ts';
import type { Event, ExpectedPage } from './testing.ts';
import { expectedPage, nameOf, readEvents } from './testing.ts';
import type { PagePlace, TextPage } from './text-page.ts';

// Members publish, supersede, revoke, withdraw, and publish again, while readers with memories of every size read. Each page has to be
// what the log says it was at one moment, and that moment must not lie before what had been acknowledged when the page was asked for.
// On PostgreSQL readers and writers are spread over two nodes.

const collectionCount = 2;
const objectCount = 14;

const publishing = fc.record({
  kind: fc.constant('publish' as const),
  node: fc.nat(),
  collection: fc.nat({ max: collectionCount - 1 }),
  objects: fc.array(
    fc.record({
      object: fc.nat({ max: objectCount - 1 }),
      version: fc.nat({ max: 8 }),
    }),
    { minLength: 1, maxLength: 25 },
  ),
});
const withdrawing = fc.record({
  kind: fc.constant('withdraw' as const),
  node: fc.nat(),
  collection: fc.nat({ max: collectionCount - 1 }),
  object: fc.nat({ max: objectCount - 1 }),
  version: fc.option(fc.nat({ max: 8 })),
});
const reading = fc.record({
  kind: fc.constant('read' as const),
  reader: fc.nat(),
  collection: fc.nat({ max: collectionCount - 1 }),
  start: fc.constantFrom('begin', 'position', 'cursor', 'time', 'both'),
  place: fc.nat({ max: 60 }),
  limit: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(1_000)),
  bytes: fc.constantFrom(2_000, 9_000, 16_777_216),
});
const lanes = fc.array(
  fc.array(
    fc.oneof(
      { weight: 2, arbitrary: publishing },
      { weight: 2, arbitrary: withdrawing },
      { weight: 6, arbitrary: reading },
    ),
    { minLength: 5, maxLength: 30 },
  ),
  { minLength: 1, maxLength: 4 },
);

type Value<Arbitrary> = Arbitrary extends fc.Arbitrary<infer T> ? T : never;

/** A memory for each size that matters: none, too small for a run, for a page, for the collection; and large. */
const memories = [0, 700, 4_000, 40_000, 16_777_216];

test('L6, L7, R5 every page is what the log was at one moment, not before what was acknowledged when it was asked for', async (t) => {
  const first = await startTestNode(t);
  const nodes =
    testDatabaseUrl === undefined ? [first] : [first, await startTestNode(t, {}, { beside: first })];
  const readers = nodes.flatMap(({ platform }) =>
    memories.map((bytes) => createPageReader(platform.storage.read, { bytes })),
  );
  await fc.assert(
    fc.asyncProperty(lanes, async (shapes) => {
      const world = await openWorld(nodes, readers);
      await Promise.all(shapes.map((steps) => carryOut(world, steps)));
      for (const room of world.rooms) await compareAll(world, room);
    }),
    { numRuns: Number(process.env['BELLTOWER_TEST_RUNS'] ?? 25), endOnFailure: true },
  );
});

test('what is made of a page is made once for all who ask at the same time, and once more when the page has changed', async (t) => {
  const node = await startTestNode(t);
  const reader = createPageReader(node.platform.storage.read, { bytes: 1_000_000 });
  const { rooms, texts } = await openWorld([node], [reader]);
  const world = { nodes: [node], readers: [reader], rooms, texts };
  const room = at(rooms, 0);
  const objects = Array.from({ length: 10 }, (_, object) => ({ object, version: 1 }));
  await publish(world, room, { kind: 'publish', node: 0, collection: 0, objects });
  const start = { after: 0, addedAfter: Number.NEGATIVE_INFINITY };
  let made = 0;
  const ask = async () => {
    const page = await reader.read(room.grant, { ...everything, ...start, limit: 5, bytes: 1_000_000 });
    return page.derive('length', async () => {
      made += 1;
      await sleep(20);
      return Buffer.concat(page.parts);
    });
  };
  const askAll = async () => {
    const all = await Promise.all(Array.from({ length: 50 }, ask));
    assert.equal(new Set(all).size, 1);
    return at(all, 0);
  };
  const before = await askAll();
  assert.equal(await ask(), before);
  assert.equal(made, 1);
  await withdraw(world, room, { kind: 'withdraw', node: 0, collection: 0, object: 7, version: null });
  assert.equal(await ask(), before);
  assert.equal(made, 1, 'the page does not reach as far as what was withdrawn');
  await withdraw(world, room, { kind: 'withdraw', node: 0, collection: 0, object: 2, version: null });
  const after = await askAll();
  assert.notDeepEqual(after, before);
  assert.equal(made, 2);
});

test('what newer entries have touched is every earlier one of the same objects, and of no other', async (t) => {
  const node = await startTestNode(t);
  const { rooms, texts } = await openWorld([node], []);
  const world = { nodes: [node], readers: [], rooms, texts };
  const [room, other] = [at(rooms, 0), at(rooms, 1)];
  const put = (into: Room, object: number, version: number) =>
    publish(world, into, { kind: 'publish', node: 0, collection: 0, objects: [{ object, version }] });
  // Positions 1 to 6, and in the other collection objects of their own.
  for (const [object, version] of [
    [0, 1],
    [1, 1],
    [2, 1],
    [0, 2],
    [3, 1],
    [3, 2],
  ] as const) {
    await put(room, object, version);
    await put(other, object, version);
  }
  await withdraw(world, room, { kind: 'withdraw', node: 0, collection: 0, object: 1, version: 1 });
  const { read } = node.platform.storage;
  const touched = async (from: number, to: number, most = 100) =>
    [...(await touchedPositions(read, room.grant, { from, to }, most))].sort((one, next) => one - next);
  assert.deepEqual(await touched(0, 3), []);
  assert.deepEqual(await touched(3, 4), [1]);
  assert.deepEqual(await touched(4, 5), []);
  // Of two new entries the first may have been loaded before the second was there.
  assert.deepEqual(await touched(4, 6), [5]);
  assert.deepEqual(await touched(6, 7), [2]);
  assert.deepEqual(await touched(0, 7), [1, 2, 5]);
  assert.equal((await touched(0, 7, 2)).length, 2);
});

interface Room {
  readonly id: string;
  readonly grant: ReadGrant;
  readonly objectIds: readonly string[];
  /** The last position that somebody was told of. */
  acknowledged: number;
  readonly pages: SeenPage[];
  /** Places of objects that were seen, to begin other pages at. */
  readonly seen: { readonly position: number; readonly added: number }[];
}

interface SeenPage {
  readonly acknowledged: number;
  readonly query: TextPageQuery;
  readonly page: TextPage;
  readonly reader: number;
}

interface World {
  readonly nodes: readonly TestNode[];
  readonly readers: readonly PageReader[];
  readonly rooms: readonly Room[];
  /** The text of each object by id and version. */
  readonly texts: Map<string, string>;
}

async function openWorld(nodes: readonly TestNode[], readers: readonly PageReader[]): Promise<World> {
  const [node] = nodes;
  assert.ok(node);
  const rooms: Room[] = [];
  for (let number = 0; number < collectionCount; number += 1) {
    const id = await node.collection({ title: 'Busy', audience: 'public' });
    await using identity = await openIdentity(node.platform);
    const collection = await createCollections(node.platform, identity).find(id);
    await Promise.all(nodes.map((each) => knows(each, id)));
    const grant = collection === undefined ? undefined : grantRead(collection, undefined);
    assert.ok(grant);
    const objectIds = Array.from({ length: objectCount }, () => `indicator--${randomUUID()}`);
    rooms.push({ id, grant, objectIds, acknowledged: 0, pages: [], seen: [] });
  }
  return { nodes, readers, rooms, texts: new Map() };
}

/** Another node hears of a new collection within a second. */
async function knows(node: TestNode, collection: string): Promise<void> {
  while ((await node.api('GET', `/collections/${collection}`)).status !== 200) await sleep(20);
}

async function carryOut(
  world: World,
  steps: readonly Value<typeof reading | typeof publishing | typeof withdrawing>[],
) {
  for (const step of steps) {
    const room = at(world.rooms, step.collection);
    switch (step.kind) {
      case 'publish':
        await publish(world, room, step);
        break;
      case 'withdraw':
        await withdraw(world, room, step);
        break;
      case 'read':
        await readOne(world, room, step);
    }
  }
}

async function publish(world: World, room: Room, { node, objects }: Value<typeof publishing>): Promise<void> {
  const made = objects.map(({ object, version }) => makeObject(at(room.objectIds, object), object, version));
  for (const { name, text } of made) world.texts.set(name, text);
  const body = `{"type":"bundle","id":"bundle--${randomUUID()}","objects":[${made.map(({ text }) => text)}]}`;
  const answer = await at(world.nodes, node).api('POST', `/collections/${room.id}/objects`, { body });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  acknowledge(room, answer.body, 'results');
}

/** Objects of every length; the same version of an object is always the same. */
function makeObject(id: string, object: number, version: number) {
  const modified = `2026-01-01T00:00:0${version}.000Z`;
  const seed = object * 10 + version;
  const description = 'é'.repeat(seed % 9 === 0 ? 1_500 : (seed * 37) % 300);
  const text = JSON.stringify(indicator({ id, modified, revoked: seed % 8 === 7, description }));
  return { name: nameOf({ objectId: id, version: versionKey(modified) }), text };
}

async function withdraw(
  world: World,
  room: Room,
  { node, object, version }: Value<typeof withdrawing>,
): Promise<void> {
  const which = version === null ? '' : `?version=2026-01-01T00:00:0${version}.000Z`;
  const path = `/collections/${room.id}/objects/${at(room.objectIds, object)}${which}`;
  const answer = await at(world.nodes, node).api('DELETE', path);
  assert.ok([200, 404].includes(answer.status), JSON.stringify(answer.body));
  acknowledge(room, answer.body, 'withdrawn');
}

/** Somebody was told of these positions: from now on no page may be without them. */
function acknowledge(room: Room, body: unknown, key: string): void {
  const results: unknown = Reflect.get(Object(body), key);
  for (const result of Array.isArray(results) ? results : []) {
    const position: unknown = Reflect.get(Object(result), 'position');
    if (typeof position === 'number') room.acknowledged = Math.max(room.acknowledged, position);
  }
}

async function readOne(world: World, room: Room, step: Value<typeof reading>): Promise<void> {
  const { acknowledged } = room;
  const query = { ...everything, ...placeOf(room, step), limit: step.limit, bytes: step.bytes };
  const reader = step.reader % world.readers.length;
  const page = await at(world.readers, reader).read(room.grant, query);
  room.pages.push({ acknowledged, query, page, reader });
  for (const place of [page.first, page.last]) if (place !== undefined) room.seen.push(place);
}

const everything = {
  ids: undefined,
  types: undefined,
  specVersions: undefined,
  versions: { all: false, first: false, last: true, exact: [] },
};

function placeOf({ seen }: Room, { start, place }: Value<typeof reading>) {
  const earlier = seen.length === 0 ? undefined : at(seen, place);
  const after = start === 'position' ? place : (earlier?.position ?? 0);
  const addedAfter = earlier?.added ?? 0;
  switch (start) {
    case 'begin':
      return { after: 0, addedAfter: Number.NEGATIVE_INFINITY };
    case 'position':
    case 'cursor':
      return { after, addedAfter: Number.NEGATIVE_INFINITY };
    case 'time':
      return { after: 0, addedAfter };
    case 'both':
      return { after: place, addedAfter };
  }
}

/** Compares every page that was read, and what every reader reads at last, with the log. */
async function compareAll(world: World, room: Room): Promise<void> {
  const events = await readEvents(at(world.nodes, 0).platform.storage.read, room.grant);
  const bytesOf = (event: Event) => Buffer.byteLength(world.texts.get(nameOf(event)) ?? '');
  const expected = (head: number, place: PagePlace) =>
    describe(world, expectedPage(events, { head, place, bytesOf }));
  for (const { acknowledged, query, page, reader } of room.pages) {
    const heads = Array.from(
      { length: events.length - acknowledged + 1 },
      (_, index) => acknowledged + index,
    );
    const found = read(page);
    if (heads.some((head) => isDeepStrictEqual(expected(head, query), found))) continue;
    assert.deepEqual(found, expected(acknowledged, query), `reader ${reader}: ${JSON.stringify(query)}`);
  }
  for (const [index, reader] of world.readers.entries()) {
    for (const { query } of room.pages.slice(0, 5)) {
      const page = await reader.read(room.grant, query);
      assert.deepEqual(
        read(page),
        expected(events.length, query),
        `reader ${index}: ${JSON.stringify(query)}`,
      );
    }
  }
}

function describe({ texts }: World, { events, more }: ExpectedPage) {
  const place = (event: Event | undefined) =>
    event === undefined ? undefined : { position: event.position, added: event.added };
  const text = events.map((event) => texts.get(nameOf(event))).join(',');
  return { text, count: events.length, first: place(events[0]), last: place(events.at(-1)), more };
}

function read({ parts, count, first, last, more }: TextPage) {
  return { text: Buffer.concat(parts).toString(), count, first, last, more };
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('An empty list has no items');
  return item;
}
