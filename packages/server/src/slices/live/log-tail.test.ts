import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { startTestNode } from '../../testing.ts';
import type { Exchange, Growth, Position } from '../exchange/index.ts';
import { position } from '../exchange/index.ts';
import { LogPages } from './log-pages.ts';
import type { Follower } from './log-tail.ts';
import { LogTail } from './log-tail.ts';
import type { TestLog } from './testing-log.ts';
import { openTestLog } from './testing-log.ts';

async function start(t: Parameters<typeof startTestNode>[0]) {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  /** Two nodes, between which every wake-up is lost. */
  const logs = async (stack: AsyncDisposableStack): Promise<readonly [TestLog, TestLog]> => {
    const collection = await node.collection({ title: 'One', audience: 'community' });
    const open = async () => stack.use(await openTestLog(node, alpha.token, collection));
    return [await open(), await open()];
  };
  return { logs };
}

/** Reads a tail as a stream does, one chunk in each turn, and keeps what it was given. */
class Reading implements Follower {
  at: Position;
  readonly seen: number[] = [];
  readonly buffers: Buffer[] = [];
  readonly #tail: LogTail;
  readonly #lag: number;
  readonly #check: (text: string) => void;
  #busy = false;

  constructor(tail: LogTail, options: { at: number; lag: number; check?: (text: string) => void }) {
    this.#tail = tail;
    this.at = position(options.at);
    this.#lag = options.lag;
    this.#check = options.check ?? (() => undefined);
    tail.join(this);
    this.grown();
  }

  grown(): void {
    if (!this.#busy) void this.#turns();
  }

  pageRead(): void {
    this.grown();
  }

  failed(error: unknown): void {
    throw error;
  }

  async #turns(): Promise<void> {
    this.#busy = true;
    while (this.at < this.#tail.end) {
      if (this.#lag > 0) await sleep(this.#lag);
      const chunk = this.#tail.after(this.at);
      if (chunk === undefined) {
        this.#tail.read(this.at, this);
        break;
      }
      this.buffers.push(chunk.bytes());
      this.#check(chunk.bytes().toString());
      this.seen.push(...chunk.events.map((event) => event.position));
      this.at = chunk.end;
      await setImmediate();
    }
    this.#busy = false;
  }

  async reach(end: number): Promise<void> {
    for (let waited = 0; this.at < end; waited += 5) {
      assert.ok(waited < 5_000, `A reader stands at ${this.at} and not at ${end}`);
      await sleep(5);
    }
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const step = fc.record({
  node: fc.nat({ max: 1 }),
  what: fc.oneof(
    { weight: 3, arbitrary: fc.record({ publish: fc.integer({ min: 1, max: 7 }) }) },
    { weight: 1, arbitrary: fc.record({ withdraw: fc.nat() }) },
  ),
  alone: fc.boolean(),
});
/** What becomes of a hand-over or a wake-up on its way to the tail. */
const fate = fc.constantFrom('comes', 'comes', 'is lost', 'comes late', 'comes twice');
const pause = fc.constantFrom(0, 0, 1, 4);

test('L5, L6, R2 whatever is handed over, read, late or lost between two nodes, each reader sees the log once and in order', {
  timeout: 120_000,
}, async (t) => {
  const { logs } = await start(t);
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fate),
      fc.infiniteStream(pause),
      fc.array(fc.record({ from: fc.nat({ max: 3 }), lag: pause }), { minLength: 1, maxLength: 4 }),
      async (steps, fates, pauses, readers) => {
        await using stack = new AsyncDisposableStack();
        const [near, far] = await logs(stack);
        const hesitate = () => sleep(pauses.next().value ?? 0);
        const exchange: Pick<Exchange, 'readLog' | 'onGrowth'> = {
          async readLog(grant, asked) {
            await hesitate();
            const entries = await near.exchange.readLog(grant, asked);
            await hesitate();
            return entries;
          },
          onGrowth: (id, listener) =>
            near.exchange.onGrowth(id, (growth) => meet(growth, fates.next().value ?? 'comes', listener)),
        };
        await near.publish(['first', 'second', 'third']);
        const pages = new LogPages(exchange);
        using tail = new LogTail({ exchange, pages, grant: near.grant, end: position(3) });
        /** Names of objects, and where they were withdrawn. */
        const withdrawn = new Map<string, number>();
        const check = (text: string) => {
          for (const [name, at] of withdrawn)
            assert.ok(at > tail.end || !text.includes(`"${name}"`), `${name} was sent`);
        };
        const readings = readers.map(({ from, lag }) => new Reading(tail, { at: from, lag, check }));
        const standing: { readonly id: string; readonly name: string }[] = [];
        let count = 0;
        const running: Promise<unknown>[] = [];
        for (const { node, what, alone } of steps) {
          const log = node === 0 ? near : far;
          if ('publish' in what) {
            const names = Array.from({ length: what.publish }, (_, index) => `object ${count + index};`);
            count += names.length;
            const work = log.publish(names);
            running.push(
              work.then((ids) =>
                standing.push(...ids.map((id, index) => ({ id, name: names[index] ?? '' }))),
              ),
            );
          } else if (standing.length > 0) {
            const [object] = standing.splice(what.withdraw % standing.length, 1);
            if (object === undefined) continue;
            const work = log.withdraw(object.id).then(async () => {
              withdrawn.set(object.name, await near.exchange.lastPosition(near.grant));
            });
            running.push(work);
          }
          if (alone) await Promise.all(running);
        }
        await Promise.all(running);
        // One more, of which the tail hears for certain: it need not wait for its timer.
        await near.publish(['last']);
        const end = await near.exchange.lastPosition(near.grant);
        for (let waited = 0; tail.end < end; waited += 5) {
          if (waited > 3_000) assert.fail(`The tail ends at ${tail.end} and not at ${end}`);
          await sleep(5);
        }
        for (const [index, reading] of readings.entries()) {
          await reading.reach(end);
          assert.deepEqual(reading.seen, range((readers[index]?.from ?? 0) + 1, end));
        }
        const fresh = new Reading(tail, { at: 0, lag: 0, check });
        await fresh.reach(end);
        assert.deepEqual(fresh.seen, range(1, end));
      },
    ),
    { numRuns: Number(process.env['BELLTOWER_TEST_RUNS'] ?? 12), endOnFailure: true },
  );
});

function meet(growth: Growth, what: string, listener: (growth: Growth) => void): void {
  if (what === 'comes' || what === 'comes twice') listener(growth);
  if (what === 'comes late' || what === 'comes twice') setTimeout(() => listener(growth), 8);
}

test('R4 what this node appends is read by nobody, and is one buffer for all readers that are level', async (t) => {
  const { logs } = await start(t);
  await using stack = new AsyncDisposableStack();
  const [near, far] = await logs(stack);
  let reads = 0;
  const exchange: Pick<Exchange, 'readLog' | 'onGrowth'> = {
    readLog(grant, asked) {
      reads += 1;
      return near.exchange.readLog(grant, asked);
    },
    onGrowth: near.exchange.onGrowth,
  };
  using tail = new LogTail({ exchange, pages: new LogPages(exchange), grant: near.grant, end: position(0) });
  const readings = Array.from({ length: 40 }, () => new Reading(tail, { at: 0, lag: 0 }));
  // The tail looks once when it is opened, and once a second.
  await sleep(50);
  const before = reads;
  const begun = performance.now();
  for (let round = 0; round < 5; round += 1) await near.publish(['a', 'b', 'c']);
  for (const reading of readings) await reading.reach(15);
  const looks = Math.ceil((performance.now() - begun) / 1_000);
  assert.ok(reads - before <= looks, `${reads - before} reads, ${looks} looks`);
  for (const { buffers } of readings) {
    for (const [index, buffer] of buffers.entries()) assert.equal(buffer, readings[0]?.buffers[index]);
  }
  // What another node appends without a word is found within a second or so, by one read for all.
  const lone = reads;
  await far.publish(['d']);
  const asked = performance.now();
  for (const reading of readings) await reading.reach(16);
  assert.ok(performance.now() - asked < 2_000);
  assert.ok(reads - lone <= 4, `${reads - lone} reads`);
});

test('R4 readers that come back at once, wherever they stand, share few reads of the log', async (t) => {
  const { logs } = await start(t);
  await using stack = new AsyncDisposableStack();
  const [near] = await logs(stack);
  const entries = 4_000;
  for (let published = 0; published < entries; published += 1_000) {
    await near.publish(Array.from({ length: 1_000 }, (_, index) => `object ${published + index}`));
  }
  let reads = 0;
  let atOnce = 0;
  let most = 0;
  const exchange: Pick<Exchange, 'readLog' | 'onGrowth'> = {
    async readLog(grant, asked) {
      reads += 1;
      atOnce += 1;
      most = Math.max(most, atOnce);
      const page = await near.exchange.readLog(grant, asked);
      atOnce -= 1;
      return page;
    },
    onGrowth: near.exchange.onGrowth,
  };
  using tail = new LogTail({
    exchange,
    pages: new LogPages(exchange),
    grant: near.grant,
    end: position(entries),
  });
  const started = performance.now();
  const readings = Array.from(
    { length: 300 },
    (_, index) => new Reading(tail, { at: (index * 37) % entries, lag: 0 }),
  );
  for (const reading of readings) await reading.reach(entries);
  const halfSeconds = Math.ceil((performance.now() - started) / 500);
  for (const [index, { seen }] of readings.entries()) {
    assert.deepEqual(
      [seen[0], seen.length],
      [((index * 37) % entries) + 1, entries - ((index * 37) % entries)],
    );
  }
  // Eight pages of 500, each good for half a second; the tail's own looks besides.
  assert.ok(reads <= 9 * (halfSeconds + 1), `${reads} reads in ${halfSeconds} half seconds`);
  assert.ok(most <= 3, `${most} reads at once`);
});
