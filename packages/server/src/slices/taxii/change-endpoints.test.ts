import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { taxiiMediaType } from './media-types.ts';
import type { TestAnswer } from './testing.ts';
import { ask, campaign, envelope, read, refusalOf, resources } from './testing.ts';

const node = await startTestNode(undefined, {
  BELLTOWER_MAX_BODY_BYTES: '20000',
  BELLTOWER_MAX_BUNDLE_OBJECTS: '10',
  BELLTOWER_MAX_OBJECT_BYTES: '8000',
  BELLTOWER_MAX_DEPTH: '20',
});
after(() => node[Symbol.asyncDispose]());
const { token, id: memberId } = await node.member('Member');
const other = await node.member('Other');
const collection = await node.collection({ title: 'Adding', audience: 'community' });
const path = `/community/collections/${collection}/objects/`;

const add = (body: string, headers: Readonly<Record<string, string>> = {}) =>
  ask(node, 'POST', path, { token, body, headers });
const stored = async () => (await ask(node, 'GET', `${path}?match[version]=all`, { token })).text;
const statusOf = (answer: TestAnswer) => {
  assert.equal(answer.status, 202, answer.text);
  assert.equal(answer.headers.get('content-type'), taxiiMediaType);
  return read(answer, resources.status);
};

test('TAXII §5.5 objects are added, and the status says which: complete at once.', async () => {
  const objects = [campaign(), campaign({ modified: '2026-01-02T00:00:00.000Z' })];
  const status = statusOf(await add(envelope(...objects)));
  assert.deepEqual(
    [status.total_count, status.success_count, status.failure_count, status.pending_count],
    [2, 2, 0, 0],
  );
  assert.deepEqual(
    status.successes,
    objects.map(({ id, modified }) => ({ id, version: modified })),
  );
  assert.equal(status.failures, undefined);
});

test('TAXII §5.5 an exact duplicate is no failure, also in another spelling, and adds nothing.', async () => {
  const object = campaign();
  await add(envelope(object));
  const before = await stored();
  for (const body of [envelope(object), JSON.stringify({ objects: [object, object] }, undefined, 2)]) {
    const status = statusOf(await add(body));
    assert.equal(status.failure_count, 0);
    assert.equal(status.success_count, status.total_count);
    assert.equal(status.successes?.[0]?.version, object.modified);
  }
  assert.equal(await stored(), before);
});

test('G1 one bad object does not sink its envelope; each failure names its place, its version and what is wrong.', async () => {
  const good = campaign();
  const nameless = campaign({ modified: '2026-01-03T00:00:00.000Z', name: '' });
  const broken = { ...campaign(), created: 'yesterday' };
  const status = statusOf(
    await add(envelope(nameless.name === '' ? { ...nameless, name: 5 } : nameless, good, 'text', broken)),
  );
  assert.deepEqual([status.total_count, status.success_count, status.failure_count], [4, 1, 3]);
  assert.equal(status.successes?.[0]?.id, good.id);
  const [one, two, three] = status.failures ?? [];
  assert.deepEqual([one?.id, one?.version], [nameless.id, nameless.modified]);
  assert.match(one?.message ?? '', /^\$\.objects\[0\]\.name: .*rule G1\)$/);
  assert.equal(two?.id, '$.objects[2]');
  assert.equal(two?.version, status.request_timestamp);
  assert.deepEqual([three?.id, three?.version], [broken.id, broken.modified]);
  assert.match(three?.message ?? '', /\$\.objects\[3\]\.created: /);
});

test('L3 a conflict is a failure that says where the contents differ, and changes nothing.', async () => {
  const object = campaign({ name: 'one', description: 'same' });
  await add(envelope(object));
  const before = await stored();
  const status = statusOf(await add(envelope({ ...object, name: 'two' })));
  assert.deepEqual([status.success_count, status.failure_count], [0, 1]);
  assert.equal(status.failures?.[0]?.version, object.modified);
  assert.match(
    status.failures?.[0]?.message ?? '',
    /later "modified".* differs at \$\.name\. \(\$\.objects\[0\], conflict, rule L3\)$/,
  );
  assert.equal(await stored(), before);
});

test('G3 a marking that the audience does not fit is a failure that names the rule, and stores nothing.', async () => {
  const red = 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1';
  const before = await stored();
  const status = statusOf(await add(envelope(campaign({ object_marking_refs: [red] }))));
  assert.deepEqual([status.success_count, status.failure_count], [0, 1]);
  assert.match(status.failures?.[0]?.message ?? '', /TLP:RED.*\(\$\.objects\[0\], marking, rule G3\)$/);
  assert.equal(await stored(), before);
});

const envelopeOf = (count: number) => envelope(...Array.from({ length: count }, () => campaign()));
const fits = envelope(campaign());
const refusals: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
  ['no JSON', 'not JSON', {}, '400 not-json line 1, column 1'],
  ['no body', '', {}, '400 not-json'],
  ['half of an envelope', '{"objects":[{"type":"campaign"}', {}, '400 not-json line 1, column 32'],
  ['a list', '[]', {}, '422 not-a-bundle line 1, column 1'],
  ['a text', '"objects"', {}, '422 not-a-bundle line 1, column 1'],
  ['an object on its own', JSON.stringify(campaign()), {}, '422 not-a-bundle $.objects'],
  ['an empty envelope', '{}', {}, '422 not-a-bundle $.objects'],
  ['an empty list', '{"objects":[]}', {}, '422 unprocessable $.objects'],
  ['objects that are no list', '{"objects":{}}', {}, '422 not-a-bundle $.objects'],
  ['two lists', '{"objects":[],"objects":[]}', {}, '422 duplicate-key line 1, column 25'],
  ['too deep a nesting', `{"objects":[${'['.repeat(30)}${']'.repeat(30)}]}`, {}, '422 too-deep'],
  ['too many objects', `{"objects":[${Array(11).fill('{}').join(',')}]}`, {}, '422 too-many-objects'],
  ['too long an object', envelope(campaign({ description: 'x'.repeat(9_000) })), {}, '422 object-too-long'],
  [
    'a longer body than max_content_length',
    `${fits}${' '.repeat(20_001 - fits.length)}`,
    {},
    '413 too-large Content-Length',
  ],
  ['no TAXII', fits, { 'content-type': 'application/json' }, '415 unsupported-media-type Content-Type'],
  [
    'STIX',
    fits,
    { 'content-type': 'application/stix+json;version=2.1' },
    '415 unsupported-media-type Content-Type',
  ],
  [
    'TAXII 2.0',
    fits,
    { 'content-type': 'application/taxii+json;version=2.0' },
    '415 unsupported-media-type Content-Type',
  ],
  [
    'another content coding',
    fits,
    { 'content-encoding': 'br' },
    '415 unsupported-media-type Content-Encoding',
  ],
  ['no gzip', fits, { 'content-encoding': 'gzip' }, '400 bad-compression Content-Encoding'],
  ['another Accept', fits, { accept: 'application/json' }, '406 not-acceptable Accept'],
  ['a token that is none', fits, { authorization: 'Bearer x' }, '401 unauthenticated Authorization'],
];

for (const [what, body, headers, expected] of refusals) {
  test(`TAXII §5.5 ${what} is refused, and nothing is stored: ${expected}`, async () => {
    const before = await stored();
    const answer = await add(body, headers);
    assert.ok(refusalOf(answer).startsWith(expected), refusalOf(answer));
    assert.equal(await stored(), before);
  });
}

test('TAXII §4.2.1 a body of exactly max_content_length is taken.', async () => {
  const body = envelopeOf(1);
  assert.equal((await add(`${body}${' '.repeat(20_000 - body.length)}`)).status, 202);
});

test('TAXII §5.5 a body that is too long is refused as soon as that is known, whether it announces its length or not.', async () => {
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(8_192).fill(32));
    },
  });
  const response = await fetch(`${node.url}/taxii2${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, accept: taxiiMediaType, 'content-type': taxiiMediaType },
    body: stream,
    duplex: 'half',
  });
  assert.equal(response.status, 413);
});

test('TAXII §5.5 a body that is not UTF-8 is refused.', async () => {
  const response = await fetch(`${node.url}/taxii2${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, accept: taxiiMediaType, 'content-type': taxiiMediaType },
    body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
  });
  assert.equal(response.status, 400);
});

test('TAXII §5.5 parameters are refused by their names.', async () => {
  const answer = await ask(node, 'POST', `${path}?match[id]=x`, { token, body: envelope(campaign()) });
  assert.equal(refusalOf(answer), '400 unknown-filter ?match[id]');
});

test('TAXII §7.1 properties of an envelope that are unknown are passed over.', async () => {
  const body = JSON.stringify({ x_acme_scoring: { impact: 'high' }, more: false, objects: [campaign()] });
  assert.equal(statusOf(await add(body)).success_count, 1);
});

const remove = (id: string, search = '', as = token) =>
  ask(node, 'DELETE', `${path}${id}/${search}`, { token: as });

test('TAXII §5.7 a deleted object is in no answer any more: 404 by its id, and neither in objects nor in the manifest.', async () => {
  const object = campaign();
  await add(envelope(object, { ...object, modified: '2026-02-01T00:00:00.000Z' }));
  const answer = await remove(object.id);
  assert.deepEqual([answer.status, answer.text], [200, '']);
  assert.equal(answer.headers.get('content-type'), taxiiMediaType);
  for (const search of [
    '',
    '?match[version]=all',
    '?match[version]=first',
    `?match[version]=${object.modified}`,
  ]) {
    assert.equal(
      refusalOf(await ask(node, 'GET', `${path}${object.id}/${search}`, { token })),
      '404 not-found',
    );
  }
  assert.equal(
    refusalOf(await ask(node, 'GET', `${path}${object.id}/versions/`, { token })),
    '404 not-found',
  );
  assert.equal(refusalOf(await remove(object.id)), '404 not-found');
  assert.doesNotMatch(await stored(), new RegExp(object.id));
  const manifest = `/community/collections/${collection}/manifest/?match[version]=all`;
  assert.doesNotMatch((await ask(node, 'GET', manifest, { token })).text, new RegExp(object.id));
});

test('TAXII §5.7 match[version] deletes these versions only; what stands becomes first and last.', async () => {
  const object = campaign();
  const versions = [1, 2, 3, 4].map((day) => ({ ...object, modified: `2026-03-0${day}T00:00:00.000Z` }));
  await add(envelope(...versions));
  const left = async () => {
    const answer = await ask(node, 'GET', `${path}${object.id}/versions/`, { token });
    return (read(answer, resources.versions).versions ?? []).map((version) => version.slice(9, 10)).join('');
  };
  assert.equal((await remove(object.id, '?match[version]=last')).status, 200);
  assert.equal(await left(), '123');
  const last = await ask(node, 'GET', `${path}${object.id}/`, { token });
  assert.equal(read(last, resources.envelope).objects?.[0]?.modified, versions[2]?.modified);
  assert.equal((await remove(object.id, '?match[version]=2026-03-02T00:00:00.000Z')).status, 200);
  assert.equal(await left(), '13');
  assert.equal(
    refusalOf(await remove(object.id, '?match[version]=2026-03-02T00:00:00.000Z')),
    '404 not-found',
  );
  const gone = `${path}${object.id}/?match[version]=2026-03-02T00:00:00.000Z`;
  assert.equal(refusalOf(await ask(node, 'GET', gone, { token })), '404 not-found');
  assert.equal(refusalOf(await remove(object.id, '?match[spec_version]=2.0')), '404 not-found');
  assert.equal((await remove(object.id, '?match[version]=first&match[spec_version]=2.1')).status, 200);
  assert.equal(await left(), '3');
  assert.equal((await remove(object.id, '?match[version]=all')).status, 200);
  assert.equal(refusalOf(await ask(node, 'GET', `${path}${object.id}/`, { token })), '404 not-found');
});

test('L6 only who published an object, its owner and whoever manages the collection delete it.', async () => {
  const object = campaign({ created_by_ref: memberId });
  await add(envelope(object));
  assert.equal(refusalOf(await remove(object.id, '', other.token)), '403 forbidden');
  assert.equal((await ask(node, 'GET', `${path}${object.id}/`, { token: other.token })).status, 200);
  assert.equal((await remove(object.id, '', node.operator)).status, 200);
});

test('TAXII §5.7 what cannot be deleted is refused by its place.', async () => {
  const object = campaign();
  await add(envelope(object));
  for (const [id, search, expected] of [
    [object.id, '?added_after=2026-01-01T00:00:00Z', '400 unknown-filter ?added_after'],
    [object.id, '?limit=1', '400 unknown-filter ?limit'],
    [object.id, '?match[type]=campaign', '400 unknown-filter ?match[type]'],
    [object.id, '?match[version]=', '400 bad-filter ?match[version]'],
    [campaign().id, '', '404 not-found'],
    ['campaign', '', '404 not-found'],
  ] as const) {
    assert.equal(refusalOf(await remove(id, search)), expected);
  }
  assert.equal((await ask(node, 'GET', `${path}${object.id}/`, { token })).status, 200);
});
