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

const uuid = '00000000-0000-4000-8000-000000000001';

for (const [what, event, at] of [
  ['half of a surrogate pair', `{"uuid":"${uuid}","info":"a\\ud83d"}`, '$.Event.info'],
  ['half of a surrogate pair as it is', `{"uuid":"${uuid}","info":"a\udc00"}`, '$.Event.info'],
  ['a UUID that RFC 4122 does not know', '{"uuid":"00000000-0000-4000-0000-000000000001"}', '$.Event.uuid'],
] as const) {
  test(`an event with ${what} is refused, and its place is told`, () => {
    const read = readMispEvents(`{"Event":${event}}`);
    assert.ok(!read.ok);
    assert.equal(read.error.at, at);
  });
}

test('a whole pair that is written with escapes is a character', () => {
  assert.ok(readMispEvents(`{"Event":{"uuid":"${uuid}","info":"\\ud83d\\ude00"}}`).ok);
});
