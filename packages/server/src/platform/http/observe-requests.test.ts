import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestNode, type TestNode } from '../../testing.ts';
import { indicator } from '../../testing-objects.ts';

const figuresToken = 'a-token-for-the-figures';
const settings = { BELLTOWER_METRICS_TOKEN: figuresToken, BELLTOWER_LOG_LEVEL: 'debug' };

function captured(): { readonly lines: Record<string, unknown>[]; write(line: string): void } {
  const lines: Record<string, unknown>[] = [];
  return { lines, write: (line) => lines.push(JSON.parse(line)) };
}

async function figures(node: TestNode): Promise<string> {
  const headers = { authorization: `Bearer ${figuresToken}` };
  return (await fetch(`${node.url}/metrics`, { headers })).text();
}

function figure(text: string, name: string): number {
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length) ?? Number.NaN,
  );
}

/** The figures as soon as one of them is so. */
async function figuresOnce(node: TestNode, name: string, value: number): Promise<string> {
  for (let turn = 0; ; turn += 1) {
    const text = await figures(node);
    if (figure(text, name) === value) return text;
    assert.ok(turn < 200, `${name} becomes ${value} within ten seconds: ${figure(text, name)}`);
    await sleep(50);
  }
}

test('requests are counted by the template of their path, however they are answered', async (t) => {
  const log = captured();
  const node = await startTestNode(t, settings, { logTo: log });
  const member = await node.member('Alpha Telecom');
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  const authorization = `Bearer ${member.token}`;
  const objects = `${node.url}/taxii2/community/collections/fraud/objects`;
  for (const url of [objects, `${objects}/`, `${objects}/?limit=1`])
    await (await fetch(url, { headers: { authorization } })).text();
  await (await fetch(`${node.url}/what/ever/${member.token}`)).text();
  await (await fetch(`${node.url}/taxii2/what/ever/it/is`)).text();
  const abort = new AbortController();
  const stream = await fetch(`${node.url}/live/collections/fraud`, {
    headers: { authorization },
    signal: abort.signal,
  });
  assert.equal(
    figure(await figures(node), 'belltower_http_requests_under_way'),
    2,
    'the stream and this very request',
  );
  abort.abort();
  await stream.text().catch(() => undefined);
  const text = await figuresOnce(node, 'belltower_http_requests_under_way', 1);
  const requests = (labels: string) => figure(text, `belltower_http_requests_total{${labels}}`);
  const route = '/taxii2/:root/collections/:collection/objects';
  assert.equal(requests(`method="GET",route="${route}",status="200"`), 3);
  assert.equal(requests('method="GET",route="none",status="404"'), 1);
  assert.equal(requests('method="GET",route="/taxii2/*",status="404"'), 1);
  assert.equal(requests('method="GET",route="/live/collections/:collection",status="200"'), 1);
  assert.equal(figure(text, `belltower_http_request_seconds_count{method="GET",route="${route}"}`), 3);
  assert.ok(
    !text.includes('request_seconds_count{method="GET",route="/live/'),
    'how long a stream lives is no measure',
  );
  assert.equal(figure(text, 'belltower_refusals_total{code="not-found"}'), 2);
  assert.ok(figure(text, 'belltower_http_sent_bytes_total') > 2_000);
  assert.ok(figure(text, 'belltower_http_received_bytes_total') > 1_000);
  assert.ok(figure(text, 'belltower_http_connections') >= 1);
  for (const secret of [member.token, member.id, 'fraud', 'Alpha']) assert.ok(!text.includes(secret), secret);

  const done = log.lines.filter(({ event }) => event === 'request.done');
  const page = done.find((line) => line['route'] === route);
  assert.equal(page?.['status'], 200);
  assert.equal(page?.['organisation'], member.id);
  assert.equal(page?.['token'], member.token.split('_')[1]);
  assert.match(String(page?.['requestId']), /^[0-9a-f-]{36}$/);
  assert.ok(Number(page?.['bytes']) > 300 && Number(page?.['milliseconds']) > 0);
  const missing = done.find((line) => line['route'] === 'none');
  assert.equal(missing?.['refusal'], 'not-found');
  assert.equal(done.find((line) => line['route'] === '/live/collections/:collection')?.['aborted'], true);
});

test('what the node does is told by its figures: publishes, transactions, pages, streams, and the database', async (t) => {
  const node = await startTestNode(t, { ...settings, BELLTOWER_LOG_LEVEL: 'error' });
  const member = await node.member('Alpha Telecom');
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  const headers = { authorization: `Bearer ${member.token}` };
  const abort = new AbortController();
  const stream = await fetch(`${node.url}/live/collections/fraud`, { headers, signal: abort.signal });
  const object = indicator();
  for (const objects of [[object, indicator()], [object]]) {
    const body = { type: 'bundle', objects };
    const { status } = await node.api('POST', '/collections/fraud/objects', { token: member.token, body });
    assert.equal(status, 200);
  }
  await (await fetch(`${node.url}/taxii2/community/collections/fraud/objects/`, { headers })).text();
  const open = await figures(node);
  assert.equal(figure(open, 'belltower_streams_open'), 1);
  abort.abort();
  await stream.text().catch(() => undefined);
  const text = await figuresOnce(node, 'belltower_streams_open', 0);
  assert.equal(figure(text, 'belltower_streams_open'), 0);
  assert.equal(figure(text, 'belltower_streams_ended_total{reason="client"}'), 1);
  assert.ok(figure(text, 'belltower_stream_delay_seconds_count') >= 1);
  assert.equal(figure(text, 'belltower_objects_published_total{result="accepted"}'), 2);
  assert.equal(figure(text, 'belltower_objects_published_total{result="unchanged"}'), 1);
  assert.equal(figure(text, 'belltower_append_objects_count'), 2);
  assert.equal(figure(text, 'belltower_append_objects_sum'), 3);
  assert.equal(figure(text, 'belltower_append_waiting'), 0);
  const pages = ['hit', 'loaded', 'miss'].map((cache) =>
    figure(text, `belltower_pages_total{cache="${cache}"}`),
  );
  assert.equal(
    pages.reduce((sum, count) => sum + (count || 0), 0),
    1,
  );
  assert.ok(figure(text, 'belltower_cache_bytes') >= 0);
  assert.equal(figure(text, 'belltower_ready'), 1);
  assert.equal(figure(text, 'belltower_bus_connected'), 1);
  if (node.location.kind === 'sqlite')
    for (const file of ['database', 'log'])
      assert.ok(figure(text, `belltower_storage_bytes{file="${file}"}`) > 0, file);
  else assert.ok(figure(text, 'belltower_storage_connections{access="read",state="open"}') > 0);
});

test('no line of any level, and no figure, has a token, a body, or a value of a query', async (t) => {
  const log = captured();
  const node = await startTestNode(t, { ...settings, BELLTOWER_LOG_LEVEL: 'trace' }, { logTo: log });
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  const canary = 'canary5f2c9a71';
  const token = `bt_${'0'.repeat(16)}_${canary.padEnd(43, 'x')}`;
  const object = indicator({ name: canary, pattern: `[domain-name:value = '${canary}.example']` });
  const bodies = [
    undefined,
    `{"${canary}": `,
    JSON.stringify({ [canary]: canary, name: canary, title: canary, label: canary }),
    JSON.stringify({ type: 'bundle', objects: [object, { ...object, type: canary }] }),
    JSON.stringify({ objects: [object] }),
  ];
  const types = ['application/json', 'application/taxii+json;version=2.1', canary];
  const paths = [
    '/',
    `/${canary}`,
    '/api/me',
    '/api/organisations',
    `/api/organisations/${canary}`,
    '/api/collections',
    '/api/collections/fraud',
    '/api/collections/fraud/objects',
    `/api/collections/fraud/objects/${canary}`,
    `/api/tokens/${canary}`,
    '/api/audit',
    '/taxii2/',
    `/taxii2/${canary}/`,
    '/taxii2/community/collections/',
    '/taxii2/community/collections/fraud/objects/',
    `/taxii2/community/collections/${canary}/objects/`,
    `/taxii2/community/collections/fraud/objects/${canary}/`,
    `/taxii2/community/status/${canary}/`,
    `/live?collections=${canary}`,
    `/live/collections/${canary}`,
    '/healthz',
    '/readyz',
    '/metrics',
  ];
  let asked = 0;
  for (const path of paths) {
    for (const query of [
      '',
      `${path.includes('?') ? '&' : '?'}${canary}=${canary}&next=${canary}&added_after=${canary}`,
    ]) {
      for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
        for (const authorization of [
          `Bearer ${node.operator}`,
          `Bearer ${token}`,
          `Basic ${btoa(`${canary}:${canary}`)}`,
        ]) {
          const body = method === 'GET' ? undefined : bodies[asked % bodies.length];
          asked += 1;
          const response = await fetch(`${node.url}${path}${query}`, {
            method,
            headers: {
              authorization,
              cookie: canary,
              referer: `https://${canary}.example`,
              'user-agent': canary,
              'x-request-id': canary,
              'x-forwarded-for': canary,
              'last-event-id': canary,
              'content-type': types[asked % types.length] ?? '',
            },
            ...(body === undefined ? {} : { body }),
          });
          await response.body?.cancel();
        }
      }
    }
  }
  // What cannot even be parsed, and what breaks within the database.
  await fetch(`${node.url}/%zz?${canary}`);
  const text = `${JSON.stringify(log.lines)}${await figures(node)}`;
  assert.ok(log.lines.length >= asked, 'every request has a line');
  assert.ok(!text.includes(canary) && !text.includes(btoa(canary).slice(0, 16)), `${asked} requests`);
  assert.ok(!text.includes(node.operator.slice(20)), 'a token that is valid neither');
});
