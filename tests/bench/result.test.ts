import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, formatTable, percentile } from './result.ts';

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
  assert.deepEqual(compared, { value: 20, yardstick: 10, ratio: 2 });
  assert.equal(asked.join(' '), 'node bare node bare node bare node bare');
});

test('a table has a line for each result, and nothing where there is no yardstick', () => {
  const table = formatTable([
    { engine: 'sqlite', name: 'memory', value: 87.04, unit: 'MB' },
    {
      engine: 'sqlite',
      name: 'pages',
      value: 1234,
      unit: '/s',
      yardstick: { name: 'bare', value: 5 },
      ratio: 2,
      processor: { value: 7 },
    },
  ]);
  assert.equal(
    table,
    [
      'engine  measured  value  unit  yardstick  value  ratio  cpu µs  yardstick',
      'sqlite  memory       87  MB',
      'sqlite  pages     1,234  /s    bare           5   2.00       7',
    ].join('\n'),
  );
});
