import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combineRuns, compare, percentile } from './result.ts';

test('a percentile lies between its neighbours', () => {
  assert.equal(percentile([3, 1, 2], 0.5), 2);
  assert.equal(percentile([4, 1, 2, 3], 0.5), 2.5);
  assert.equal(percentile([1, 2, 3], 1), 3);
  assert.equal(percentile([], 0.5), Number.NaN);
});

test('a comparison takes turns and gives the median of the ratios of its rounds', async () => {
  const speeds = [99, 10, 20, 60];
  const asked: string[] = [];
  const next = (name: string, value: number) => {
    asked.push(name);
    return Promise.resolve(value);
  };
  const compared = await compare(
    () => next('node', speeds.shift() ?? 0),
    () => next('bare', 10),
    { rounds: 3 },
  );
  assert.deepEqual(compared, { value: 20, yardstick: 10, ratio: 2, samples: [10, 20, 60] });
  assert.equal(asked.join(' '), 'node bare node bare node bare node bare');
});

test('several runs become one line with their medians and all their rounds', () => {
  const run = (value: number, samples: readonly number[]) => ({
    engine: 'sqlite',
    name: 'pages',
    unit: '/s',
    value,
    samples,
    yardstick: { name: 'bare', value: value * 2 },
    ratio: 0.5,
    processor: { value: 7 },
  });
  const other = { engine: 'postgres', name: 'pages', unit: '/s', value: 3 };
  assert.deepEqual(combineRuns([run(10, [8, 12]), other, run(30, [30]), run(20, [20])]), [
    run(20, [8, 12, 30, 20]),
    other,
  ]);
});
