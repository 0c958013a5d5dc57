import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backOff } from './back-off.ts';
import { retryAfter } from './retry-after.ts';

const date = 'Sun, 22 Nov 2026 05:00:00 GMT';
const table: readonly (readonly [Record<string, string>, number | undefined])[] = [
  [{}, undefined],
  [{ 'retry-after': '3' }, 3_000],
  [{ 'retry-after': ' 0 ' }, 0],
  [{ 'retry-after': 'soon', date }, undefined],
  [{ 'retry-after': 'Sun, 22 Nov 2026 05:00:30 GMT', date }, 30_000],
  [{ 'retry-after': 'Sun, 22 Nov 2026 04:59:00 GMT', date }, 0],
  [{ 'retry-after': 'Sun, 22 Nov 2026 05:00:30 GMT' }, undefined],
];

for (const [headers, wanted] of table) {
  test(`Retry-After is read against the answer's own date: ${JSON.stringify(headers)}`, () => {
    assert.equal(retryAfter(new Headers(headers)), wanted);
  });
}

test('The wait doubles up to its bound, with jitter below it and what the server asked for on top', () => {
  const most = { base: 500, most: 20_000, random: () => 1 };
  const waits = [1, 2, 3, 6, 7, 1_000].map((failures) => backOff({ ...most, failures }));
  assert.deepEqual(waits, [500, 1_000, 2_000, 16_000, 20_000, 20_000]);
  assert.equal(backOff({ ...most, failures: 3, random: () => 0 }), 0);
  assert.equal(backOff({ ...most, failures: 3, random: () => 0.5, asked: 7_000 }), 8_000);
  assert.equal(backOff({ ...most, failures: 1, random: () => 0, asked: 1e12 }), 300_000);
});
