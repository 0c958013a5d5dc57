import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { problem, refusalsOf } from './platform/openapi/document.ts';
import type { Operation } from './platform/openapi/operation.ts';
import { createReadiness } from './platform/telemetry/readiness.ts';
import { nodeApp } from './serve.ts';
import { openSlices, operations } from './slices.ts';
import { startTestNode, type TestNode } from './testing.ts';
import { indicator } from './testing-objects.ts';

const figures = 'the-token-of-the-figures';

test('Every route beside TAXII stands in the document, and nothing else does', async () => {
  await using node = await startTestNode(undefined, { BELLTOWER_METRICS_TOKEN: figures });
  const { platform } = node;
  await using slices = await openSlices(platform);
  const readiness = createReadiness({ ...platform, needsBus: false });
  const routes = nodeApp({ platform, slices, readiness })
    .routes.filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/taxii2'))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  const declared = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  assert.deepEqual([...new Set(routes)].sort(), [...declared].sort());
});

test('Each operation has its own id, declares the parameters of its path, and has examples that fit', () => {
  assert.equal(new Set(operations.map(({ id }) => id)).size, operations.length);
  for (const { id, path, parameters = [], body, answer } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    assert.deepEqual(declared, inPath, id);
    for (const [schema, example] of [
      [body?.schema.schema, body?.example],
      [answer.schema?.schema, answer.example],
    ] as const) {
      const parsed = schema?.safeParse(example);
      assert.ok(parsed?.success !== false, `${id}: ${parsed?.error?.message}`);
    }
  }
});

test('What the node really answers fits what the document says, refusals included', async () => {
  await using node = await startTestNode(undefined, { BELLTOWER_METRICS_TOKEN: figures });
  const seen = new Set<string>();
  const drive = driver(node, seen);
  await driveMembers(drive);
  await driveExchange(drive);
  const undriven = operations.map(({ id }) => id).filter((id) => !seen.has(id));
  assert.deepEqual(undriven, []);
});

interface Drive {
  /** Asks once, holds the answer to the declaration, and gives its JSON. */
  (id: string, request?: Asked): Promise<Readonly<Record<string, unknown>>>;
  readonly node: TestNode;
}

interface Asked {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
  /** The code of the refusal that is wanted; without it the answer that is declared. */
  readonly refused?: string;
}

function driver(node: TestNode, seen: Set<string>): Drive {
  const drive = async (
    id: string,
    { path = {}, query = '', body, token = node.operator, refused }: Asked = {},
  ) => {
    const operation = operations.find((candidate) => candidate.id === id);
    assert.ok(operation, id);
    seen.add(id);
    const url = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name) =>
      encodeURIComponent(path[name] ?? ''),
    );
    const stream = operation.answer.type === 'text/event-stream';
    const abort = new AbortController();
    const response = await fetch(`${node.url}${url}${query}`, {
      method: operation.method.toUpperCase(),
      signal: abort.signal,
      headers: {
        ...(operation.access === 'anybody' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': operation.body?.types[0] ?? '' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    if (stream && response.ok) {
      assert.equal(response.headers.get('content-type'), 'text/event-stream');
      abort.abort();
      return {};
    }
    const text = await response.text();
    if (refused === undefined) return fit(operation, response, text);
    const answer = problem.schema.parse(JSON.parse(text));
    const { title } = z.object({ title: z.string() }).parse(answer);
    assert.equal(title, refused, text);
    assert.ok(
      refusalsOf(operation).some((code) => code === refused),
      `${id} does not declare ${refused}`,
    );
    return {};
  };
  return Object.assign(drive, { node });
}

function fit({ id, answer }: Operation, response: Response, text: string): Readonly<Record<string, unknown>> {
  assert.equal(response.status, answer.status, `${id}: ${text}`);
  assert.equal(response.headers.get('content-type')?.split(';')[0], answer.type, id);
  if (answer.schema === undefined) return {};
  const parsed = answer.schema.schema.safeParse(JSON.parse(text));
  assert.ok(parsed.success, `${id}: ${parsed.error?.message} ${text}`);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

async function driveMembers(drive: Drive): Promise<void> {
  for (const id of ['signpost', 'openApi', 'alive', 'ready', 'whoAmI', 'listOrganisations']) await drive(id);
  await drive('metrics', { token: figures });
  await drive('metrics', { token: 'other', refused: 'unauthenticated' });
  await drive('whoAmI', { token: 'bt_wrong', refused: 'unauthenticated' });
  const { id } = await drive('createOrganisation', { body: { name: 'Telco Nord', kind: 'operator' } });
  const member = { id: String(id) };
  await drive('createOrganisation', {
    body: { name: 'telco nord', kind: 'operator' },
    refused: 'conflict',
  });
  await drive('createOrganisation', { body: { name: 'X', kind: 'zoo' }, refused: 'bad-request' });
  await drive('createOrganisation', { body: '{', refused: 'not-json' });
  await drive('changeOrganisation', { path: member, body: { name: 'Telco North' } });
  await drive('changeOrganisation', { path: { id: 'none' }, body: { name: 'X' }, refused: 'not-found' });
  const ada = await drive('createPerson', {
    path: member,
    body: { name: 'Ada Berg', role: 'organisation-administrator' },
  });
  const person = { id: String(ada['id']) };
  const again = await drive('renewEnrolment', { path: person });
  const { text } = z.object({ enrolment: z.object({ text: z.string() }) }).parse(again).enrolment;
  const first = await drive('redeemEnrolment', { body: { enrolment: text } });
  await drive('redeemEnrolment', { body: { enrolment: text }, refused: 'unauthenticated' });
  const token = String(first['token']);
  await drive('listPeople', { path: member, token });
  await drive('listPeople', { path: { id: 'none' }, refused: 'not-found' });
  const machine = await drive('createToken', {
    path: member,
    token,
    body: { label: 'SIEM', scopes: ['read', 'publish'], days: 0 },
  });
  await drive('createToken', {
    path: member,
    token,
    body: { label: 'SIEM', scopes: ['manage'] },
    refused: 'unprocessable',
  });
  await drive('listTokens', { path: member, token });
  await drive('revokeToken', { path: { id: String(machine['id']) }, token });
  await drive('listAudit', { token });
  await drive('listAudit', { query: '?before=x', refused: 'bad-cursor' });
  await drive('removePerson', { path: { id: 'none' }, refused: 'not-found' });
  const bo = await drive('createPerson', { path: member, token, body: { name: 'Bo', role: 'analyst' } });
  await drive('removePerson', { path: { id: String(bo['id']) }, token });
}

async function driveExchange(drive: Drive): Promise<void> {
  const fraud = { collection: 'fraud' };
  const body = { title: 'Fraud', alias: 'fraud', audience: 'community' };
  await drive('createCollection', { body });
  await drive('createCollection', { body, refused: 'conflict' });
  await drive('listCollections');
  await drive('getCollection', { path: fraud });
  await drive('getCollection', { path: { collection: 'none' }, refused: 'not-found' });
  const one = indicator();
  await drive('publish', { path: fraud, body: { objects: [one, { type: 'indicator' }] } });
  await drive('publish', { path: fraud, body: { objects: [{ ...one, name: 'Otherwise' }] } });
  await drive('publish', { path: fraud, body: [], refused: 'not-a-bundle' });
  await drive('publish', { path: fraud, query: '?nonsense=1', body: {}, refused: 'bad-request' });
  const list = 'value,type\nbad.example.org,domain\nnothing,point-code\n';
  await drive('import', { path: fraud, query: '?format=csv&tlp=green&name=A%20list', body: list });
  await drive('import', { path: fraud, query: '?format=csv&preview=true', body: list });
  await drive('import', { path: fraud, query: '?format=misp', body: '{', refused: 'unprocessable' });
  await drive('import', { path: fraud, query: '?format=word', body: list, refused: 'bad-request' });
  await drive('import', { path: { collection: 'none' }, body: list, refused: 'not-found' });
  const widened = { audience: 'public', preview: true };
  await drive('changeCollection', { path: fraud, body: widened, refused: 'not-allowed-by-marking' });
  await drive('changeCollection', { path: fraud, body: { title: 'Scams', preview: true } });
  await drive('changeCollection', { path: fraud, body: { title: 'Frauds' } });
  await drive('followCollection', { path: fraud });
  await drive('followCollection', { path: fraud, query: '?after=9', refused: 'bad-cursor' });
  await drive('followCollections', { query: '?collections=fraud' });
  await drive('followCollections', { refused: 'bad-request' });
  await drive('withdraw', { path: { ...fraud, object: one.id } });
  await drive('withdraw', { path: { ...fraud, object: 'nothing' }, refused: 'not-found' });
}
