import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { Packer } from '../../../platform/storage/packed-rows.ts';
import type { LogRange } from '../content/standing-store.ts';
import { ByteCache } from './byte-cache.ts';
import type { ViewSource } from './collection-view.ts';
import { CollectionView, usualSizes } from './collection-view.ts';
import type { Event } from './testing.ts';
import { expectedPage, nameOf } from './testing.ts';
import type { PagePlace } from './text-page.ts';

// A view of a log that others write to while it reads. Every question takes its time to reach the log and every answer to come
// back, in every order that the scheduler finds: what is loaded may be overtaken by what changes it.

const write = fc.record({
  kind: fc.constantFrom('publish' as const, 'publish' as const, 'withdraw' as const),
  object: fc.nat({ max: 3 }),
  version: fc.nat({ max: 3 }),
});
const read = fc.record({
  after: fc.nat({ max: 20 }),
  time: fc.option(fc.nat({ max: 220 }), { nil: undefined }),
  limit: fc.integer({ min: 1, max: 8 }),
  bytes: fc.constantFrom<number>(15, 60, 1_000),
});
const sizes = fc.record({
  leastRows: fc.integer({ min: 1, max: 6 }),
  mostRows: fc.integer({ min: 6, max: 10 }),
  mostBytes: fc.constantFrom(20, 60, 1_000),
  runRows: fc.integer({ min: 1, max: 4 }),
  joinedBytes: fc.constantFrom(20, 1_000),
  mostEntries: fc.constantFrom(2, 100),
  mostTouched: fc.constantFrom(3, 100),
});
const whole = { after: 0, addedAfter: Number.NEGATIVE_INFINITY, limit: 100, bytes: 10_000 };
const runs = { numRuns: 25 * Number(process.env['BELLTOWER_TEST_RUNS'] ?? 20), endOnFailure: false };

test('L6, L7 whatever overtakes what, a view shows what the log was at its head, and nothing that came before the question', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(write, { maxLength: 15 }),
      fc.array(write, { maxLength: 15 }),
      fc.array(fc.array(read, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      fc.record({ sizes, memory: fc.constantFrom(1_500, 6_000, 1_000_000) }),
      async (scheduler, before, writes, readers, { sizes: own, memory }) => {
        const log = new ModelLog(before);
        const delay = (what: string) => scheduler.schedule(Promise.resolve(), what);
        const view = new CollectionView(
          { source: log.source(delay), cache: new ByteCache(memory), sizes: own },
          log.end(),
        );
        const writing = async () => {
          for (const step of writes) {
            await scheduler.schedule(Promise.resolve(), 'write');
            log.write(step);
          }
        };
        const reading = async (places: readonly Read[]) => {
          for (const place of places) await readPage({ view, log, scheduler }, place);
        };
        await scheduler.waitFor(Promise.all([writing(), ...readers.map(reading)]));
        // What should not have been kept shows now.
        await scheduler.waitFor(reading([0, 3, 8].map((after) => ({ ...whole, after, time: undefined }))));
      },
    ),
    runs,
  );
});

for (const [how, own] of [
  ['told which positions', usualSizes],
  ['told that it may be any', { ...usualSizes, mostEntries: 0 }],
  ['told of too many', { ...usualSizes, mostTouched: 1 }],
] as const) {
  test(`L6 what was loaded is not kept where a withdrawal overtook it: ${how}`, async () => {
    const log = new ModelLog([publish(0), publish(1)]);
    const late = Promise.withResolvers<void>();
    const wait = (what: string) => (what === 'standing comes' ? late.promise : Promise.resolve());
    const cache = new ByteCache(1_000_000);
    const view = new CollectionView({ source: log.source(wait), cache, sizes: own }, log.end());
    const loading = view.load({ from: 0, rows: 10 });
    await setImmediate();
    log.write({ kind: 'withdraw', object: 0, version: 0 });
    await view.reach(log.end());
    late.resolve();
    await loading;
    assert.deepEqual(view.gather(whole), { from: 0, rows: 101 });
    assert.equal(cache.bytes, 0);
    await view.load({ from: 0, rows: 10 });
    const page = view.gather(whole);
    assert.ok('parts' in page);
    assert.equal(Buffer.concat(page.parts).toString(), 'o1 v0');
  });
}

test('L6 what was loaded is kept where it is newer than the head, and the head then moves to it', async () => {
  const log = new ModelLog([publish(0), publish(1)]);
  const cache = new ByteCache(1_000_000);
  const view = new CollectionView({ source: log.source(() => Promise.resolve()), cache }, log.end());
  await view.load({ from: 1, rows: 10 });
  log.write({ kind: 'withdraw', object: 1, version: 0 });
  await view.load({ from: 0, rows: 10 });
  assert.equal(view.head, 3);
  assert.deepEqual(view.gather({ ...whole, after: 1 }), { from: 1, rows: 101 });
});

test('L6 what is made of a page that is no longer what it was is not kept', async () => {
  const log = new ModelLog([publish(0), publish(1), publish(2)]);
  const cache = new ByteCache(1_000_000);
  const view = new CollectionView({ source: log.source(() => Promise.resolve()), cache }, log.end());
  await view.load({ from: 0, rows: 10 });
  const { head } = view;
  log.write({ kind: 'withdraw', object: 1, version: 0 });
  await view.reach(log.end());
  const of = { key: 'gzip', range: { from: 0, to: 3 } };
  const make = (text: string) => () => Promise.resolve(Buffer.from(text));
  assert.equal((await view.derive({ ...of, head }, make('old'))).toString(), 'old');
  assert.equal((await view.derive({ ...of, head: view.head }, make('new'))).toString(), 'new');
  assert.equal((await view.derive({ ...of, head: view.head }, make('newer'))).toString(), 'new');
});

const publish = (object: number): Write => ({ kind: 'publish', object, version: 0 });

type Read = typeof read extends fc.Arbitrary<infer T> ? T : never;
type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;

interface Reading {
  readonly view: CollectionView;
  readonly log: ModelLog;
  readonly scheduler: fc.Scheduler;
}

async function readPage({ view, log, scheduler }: Reading, read: Read): Promise<void> {
  const { after, time, limit, bytes } = read;
  const place: PagePlace = { after, addedAfter: time ?? Number.NEGATIVE_INFINITY, limit, bytes };
  const end = log.end();
  await scheduler.schedule(Promise.resolve(), 'end');
  await view.reach(end);
  assert.ok(view.head >= end.position);
  for (let attempts = 0; attempts < 60; attempts += 1) {
    const behind = time === undefined ? undefined : view.behind(time);
    const from = { ...place, after: Math.max(after, behind ?? 0) };
    const found = view.gather(from);
    if ('parts' in found) {
      const expected = expectedPage(log.events, { head: view.head, place, bytesOf });
      const text = Buffer.concat(found.parts).toString();
      assert.equal(text, expected.events.map(nameOf).join(','));
      assert.equal(found.more, expected.more);
      assert.equal(found.first?.position, expected.events[0]?.position);
      assert.equal(found.last?.added, expected.events.at(-1)?.added);
      return;
    }
    await view.load(found);
  }
  // Memory is too small for this page, or it changes all the time: it would be read without.
}

const bytesOf = (event: Event) => nameOf(event).length;

/** A log in memory, with the questions that a view asks of one. */
class ModelLog {
  readonly events: Event[] = [];

  constructor(steps: readonly Write[]) {
    for (const step of steps) this.write(step);
  }

  end() {
    return { position: this.events.length, added: this.events.length * 10 };
  }

  write({ kind, object, version }: Write): void {
    const objectId = `o${object}`;
    const name = `v${version}`;
    const earlier = this.events.findLast((event) => event.objectId === objectId && event.version === name);
    // What stands is not published once more, what does not stand cannot be withdrawn.
    if ((earlier?.kind === 'object') === (kind === 'publish')) return;
    const position = this.events.length + 1;
    const written = kind === 'publish' ? 'object' : 'withdrawal';
    this.events.push({ position, added: position * 10, kind: written, objectId, version: name });
  }

  /** `wait`: how long a question is on its way, and its answer. */
  source(wait: (what: string) => Promise<unknown>): ViewSource {
    const ask = async <Answer>(question: string, look: () => Answer): Promise<Answer> => {
      await wait(`${question} goes`);
      const answer = look();
      await wait(`${question} comes`);
      return answer;
    };
    return {
      standing: (range, most) => ask('standing', () => this.#standing(range, most)),
      emptyAt: (range) =>
        ask('empty', () => (this.#within(range).length > 0 ? undefined : this.events.length)),
      touched: (range, most) => ask('touched', () => this.#touched(range).slice(0, most)),
    };
  }

  #within({ from, to }: LogRange): readonly Event[] {
    const place = { after: from, addedAfter: Number.NEGATIVE_INFINITY, limit: 1_000, bytes: 1_000_000 };
    const { events } = expectedPage(this.events, { head: this.events.length, place, bytesOf });
    return events.filter((event) => event.position <= to);
  }

  #standing(range: LogRange, { rows, bytes }: { readonly rows: number; readonly bytes: number }) {
    const found = this.#within(range).slice(0, rows);
    if (found.length === 0) return undefined;
    const packer = new Packer(2);
    let octets = 0;
    let whole = true;
    for (const [index, event] of found.entries()) {
      octets += bytesOf(event);
      whole = index === 0 || octets <= bytes;
      if (!whole) break;
      packer.add([event.position, event.added], nameOf(event));
    }
    return { head: this.events.length, rows: packer.finish(whole) };
  }

  #touched({ from, to }: LogRange): readonly number[] {
    const later = this.events.slice(from, to);
    return this.events
      .filter((event) =>
        later.some((one) => one.objectId === event.objectId && event.position < one.position),
      )
      .map((event) => event.position);
  }
}
