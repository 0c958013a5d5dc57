import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { bundle, indicator } from '../packages/server/src/testing-objects.ts';
import { refusalLine, startHostileTarget, vanish } from './support/hostile-target.ts';
import { openSocket, parseAnswers, readToEnd, sendRaw } from './support/raw-http.ts';

// Requests that are no requests, that never end, or that ask for what there is not.

const target = await startHostileTarget({
  BELLTOWER_HEADERS_TIMEOUT_SECONDS: '1',
  BELLTOWER_REQUEST_TIMEOUT_SECONDS: '2',
  BELLTOWER_MAX_BODY_BYTES: '200000',
});
after(() => target[Symbol.asyncDispose]());
const { node, member, taxiiPath, apiPath, livePath } = target;
const { host } = new URL(node.url);
const authorization = `Authorization: Bearer ${member.token}`;
const common = `Host: ${host}\r\n${authorization}\r\n`;
const text = JSON.stringify(bundle(indicator()));
const json = 'Content-Type: application/json\r\n';

/** Refused on the connection, before there is a request, or as one; the connection ends. */
const heads: Readonly<Record<string, readonly [request: string | Buffer, statuses: readonly number[]]>> = {
  'no HTTP at all': ['\u0016\u0003\u0001\u0000\u0000', [400]],
  'a word': ['HELLO\r\n\r\n', [400]],
  'another version of HTTP': [`GET / HTTP/9.9\r\n${common}\r\n`, [400]],
  'HTTP/2 without an upgrade': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  'a request without Host': [
    `GET ${taxiiPath} HTTP/1.1\r\n${authorization}\r\nConnection: close\r\n\r\n`,
    [400],
  ],
  'an impossible Host': [`GET ${taxiiPath} HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n`, [400]],
  'two lengths': [
    `POST ${apiPath} HTTP/1.1\r\n${common}${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    [400],
  ],
  'a length and chunks': [
    `POST ${apiPath} HTTP/1.1\r\n${common}${json}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    [400],
  ],
  'chunks that are not the last coding': [
    `POST ${apiPath} HTTP/1.1\r\n${common}${json}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`,
    [400],
  ],
  'a coding in disguise': [
    `POST ${apiPath} HTTP/1.1\r\n${common}${json}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    [400],
  ],
  'a negative length': [`POST ${apiPath} HTTP/1.1\r\n${common}${json}Content-Length: -1\r\n\r\n`, [400]],
  'a length beyond all bounds': [
    `POST ${apiPath} HTTP/1.1\r\n${common}${json}Content-Length: ${'9'.repeat(40)}\r\n\r\n`,
    [400],
  ],
  'a chunk of no size': [
    `POST ${apiPath} HTTP/1.1\r\n${common}${json}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n`,
    [400],
  ],
  'a header on two lines': [`GET /api/me HTTP/1.1\r\n${common}X-A: 1\r\n 2\r\n\r\n`, [400]],
  'a line feed alone': [`GET /api/me HTTP/1.1\n${common.replaceAll('\r\n', '\n')}\n`, [400, 200]],
  'a null character in a header': [`GET /api/me HTTP/1.1\r\n${common}X-A: a\0b\r\n\r\n`, [400]],
  'a null character in the path': [`GET /api/\0 HTTP/1.1\r\n${common}\r\n`, [400]],
  'a header that is too long': [`GET /api/me HTTP/1.1\r\n${common}X-A: ${'a'.repeat(20_000)}\r\n\r\n`, [431]],
  'too many headers': [
    `GET /api/me HTTP/1.1\r\n${common}${Array.from({ length: 3_000 }, (_, n) => `X-${n}: 1\r\n`).join('')}\r\n`,
    [431],
  ],
  'a path that is too long': [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${common}\r\n`, [431, 414]],
  'a method that there is not': [`BREW /taxii2/ HTTP/1.1\r\n${common}\r\n`, [400]],
};
for (const [name, [request, statuses]] of Object.entries(heads)) {
  test(`${name} is answered with ${statuses.join(' or ')}, once`, async () => {
    const before = await target.stored();
    const socket = openSocket(node.url);
    const end = readToEnd(socket);
    socket.end(request);
    const answers = parseAnswers(await end);
    assert.equal(answers.length, 1, 'what follows is not taken for another request');
    assert.ok(statuses.includes(answers[0]?.status ?? 0), `${answers[0]?.status} ${answers[0]?.body}`);
    if (answers[0]?.status !== 200) {
      assert.match(answers[0]?.headers.get('content-type') ?? '', /^application\/(?:problem|taxii)\+json/);
    }
    await target.unharmed(before);
  });
}

const asking: Readonly<
  Record<
    string,
    readonly [method: string, path: string, says: string, headers?: Readonly<Record<string, string>>]
  >
> = {
  'a method that is not here': ['PUT', taxiiPath, '405 method-not-allowed'],
  'a method that is not there': ['PATCH', '/api/me', '404 not-found'],
  'bad percent-encoding': ['GET', '/taxii2/community/collections/%zz/objects/', '404 not-found'],
  'half of a character': ['GET', '/taxii2/community/collections/%c3/objects/', '404 not-found'],
  'a null character in an id': ['GET', `${taxiiPath}indicator--%00/`, '404 not-found'],
  'a null character as a collection': ['GET', '/api/collections/%00', '404 not-found'],
  'a null character in a status': ['GET', '/taxii2/community/status/%00/', '404 not-found'],
  'a way out of the tree': ['GET', '/taxii2/..%2f..%2fetc%2fpasswd', '404 not-found'],
  'a limit of nothing': ['GET', `${taxiiPath}?limit=0`, '400 bad-filter ?limit'],
  'a limit beyond all numbers': ['GET', `${taxiiPath}?limit=${'9'.repeat(400)}`, '400 bad-filter ?limit'],
  'a limit in words': ['GET', `${taxiiPath}?limit=1e3`, '400 bad-filter ?limit'],
  'a parameter that there is not': ['GET', `${taxiiPath}?match[name]=a`, '400 unknown-filter ?match[name]'],
  '__proto__ as a parameter': ['GET', `${taxiiPath}?__proto__=a`, '400 unknown-filter ?__proto__'],
  'a parameter twice': ['GET', `${taxiiPath}?limit=1&limit=2`, '400 bad-filter ?limit'],
  'a time that there is not': [
    'GET',
    `${taxiiPath}?added_after=2026-13-01T00:00:00Z`,
    '400 bad-filter ?added_after',
  ],
  'an id that is none': ['GET', `${taxiiPath}?match[id]=a%00b`, '400 bad-filter ?match[id]'],
  'a cursor that was made up': ['GET', `${taxiiPath}?next=1-1-aaaaaaaaaaaaaaaa`, '400 bad-cursor ?next'],
  'a cursor of huge numbers': [
    'GET',
    `${taxiiPath}?next=zzzzzzzzzzz-zzzzzzzzzzz-aaaaaaaaaaaaaaaa`,
    '400 bad-cursor ?next',
  ],
  'a cursor of ten thousand characters': [
    'GET',
    `${taxiiPath}?next=${'1'.repeat(10_000)}`,
    '400 bad-cursor ?next',
  ],
  'an audit cursor that was made up': [
    'GET',
    '/api/audit?before=1.x',
    '400 bad-cursor ?before',
    { authorization: `Bearer ${node.operator}` },
  ],
  'a stream from a place that there is not': [
    'GET',
    `${livePath}?after=999999999999999`,
    '400 bad-cursor Last-Event-ID or ?after',
  ],
  'a stream from beyond all numbers': [
    'GET',
    `${livePath}?after=${'9'.repeat(400)}`,
    '400 bad-cursor Last-Event-ID or ?after',
  ],
  'a stream from an event that was made up': [
    'GET',
    livePath,
    '400 bad-cursor Last-Event-ID or ?after',
    { 'last-event-id': '-1' },
  ],
  'a stream of a thousand collections': [
    'GET',
    `/live?collections=${Array(1_000).fill('a').join(',')}`,
    '400 bad-request ?collections',
  ],
  'an Accept that takes nothing': ['GET', taxiiPath, '406 not-acceptable Accept', { accept: 'image/png' }],
  'an Accept of a thousand ranges': [
    'GET',
    taxiiPath,
    '406 not-acceptable Accept',
    { accept: Array(1_000).fill('a/b;q=1').join(',') },
  ],
  'an Accept that rules it out': [
    'GET',
    taxiiPath,
    '406 not-acceptable Accept',
    { accept: 'application/taxii+json;q=0' },
  ],
  'no token': ['GET', taxiiPath, '401 unauthenticated Authorization', { authorization: '' }],
  'a token that is none': [
    'GET',
    taxiiPath,
    '401 unauthenticated Authorization',
    { authorization: 'Bearer bt_x' },
  ],
  'a token in the address': [
    'GET',
    `${taxiiPath}?access_token=${member.token}`,
    '400 bad-request ?access_token',
    { authorization: '' },
  ],
  'a token in the address, beside the right place': [
    'GET',
    `/api/me?token=${member.token}`,
    '400 bad-request ?token',
  ],
};
for (const [name, [method, path, says, headers = {}]] of Object.entries(asking)) {
  test(`${name} is refused with ${says}`, async () => {
    const before = await target.stored();
    const given = { authorization: `Bearer ${member.token}`, ...headers };
    const present = Object.entries(given).filter(([, value]) => value !== '');
    const answer = await fetch(`${node.url}${path}`, { method, headers: Object.fromEntries(present) });
    const line = await refusalLine(path, answer);
    assert.ok(!line.includes(member.token));
    assert.equal(line, says);
    await target.unharmed(before);
  });
}

test('a list of ten thousand ids in a filter does not fit a request, and one that fits is answered', async () => {
  const ids = (count: number) =>
    Array.from(
      { length: count },
      (_, n) => `indicator--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    ).join(',');
  const ask = (count: number) =>
    fetch(`${node.url}${taxiiPath}?match[id]=${ids(count)}`, {
      headers: { authorization: `Bearer ${member.token}` },
    });
  assert.equal((await ask(10_000)).status, 431);
  assert.equal((await ask(300)).status, 200);
});

test('nothing in an answer comes from Host, and no page of another origin may read it', async () => {
  const [answer] = await sendRaw(
    node.url,
    `GET /taxii2/ HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n`,
  );
  assert.equal(answer?.status, 200);
  assert.doesNotMatch(`${answer?.body}${[...(answer?.headers ?? [])].join()}`, /evil/);
  for (const name of ['access-control-allow-origin', 'set-cookie'])
    assert.ok(!answer?.headers.has(name), name);
  const preflight = await fetch(`${node.url}${apiPath}`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  });
  assert.ok(preflight.status >= 400);
  assert.equal(preflight.headers.get('access-control-allow-origin'), null);
});

test('the node is no proxy: CONNECT closes the connection, and an upgrade is passed over', async () => {
  const socket = openSocket(node.url);
  socket.write(`CONNECT example.org:443 HTTP/1.1\r\n${common}\r\n`);
  assert.equal((await readToEnd(socket)).length, 0);
  const upgrade = `GET /api/me HTTP/1.1\r\n${common}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`;
  assert.equal((await sendRaw(node.url, upgrade))[0]?.status, 200);
});

test('requests that come all at once are answered in order', async () => {
  const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\n${common}${more}\r\n`;
  const answers = await sendRaw(
    node.url,
    `${get('/api/me')}${get('/nowhere')}${get('/taxii2/')}${get('/api/me', 'Connection: close\r\n')}`,
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 404, 200, 200],
  );
});

test('Expect: 100-continue gets its answer before the body is sent, also where that is no', async () => {
  const post = (length: number, token = authorization) =>
    `POST ${apiPath} HTTP/1.1\r\nHost: ${host}\r\n${token}\r\n${json}Connection: close\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;
  const [tooLong, ...more] = await sendRaw(node.url, post(300_000));
  assert.deepEqual([tooLong?.status, more.length], [413, 0]);
  const [stranger] = await sendRaw(node.url, post(10, 'Authorization: Bearer bt_x'));
  assert.equal(stranger?.status, 401);
  const socket = openSocket(node.url);
  const end = readToEnd(socket);
  socket.write(post(Buffer.byteLength(text)));
  await once(socket, 'data');
  socket.write(text);
  assert.deepEqual(
    parseAnswers(await end).map(({ status }) => status),
    [100, 200],
  );
});

test('whoever sends headers, or a body, too slowly is cut off, and others are answered meanwhile', async () => {
  const before = await target.stored();
  const drip = async (beginning: string): Promise<number | undefined> => {
    const socket = openSocket(node.url);
    const end = readToEnd(socket);
    socket.write(beginning);
    const timer = setInterval(() => socket.write('a'), 100);
    const answers = parseAnswers(await end);
    clearInterval(timer);
    return answers[0]?.status;
  };
  const slow = Promise.all([
    ...Array.from({ length: 20 }, () => drip(`GET / HTTP/1.1\r\n${common}X-A: `)),
    ...Array.from({ length: 20 }, () =>
      drip(`POST ${apiPath} HTTP/1.1\r\n${common}${json}Content-Length: 1000\r\n\r\n{`),
    ),
  ]);
  const started = performance.now();
  await target.unharmed(before);
  assert.ok(performance.now() - started < 10_000);
  assert.ok(
    (await slow).every((status) => status === 408),
    JSON.stringify(await slow),
  );
  await target.unharmed(before);
});

test('clients that go away within a body, a page or a stream leave nothing behind', async () => {
  const before = await target.stored();
  const starts = [
    `POST ${apiPath} HTTP/1.1\r\n${common}${json}Content-Length: 100000\r\n\r\n${text}`,
    `POST ${taxiiPath} HTTP/1.1\r\n${common}Content-Type: application/taxii+json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"obj`,
    `POST ${apiPath} HTTP/1.1\r\n${common}${json}Content-Encoding: gzip\r\nContent-Length: 1000\r\n\r\n\u001f`,
    `GET ${taxiiPath} HTTP/1.1\r\n${common}\r\n`,
    `GET ${livePath} HTTP/1.1\r\n${common}\r\n`,
  ];
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(starts.map((start) => vanish(node.url, start, 10 * round)));
  }
  await target.unharmed(before);
});
