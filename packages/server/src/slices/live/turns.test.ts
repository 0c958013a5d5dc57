import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Taker } from './turns.ts';
import { Turns } from './turns.ts';

/** Takes so many turns, each of so many milliseconds, and keeps when. */
function taker(name: string, turns: number, order: string[], milliseconds = 0): Taker {
  let left = turns;
  return {
    turn() {
      order.push(name);
      const until = performance.now() + milliseconds;
      while (performance.now() < until);
      left -= 1;
      return left > 0;
    },
    failed: assert.fail,
  };
}

test('R4 turns go round and round: whoever has more to do waits until the others had theirs', async () => {
  const turns = new Turns();
  const order: string[] = [];
  for (const [name, count] of [
    ['a', 3],
    ['b', 1],
    ['c', 2],
  ] as const) {
    turns.add(taker(name, count, order));
  }
  while (order.length < 6) await sleep(1);
  assert.equal(order.join(''), 'abcaca');
});

test('R4 others get their time while many streams have turns, and as much again after a long round', async () => {
  const turns = new Turns();
  const order: string[] = [];
  for (let index = 0; index < 160; index += 1) turns.add(taker('x', 1, order, 0.2));
  const taken: number[] = [];
  while (order.length < 160) {
    await setImmediate();
    taken.push(order.length);
  }
  assert.ok(taken.length >= 5, `${taken.length} breaks`);
  const ended = performance.now();
  turns.add(taker('next', 1, order));
  while (!order.includes('next')) await sleep(1);
  assert.ok(performance.now() - ended >= 15, 'The next round comes at once');
});

test('a stream whose turn throws is told, and the others have theirs', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const failures: unknown[] = [];
  turns.add({
    turn() {
      throw new Error('A defect');
    },
    failed: (error) => failures.push(error),
  });
  turns.add(taker('other', 2, order));
  while (order.length < 2) await sleep(1);
  assert.deepEqual([failures.length, order.length], [1, 2]);
});
