import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMispEvents } from './misp-event.ts';

for (const [what, before, behind] of [
  ['responses', '{"response":', '}'],
  ['lists', '[', ']'],
] as const) {
  test(`an event is found in ${what}, and not at any depth`, () => {
    const event = '{"Event":{"uuid":"00000000-0000-4000-8000-000000000001"}}';
    const inside = (depth: number) => readMispEvents(before.repeat(depth) + event + behind.repeat(depth));
    assert.ok(inside(2).ok);
    for (const depth of [20, 100_000]) {
      const read = inside(depth);
      assert.ok(!read.ok && /so deep/.test(read.error.message));
    }
  });
}
