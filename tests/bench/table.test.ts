import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTable, markdownTable } from './table.ts';

const results = [
  { engine: 'sqlite', name: 'memory', value: 87.04, unit: 'MB' },
  {
    engine: 'sqlite',
    name: 'ingest',
    value: 7_751,
    samples: [7_000, 7_751, 9_000],
    unit: '/s',
    yardstick: { name: 'bare', value: 5 },
    ratio: 2,
    processor: { value: 7 },
  },
  { engine: 'sqlite', name: 'match[id]', value: 7_199, unit: '/s' },
];

test('a table has a line for each result, and nothing where there is no yardstick', () => {
  assert.equal(
    formatTable(results),
    [
      'engine  measured   value  unit      from–to  target          yardstick  value  ratio  cpu µs  yardstick',
      'sqlite  memory        87  MB',
      'sqlite  ingest     7,751  /s    7,000–9,000   7,750  met     bare           5   2.00       7',
      'sqlite  match[id]  7,199  /s                  7,200  missed',
    ].join('\n'),
  );
});

test('a Markdown table leaves the engine out and aligns numbers', () => {
  const [head, rule, ...lines] = markdownTable(results.slice(1, 2)).split('\n');
  assert.equal(
    head,
    '| measured | value | unit | from–to | target |  | yardstick | value | ratio | cpu µs | yardstick |',
  );
  assert.equal(rule, '| --- | ---: | --- | ---: | ---: | --- | --- | ---: | ---: | ---: | ---: |');
  assert.deepEqual(lines, ['| ingest | 7,751 | /s | 7,000–9,000 | 7,750 | met | bare | 5 | 2.00 | 7 |  |']);
});
