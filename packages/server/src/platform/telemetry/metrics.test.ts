import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from './metrics.ts';

/** Name, kind, help and labels of every metric. */
function declared() {
  return createMetrics()
    .registry.getMetricsAsArray()
    .map((metric) => {
      const labels: unknown = Reflect.get(metric, 'labelNames');
      assert.ok(Array.isArray(labels), metric.name);
      return { name: metric.name, kind: String(metric.type), says: metric.help, labels: labels.map(String) };
    });
}

test('every metric is named and described as Prometheus has it', () => {
  const rows = declared();
  assert.ok(rows.length > 10);
  for (const { name, kind, says } of rows) {
    assert.match(name, /^belltower_[a-z_]+$/);
    assert.equal(name.endsWith('_total'), kind === 'counter', name);
    assert.match(says, /^[A-Z].*\.$/, name);
  }
  const { labels } = rows.find(({ name }) => name === 'belltower_http_requests_total') ?? { labels: [] };
  assert.deepEqual(labels, ['method', 'route', 'status']);
});

test('no metric has a label that could take any value that somebody sends', () => {
  const allowed = [
    'method',
    'route',
    'status',
    'code',
    'result',
    'reason',
    'cache',
    'file',
    'access',
    'state',
  ];
  const ofBuild = ['version', 'node', 'storage'];
  for (const { name, labels } of declared()) {
    for (const label of labels) assert.ok([...allowed, ...ofBuild].includes(label), `${name} ${label}`);
  }
});

test('figures that are looked up are up to date in each scrape, and one that cannot be had hides no other', async () => {
  const metrics = createMetrics();
  const errors: unknown[] = [];
  let open = 0;
  metrics.atScrape(() => Promise.reject(new Error('out of reach')));
  metrics.atScrape(() => {
    throw new Error('a defect');
  });
  metrics.atScrape(() => metrics.connections.set(open));
  open = 7;
  const text = await metrics.render((error) => errors.push(error));
  assert.match(text, /^belltower_http_connections 7$/m);
  assert.deepEqual(errors.map(String), ['Error: out of reach', 'Error: a defect']);
});
