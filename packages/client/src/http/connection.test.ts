import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientError } from '../client-error.ts';
import { hangUp, json, startScriptedServer, text } from '../testing/scripted-server.ts';
import { createConnection } from './connection.ts';

function connect(
  waits: number[] = [],
  more: { readonly mostBytes?: number; readonly timeout?: number } = {},
) {
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  return createConnection({ fetch, random: () => 1, sleep, ...more });
}

const get = { method: 'GET', accept: 'application/json', repeatable: true } as const;

function hasCode(code: string, status?: number) {
  return (error: unknown) => error instanceof ClientError && error.code === code && error.status === status;
}

test('A request that may be repeated survives a lost connection, a 503 and a 429', async () => {
  await using server = await startScriptedServer(
    hangUp,
    json(503, {}),
    json(429, {}, { 'Retry-After': '4' }),
    json(200, { fine: true }),
  );
  const waits: number[] = [];
  const answer = await connect(waits).send({ ...get, url: server.url });
  assert.equal(answer.text, '{"fine":true}');
  assert.deepEqual(waits, [500, 1_000, 6_000]);
});

test('A request that must not be repeated is sent once, but for a 429', async () => {
  await using server = await startScriptedServer(json(429, {}), json(503, { title: 'busy' }));
  const request = { ...get, method: 'POST', repeatable: false, url: server.url } as const;
  await assert.rejects(connect().send(request), hasCode('refused', 503));
  assert.equal(server.requests.length, 2);
});

test('After the last attempt the error says that nobody answered', async () => {
  await using server = await startScriptedServer(hangUp);
  await assert.rejects(connect().send({ ...get, url: server.url }), hasCode('unreachable'));
  assert.equal(server.requests.length, 5);
});

test('A refusal is told as it came: problem details, and the error resource of TAXII', async () => {
  const problem = {
    type: 'urn:belltower:problem:conflict',
    detail: 'Taken.',
    at: '$.alias',
    rule: 'L3',
    details: [1],
  };
  const resource = { title: 'No', description: 'Not here.', error_code: 'gone', http_status: '404' };
  await using server = await startScriptedServer(
    json(409, problem),
    json(404, resource),
    text(403, '<html>'),
  );
  const errors: unknown[] = [];
  for (let sent = 0; sent < 3; sent += 1) {
    await connect()
      .send({ ...get, url: server.url })
      .catch((error: unknown) => errors.push(error));
  }
  const told = errors.map((error) => {
    assert.ok(error instanceof ClientError);
    const { code, status, message, at, rule, details } = error;
    return { code, status, message, at, rule, details };
  });
  const nothing = { at: undefined, rule: undefined, details: undefined };
  assert.deepEqual(told, [
    { code: 'conflict', status: 409, message: 'Taken.', at: '$.alias', rule: 'L3', details: [1] },
    { code: 'gone', status: 404, message: 'Not here.', ...nothing },
    { code: 'forbidden', status: 403, message: 'The server answered 403 (Forbidden).', ...nothing },
  ]);
});

test('An answer beyond the bound, or that is not UTF-8, is refused', async () => {
  await using server = await startScriptedServer(text(200, 'x'.repeat(2_000)), (_request, response) => {
    response.end(Buffer.from([0x22, 0xff, 0x22]));
  });
  const connection = connect([], { mostBytes: 1_000 });
  await assert.rejects(connection.send({ ...get, url: server.url }), hasCode('too-large', 200));
  await assert.rejects(connection.send({ ...get, url: server.url }), hasCode('unexpected-answer'));
});

test('An attempt that takes too long is given up', async () => {
  await using server = await startScriptedServer(() => undefined);
  const request = { ...get, repeatable: false, url: server.url };
  await assert.rejects(connect([], { timeout: 50 }).send(request), hasCode('timed-out'));
});

test('An aborted signal ends a request, and its reason is what is thrown', async () => {
  await using server = await startScriptedServer(() => undefined);
  const abort = new AbortController();
  const reason = new Error('enough');
  setTimeout(() => abort.abort(reason), 30);
  await assert.rejects(
    connect().send({ ...get, url: server.url, signal: abort.signal }),
    (error) => error === reason,
  );
});

test('Credentials are sent as a token or as Basic in UTF-8', async () => {
  await using server = await startScriptedServer(json(200, {}));
  const send = (credentials: Parameters<typeof createConnection>[0]['credentials']) =>
    createConnection({ fetch, random: Math.random, credentials, userAgent: 'test/1' }).send({
      ...get,
      url: server.url,
    });
  await send({ kind: 'bearer', token: 'bt_1' });
  await send({ kind: 'basic', user: 'ä', password: 'ö:' });
  assert.deepEqual(
    server.requests.map(({ headers }) => [headers.authorization, headers['user-agent']]),
    [
      ['Bearer bt_1', 'test/1'],
      [`Basic ${Buffer.from('ä:ö:').toString('base64')}`, 'test/1'],
    ],
  );
});
