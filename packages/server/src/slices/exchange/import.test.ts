import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { inputFormatNames } from '@belltower/formats';
import { startTestNode, type TestNode } from '../../testing.ts';
import { importFormats } from './importing/convert-messages.ts';
import { createConverter } from './importing/converter.ts';

interface Answer {
  readonly status: number;
  readonly body: {
    readonly accepted?: number;
    readonly unchanged?: number;
    readonly refused?: number;
    readonly format?: string;
    readonly title?: string;
    readonly at?: string;
    readonly losses?: readonly { readonly at: string; readonly what: string; readonly why: string }[];
    readonly objects?: readonly Readonly<Record<string, unknown>>[];
    readonly results?: readonly {
      readonly id?: string;
      readonly type?: string;
      readonly status: string;
      readonly code?: string;
    }[];
  };
}

interface Sent {
  readonly token: string;
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly query?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly collection?: string;
}

async function bring(
  node: TestNode,
  { token, type, body, query = {}, collection = 'fraud' }: Sent,
): Promise<Answer> {
  const search = new URLSearchParams(query as Record<string, string>);
  const response = await fetch(`${node.url}/api/collections/${collection}/import?${search}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body,
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

async function start(
  t: Parameters<typeof startTestNode>[0],
  settings: Readonly<Record<string, string>> = {},
) {
  const node = await startTestNode(t, settings);
  const alpha = await node.member('Alpha Telecom');
  await node.collection({
    title: 'Fraud',
    alias: 'fraud',
    audience: 'community',
    allowsAnonymous: true,
    audienceWrites: true,
  });
  return { node, alpha };
}

async function objectsOf(
  node: TestNode,
  token: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const collections = `${node.url}/taxii2/community/collections/fraud/objects/`;
  const response = await fetch(collections, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/taxii+json;version=2.1' },
  });
  const envelope = (await response.json()) as {
    readonly objects?: readonly Readonly<Record<string, unknown>>[];
  };
  return envelope.objects ?? [];
}

const list = 'value,type,tlp\n203.0.113.7,ip,green\n32475000001,gt,amber\nnonsense,gt,green\n';
const event = {
  Event: {
    uuid: '6f1d5a0e-3b1f-4c39-9a6b-0d5c3f0e7a11',
    info: 'Smishing',
    timestamp: '1767571200',
    Attribute: [
      { uuid: '6f1d5a0e-3b1f-4c39-9a6b-0d5c3f0e7a12', type: 'ip-dst', value: '203.0.113.7', to_ids: true },
    ],
  },
};

test('a node knows every format that comes in', () => {
  assert.deepEqual(new Set(importFormats), new Set(inputFormatNames));
});

test('G1 a list becomes objects that are published, each with its result, and its losses with their lines', async (t) => {
  const { node, alpha } = await start(t);
  const query = { time: '2026-11-01T00:00:00.000Z', name: 'GTs' };
  const sent = { token: alpha.token, type: 'text/csv; charset=utf-8', body: list, query };
  const first = await bring(node, sent);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.deepEqual([first.body.format, first.body.refused], ['csv', 0]);
  assert.deepEqual(
    first.body.losses?.map(({ at }) => at),
    ['line 4'],
  );
  const indicators = (await objectsOf(node, alpha.token)).filter(({ type }) => type === 'indicator');
  assert.deepEqual(
    indicators.map(({ created_by_ref: by }) => by),
    [alpha.id, alpha.id],
  );
  // L2 What is there already stays as it is.
  const again = await bring(node, sent);
  assert.deepEqual([again.body.accepted, again.body.refused], [0, 0]);
});

test('events of MISP, texts, bundles of STIX 2.0 and PDFs are taken, by what they look like or are said to be', async (t) => {
  const { node, alpha } = await start(t);
  const { makePdf } = await import('../../testing-pdf.ts');
  const bundle20 = {
    type: 'bundle',
    spec_version: '2.0',
    objects: [
      {
        type: 'malware',
        id: 'malware--0e08bf0e-52a1-4b8f-8f64-7a0f2c9f3b11',
        created: '2017-01-01T00:00:00.000Z',
        modified: '2017-01-01T00:00:00.000Z',
        name: 'x',
        labels: ['worm'],
      },
    ],
  };
  const inputs: readonly (readonly [type: string, body: string | Uint8Array<ArrayBuffer>, format: string])[] =
    [
      ['application/json', JSON.stringify(event), 'misp'],
      ['application/json', JSON.stringify(bundle20), 'stix-2.0'],
      ['text/plain', 'GT 32475000001 called hxxp://bad[.]example[.]org/', 'text'],
      ['application/pdf', makePdf('GT 32475000002'), 'pdf'],
      ['application/octet-stream', makePdf('GT 32475000003'), 'pdf'],
    ];
  for (const [type, body, format] of inputs) {
    const { status, body: answer } = await bring(node, { token: alpha.token, type, body });
    assert.equal(status, 200, JSON.stringify(answer));
    assert.deepEqual([answer.format, answer.refused], [format, 0], JSON.stringify(answer));
    assert.ok((answer.accepted ?? 0) > 0, format);
  }
});

test('a preview converts and validates, and publishes nothing', async (t) => {
  const { node, alpha } = await start(t);
  const sent = {
    token: alpha.token,
    type: 'text/csv',
    body: '203.0.113.7;x\n',
    query: [
      ['preview', 'true'],
      ['map', '1=ip'],
      ['map', '2=labels'],
    ] as const,
  };
  const { status, body } = await bring(node, sent);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(
    body.objects?.map(({ pattern, labels }) => [pattern, labels]),
    [["[ipv4-addr:value = '203.0.113.7']", ['x']]],
  );
  assert.deepEqual([body.accepted, body.results], [0, []]);
  assert.deepEqual(await objectsOf(node, alpha.token), []);
});

test('G7 what is imported without a name names nobody, and its ids cannot be computed', async (t) => {
  const { node, alpha } = await start(t);
  const query = { anonymous: 'true', time: '2026-11-01T00:00:00.000Z' };
  const ids: unknown[] = [];
  for (let round = 0; round < 2; round += 1) {
    const { body } = await bring(node, {
      token: alpha.token,
      type: 'text/csv',
      body: 'ip\n203.0.113.7\n',
      query,
    });
    assert.equal(body.accepted, 1, JSON.stringify(body));
    ids.push(body.results?.[0]?.id);
  }
  assert.notEqual(ids[0], ids[1]);
  assert.ok(!JSON.stringify(await objectsOf(node, alpha.token)).includes(alpha.id));
});

test('G3 a marking of the input or of the request is decided on at the gate as for any other object', async (t) => {
  const { node, alpha } = await start(t);
  const { body } = await bring(node, {
    token: alpha.token,
    type: 'text/csv',
    body: 'value,tlp\n203.0.113.7,red\n203.0.113.8,\n',
    query: { tlp: 'amber+strict' },
  });
  const indicators = body.results?.filter(({ type }) => type === 'indicator');
  assert.deepEqual(
    indicators?.map(({ status, code }) => [status, code]),
    [
      ['refused', 'marking'],
      ['refused', 'marking'],
    ],
  );
});

test('who may not publish may not import, and who may not see a collection finds none', async (t) => {
  const { node, alpha } = await start(t);
  await node.collection({ title: 'Closed', alias: 'closed', audience: 'organisations', members: [] });
  await node.collection({ title: 'Read', alias: 'read', audience: 'community', audienceWrites: false });
  const of = async (collection: string, token = alpha.token) =>
    (await bring(node, { token, type: 'text/csv', body: list, collection })).status;
  assert.deepEqual(
    [await of('closed'), await of('nowhere'), await of('read'), await of('fraud', 'bt_nonsense')],
    [404, 404, 403, 401],
  );
});

test('what cannot be read is refused whole, with its place, and nothing of it is published', async (t) => {
  const { node, alpha } = await start(t, {
    BELLTOWER_MAX_BUNDLE_OBJECTS: '50',
    BELLTOWER_MAX_BODY_BYTES: '1000000',
  });
  const many = `ip\n${Array.from({ length: 60 }, (_, at) => `203.0.113.${at}`).join('\n')}`;
  const inputs: readonly (readonly [
    string,
    string,
    string | Uint8Array<ArrayBuffer>,
    number,
    string,
    RegExp?,
  ])[] = [
    [
      'a quotation mark that is not closed',
      'text/csv',
      'ip\n"203.0.113.7',
      422,
      'unprocessable',
      /^line 2, column 1$/,
    ],
    ['no column of values', 'text/csv', 'a,b\n1,2', 422, 'unprocessable', /^line 1$/],
    [
      'Latin-1',
      'text/csv',
      new Uint8Array(Buffer.from('ip;pays\n203.0.113.7;Bénin', 'latin1')),
      422,
      'unprocessable',
      /^line 2$/,
    ],
    ['half an event', 'application/json', JSON.stringify(event).slice(0, 150), 422, 'unprocessable'],
    [
      'an event without a UUID',
      'application/json',
      '{"Event":{"info":"x"}}',
      422,
      'unprocessable',
      /^\$\.Event\.uuid$/,
    ],
    ['deep lists', 'application/json', '['.repeat(100_000), 422, 'unprocessable'],
    ['no PDF', 'application/pdf', 'GT 32475000001', 422, 'unprocessable', /^file$/],
    ['a picture', 'image/png', 'x', 415, 'unsupported-media-type'],
    ['more objects than are taken', 'text/csv', many, 413, 'too-many-objects'],
    ['a long body', 'text/plain', 'x'.repeat(1_000_001), 413, 'too-large'],
  ];
  for (const [title, type, body, status, code, at] of inputs) {
    const answer = await bring(node, { token: alpha.token, type, body });
    assert.deepEqual(
      [answer.status, answer.body.title],
      [status, code],
      `${title}: ${JSON.stringify(answer.body)}`,
    );
    if (at !== undefined) assert.match(answer.body.at ?? '', at, title);
  }
  for (const query of [{ format: 'x' }, { tlp: 'purple' }, { time: 'now' }, { colour: 'red' }] as const) {
    const answer = await bring(node, { token: alpha.token, type: 'text/csv', body: list, query });
    assert.equal(answer.status, 400, JSON.stringify(answer.body));
  }
  assert.deepEqual(await objectsOf(node, alpha.token), []);
});

test('a text in which nothing stands is no error, and the losses say so', async (t) => {
  const { node, alpha } = await start(t);
  const { status, body } = await bring(node, {
    token: alpha.token,
    type: 'text/plain',
    body: 'Nothing to see.',
  });
  assert.deepEqual([status, body.accepted, body.losses?.length], [200, 0, 1]);
});

test('an input that unpacks to more than may be is ended, and the next one is read', async () => {
  const errors: Error[] = [];
  await using converter = createConverter({
    bufferMegabytes: 64,
    seconds: 20,
    onError: (error) => errors.push(error),
  });
  const { makePdf } = await import('../../testing-pdf.ts');
  const about = { now: '2026-11-01T00:00:00.000Z' as const };
  const convert = (body: Uint8Array<ArrayBuffer>) =>
    converter.convert({
      blocks: [body.slice()],
      type: 'application/pdf',
      about: about as never,
      limits: { objects: 100, bytes: 1_000_000 },
    });
  const bomb = makePdf(new Uint8Array(deflateSync(new Uint8Array(400_000_000).fill(32), { level: 9 })));
  assert.ok(bomb.length < 1_000_000);
  const before = process.memoryUsage().rss;
  const refused = await convert(bomb);
  assert.ok(!refused.ok);
  assert.match(refused.refusal.message, /more memory than one input may/);
  assert.ok(process.memoryUsage().rss - before < 500_000_000);
  assert.ok((await convert(makePdf('GT 32475000001'))).ok);
});

test('a conversion that takes too long is ended', async () => {
  await using converter = createConverter({ seconds: 0.001, onError: (error) => assert.fail(error) });
  const about = { now: '2026-11-01T00:00:00.000Z' } as never;
  const refused = await converter.convert({
    blocks: [new Uint8Array(Buffer.from(list))],
    type: 'text/csv',
    about,
    limits: { objects: 100, bytes: 1_000_000 },
  });
  assert.ok(!refused.ok);
  assert.match(refused.refusal.message, /more time than one input may/);
});

test('inputs beyond those that may wait are refused at once, with the time to try again', async () => {
  await using converter = createConverter({ threads: 1, queue: 1, onError: (error) => assert.fail(error) });
  const about = { now: '2026-11-01T00:00:00.000Z' } as never;
  const convert = () =>
    converter.convert({
      blocks: [new Uint8Array(Buffer.from(list))],
      type: 'text/csv',
      about,
      limits: { objects: 100, bytes: 1_000_000 },
    });
  const all = await Promise.all([convert(), convert(), convert()]);
  assert.deepEqual(
    all.map((outcome) => (outcome.ok ? 'read' : outcome.refusal.code)),
    ['read', 'read', 'unavailable'],
  );
});
