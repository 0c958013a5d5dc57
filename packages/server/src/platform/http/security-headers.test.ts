import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeApp } from '../../serve.ts';
import { openSlices } from '../../slices.ts';
import { startTestNode } from '../../testing.ts';
import { indicator } from '../../testing-objects.ts';
import { createReadiness } from '../telemetry/readiness.ts';
import { securityHeaders } from './security-headers.ts';
import { parseAnswer, sendRaw } from './testing.ts';

const uuid = '00000000-0000-4000-8000-000000000000';

function assertHeaders(headers: Pick<Headers, 'get'>, about: string): void {
  for (const [name, value] of Object.entries(securityHeaders))
    assert.equal(headers.get(name.toLowerCase()), value, `${about}: ${name}`);
  assert.match(headers.get('x-request-id') ?? '', /^[\w-]{36}$/, about);
  assert.equal(headers.get('strict-transport-security'), null, about);
}

test('every route has the security headers, whatever it answers, and for whomever', async (t) => {
  const node = await startTestNode(t, { BELLTOWER_METRICS_TOKEN: 'a-token-for-the-figures' });
  const { platform } = node;
  await using slices = await openSlices(platform);
  const readiness = createReadiness({ ...platform, needsBus: false });
  const paths = new Set(nodeApp({ platform, slices, readiness }).routes.map(({ path }) => path));
  for (const more of ['/nothing', '/%zz', '/taxii2/nothing/at/all']) paths.add(more);
  const statuses = new Set<number>();
  assert.ok(paths.size > 30, 'all routes are walked');
  for (const template of paths) {
    const path = template.replaceAll(/:\w+/g, uuid).replace('*', 'x');
    for (const method of ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'PUT']) {
      for (const token of [undefined, node.operator, 'bt_wrong']) {
        const response = await fetch(node.url + path, {
          method,
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
          ...(method === 'POST' || method === 'PATCH' ? { body: '{"wrong": true}' } : {}),
        });
        statuses.add(response.status);
        assertHeaders(response.headers, `${method} ${path} ${response.status}`);
        assert.notEqual(response.status, 500, `${method} ${path}`);
        await response.body?.cancel();
      }
    }
  }
  for (const status of [200, 400, 401, 404, 405, 415]) assert.ok(statuses.has(status), String(status));
});

test('pages have the security headers, however they are sent', async (t) => {
  const node = await startTestNode(t);
  const { token } = await node.member('Alpha Telecom');
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  const body = { type: 'bundle', objects: [indicator(), indicator()] };
  assert.equal((await node.api('POST', '/collections/fraud/objects', { token, body })).status, 200);
  const room = '/taxii2/community/collections/fraud';
  const id = body.objects[0]?.id;
  for (const path of [
    '/objects/',
    '/objects/?limit=1',
    '/manifest/',
    `/objects/${id}/`,
    `/objects/${id}/versions/`,
  ]) {
    for (const encoding of ['identity', 'gzip', 'br', 'zstd']) {
      const headers = { authorization: `Bearer ${token}`, 'accept-encoding': encoding };
      const response = await fetch(node.url + room + path, { headers });
      assert.equal(response.status, 200, path);
      assertHeaders(response.headers, `${path} ${encoding}`);
      await response.body?.cancel();
    }
  }
});

test('a live stream and its HEAD have the security headers', async (t) => {
  const node = await startTestNode(t);
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'public' });
  for (const method of ['HEAD', 'GET']) {
    const response = await fetch(`${node.url}/live/collections/fraud`, { method });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    assertHeaders(response.headers, method);
    await response.body?.cancel();
  }
});

const unreadable: readonly [about: string, text: string, status: number, code: string][] = [
  ['what is no HTTP', 'hello\r\n\r\n', 400, 'bad-request'],
  ['TLS where there is none', '\x16\x03\x01\x02\x00\x01\x00\x01', 400, 'bad-request'],
  [
    'headers that are too long',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
  ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'bad-request'],
  ['a host that cannot be', 'GET / HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n', 400, 'bad-request'],
  [
    'an address that cannot be',
    'GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    400,
    'bad-request',
  ],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
    'bad-request',
  ],
];

test('what is no request is refused as problem details, with the security headers, and the connection is closed', async (t) => {
  const node = await startTestNode(t);
  for (const [about, text, status, code] of unreadable) {
    const answer = parseAnswer(await sendRaw(node.url, text));
    assert.equal(answer.status, status, about);
    assertHeaders({ get: (name) => answer.headers.get(name) ?? null }, about);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json', about);
    assert.equal(answer.headers.get('connection'), 'close', about);
    assert.equal(Reflect.get(JSON.parse(answer.body), 'title'), code, about);
  }
});

test('a request that takes too long to arrive is answered 408, headers or body', async (t) => {
  const settings = { BELLTOWER_HEADERS_TIMEOUT_SECONDS: '1', BELLTOWER_REQUEST_TIMEOUT_SECONDS: '2' };
  const node = await startTestNode(t, settings);
  const slow = [
    'GET / HTTP/1.1\r\nHost: x\r\n',
    `POST /api/organisations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${node.operator}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{`,
  ];
  for (const text of await Promise.all(slow.map((text) => sendRaw(node.url, text)))) {
    const answer = parseAnswer(text);
    assert.equal(answer.status, 408);
    assert.equal(Reflect.get(JSON.parse(answer.body), 'title'), 'request-timeout');
    assertHeaders({ get: (name) => answer.headers.get(name) ?? null }, 'slow');
  }
});

test('HSTS stands on every answer where members reach the node by https, and on none otherwise', async (t) => {
  const name = 'strict-transport-security';
  const public_ = await startTestNode(t, { BELLTOWER_PUBLIC_URL: 'https://node.example' });
  assert.equal((await fetch(`${public_.url}/nothing`)).headers.get(name), 'max-age=31536000');
  assert.match(await sendRaw(public_.url, 'hello\r\n\r\n'), /Strict-Transport-Security: max-age=31536000/);
  const headers = { 'x-forwarded-proto': 'https' };
  const proxied = await startTestNode(t, { BELLTOWER_TRUSTED_PROXIES: '127.0.0.1' });
  assert.equal((await fetch(proxied.url)).headers.get(name), null);
  assert.equal((await fetch(proxied.url, { headers })).headers.get(name), 'max-age=31536000');
  const direct = await startTestNode(t);
  assert.equal((await fetch(direct.url, { headers })).headers.get(name), null, 'anybody could say so');
});

test('a request keeps the id of a trusted proxy, and no one else can choose it', async (t) => {
  const proxied = await startTestNode(t, { BELLTOWER_TRUSTED_PROXIES: '127.0.0.0/8' });
  const direct = await startTestNode(t);
  const idOf = async (url: string, id: string) =>
    (await fetch(url, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
  assert.equal(await idOf(proxied.url, 'edge-01.4711'), 'edge-01.4711');
  for (const [url, id] of [
    [direct.url, 'edge-01.4711'],
    [proxied.url, 'short'],
    [proxied.url, 'x'.repeat(65)],
    [proxied.url, 'with spaces and "quotes"'],
  ] as const)
    assert.match((await idOf(url, id)) ?? '', /^[0-9a-f-]{36}$/, id);
});
