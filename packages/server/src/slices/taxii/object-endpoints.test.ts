import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { stixMediaType, taxiiMediaType } from './media-types.ts';
import { ask, campaign, envelope, read, refusalOf, resources } from './testing.ts';

const node = await startTestNode(undefined, { BELLTOWER_MAX_PAGE_ENTRIES: '5' });
after(() => node[Symbol.asyncDispose]());
const { token } = await node.member('Member');

const day = (number: number) => `2026-01-0${number}T00:00:00.000Z`;
const second = campaign({ modified: day(2) });
const third = { ...second, modified: day(3) };
const first = { ...second, modified: day(1) };
const malware = campaign({ type: 'malware', is_family: false, modified: day(5) });
const address = {
  type: 'ipv4-addr',
  id: 'ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd',
  value: '198.51.100.3',
};
const collection = await node.collection({ title: 'Objects', audience: 'community' });
// The versions of the campaign come neither in their order nor together.
for (const objects of [[second, malware], [third, address], [first]]) {
  const path = `/community/collections/${collection}/objects/`;
  const status = read(await ask(node, 'POST', path, { token, body: envelope(...objects) }), resources.status);
  assert.equal(status.failure_count, 0, JSON.stringify(status.failures));
}

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  ask(node, 'GET', `/community/collections/${collection}/${path}`, { token, headers });

/** The objects of an envelope in their order: the type, and for a campaign the day of its version. */
async function names(path: string): Promise<string> {
  const answer = await get(path);
  assert.equal(answer.status, 200, answer.text);
  const { objects = [] } = read(answer, resources.envelope);
  return objects
    .map(({ type, modified = '' }) => (type === 'campaign' ? modified.slice(9, 10) : type))
    .join(' ');
}

const selections: readonly (readonly [string, string])[] = [
  ['', 'malware 3 ipv4-addr'],
  ['?match[version]=last', 'malware 3 ipv4-addr'],
  ['?match[version]=first', 'malware ipv4-addr 1'],
  ['?match[version]=first,last', 'malware 3 ipv4-addr 1'],
  ['?match[version]=all', '2 malware 3 ipv4-addr 1'],
  [`?match[version]=${day(2)}`, '2'],
  ['?match[version]=2026-01-02T00:00:00Z', '2'],
  [`?match[version]=${day(1)},${day(2)},${day(5)}`, '2 malware 1'],
  [`?match[version]=first,${day(2)}`, '2 malware ipv4-addr 1'],
  [`?match[version]=last,${day(1)}`, 'malware 3 ipv4-addr 1'],
  [`?match[version]=${day(9)}`, ''],
  ['?match[type]=campaign', '3'],
  ['?match[type]=campaign,malware', 'malware 3'],
  ['?match[type]=indicator', ''],
  ['?match[type]=x-never-heard-of', ''],
  [`?match[id]=${second.id}`, '3'],
  [`?match[id]=${second.id},${malware.id}`, 'malware 3'],
  [`?match[id]=${malware.id}&match[type]=campaign`, ''],
  [`?match[id]=${campaign().id}`, ''],
  ['?match[spec_version]=2.1', 'malware 3 ipv4-addr'],
  ['?match[spec_version]=2.0,2.1', 'malware 3 ipv4-addr'],
  ['?match[spec_version]=2.0', ''],
  [`?match[type]=campaign&match[version]=all&match[spec_version]=2.1&match[id]=${second.id}`, '2 3 1'],
];

for (const [search, expected] of selections) {
  test(`TAXII §3.4 §5.4 objects/${search} gives: ${expected || 'nothing'}`, async () => {
    assert.equal(await names(`objects/${search}`), expected);
  });

  test(`TAXII §5.3 the manifest is filtered alike: ${search}`, async () => {
    const envelopeOf = read(await get(`objects/${search}`), resources.envelope).objects ?? [];
    const manifest = read(await get(`manifest/${search}`), resources.manifest).objects ?? [];
    assert.deepEqual(
      manifest.map((record) => record.id),
      envelopeOf.map((object) => object.id),
    );
  });
}

test('TAXII §3.2 the date headers are those of the first and the last object, in microseconds.', async () => {
  const manifest = await get('manifest/?match[version]=all');
  const records = read(manifest, resources.manifest).objects ?? [];
  const dates = records.map((record) => record.date_added);
  assert.equal(dates.length, 5);
  assert.deepEqual(dates, [...new Set(dates)].sort());
  for (const [path, from, to] of [
    ['manifest/?match[version]=all', 0, 4],
    ['objects/?match[version]=all', 0, 4],
    ['objects/', 1, 3],
    [`objects/${second.id}/`, 2, 2],
    [`objects/${second.id}/versions/`, 0, 4],
  ] as const) {
    const { headers } = await get(path);
    assert.equal(headers.get('x-taxii-date-added-first'), dates[from], path);
    assert.equal(headers.get('x-taxii-date-added-last'), dates[to], path);
    assert.equal(headers.get('content-type'), taxiiMediaType);
    const head = await ask(node, 'HEAD', `/community/collections/${collection}/${path}`, { token });
    assert.deepEqual([head.status, head.text], [200, '']);
    assert.equal(head.headers.get('x-taxii-date-added-last'), dates[to], path);
  }
});

test('TAXII §3.2 a page without objects is an empty resource, and its dates are the time after which it looked.', async () => {
  const empty = await node.collection({ title: 'Empty', audience: 'community' });
  for (const path of ['objects/', 'manifest/']) {
    for (const [search, date] of [
      ['', '1970-01-01T00:00:00.000000Z'],
      ['?added_after=2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000000Z'],
    ]) {
      const answer = await ask(node, 'GET', `/community/collections/${empty}/${path}${search}`, { token });
      assert.deepEqual([answer.status, answer.text], [200, '{}']);
      assert.equal(answer.headers.get('x-taxii-date-added-first'), date);
      assert.equal(answer.headers.get('x-taxii-date-added-last'), date);
    }
  }
});

test('TAXII §5.3.1 a manifest record is of one version: its id, date, version and media type.', async () => {
  const search = `?match[id]=${second.id},${address.id}&match[version]=all`;
  const records = read(await get(`manifest/${search}`), resources.manifest).objects ?? [];
  assert.deepEqual(
    records.map((record) => record.version),
    [day(2), day(3), records[2]?.date_added.replace(/000Z$/, 'Z'), day(1)],
  );
  assert.ok(records.every((record) => record.media_type === stixMediaType));
});

test('TAXII §3.4.1 an object that carries no time is found again by the version that the manifest gives it.', async () => {
  const [record] = read(await get(`manifest/?match[id]=${address.id}`), resources.manifest).objects ?? [];
  assert.equal(await names(`objects/?match[version]=${record?.version}`), 'ipv4-addr');
  assert.equal(await names(`objects/${address.id}/?match[version]=${record?.version}`), 'ipv4-addr');
});

test('TAXII §5.3 the manifest is also answered to whoever accepts its second media type only.', async () => {
  const accept = { accept: stixMediaType };
  const answer = await get('manifest/', accept);
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, taxiiMediaType]);
  assert.equal(refusalOf(await get('objects/', accept)), '406 not-acceptable Accept');
});

test('TAXII §5.6 an object is given by its id: the last version, or those that match.', async () => {
  assert.equal(await names(`objects/${second.id}/`), '3');
  assert.equal(await names(`objects/${second.id}`), '3');
  assert.equal(await names(`objects/${second.id}/?match[version]=all`), '2 3 1');
  assert.equal(await names(`objects/${second.id}/?match[version]=first`), '1');
  assert.equal(await names(`objects/${second.id}/?match[version]=${day(2)}`), '2');
  assert.equal(await names(`objects/${second.id}/?match[spec_version]=2.1`), '3');
});

test('TAXII §5.6 what is not there is 404; what is there and not asked for by the other filters is an empty envelope.', async () => {
  for (const path of [
    `${campaign().id}/`,
    'campaign/',
    'campaign--x/',
    `${second.id.toUpperCase()}/`,
    `${second.id}/?match[version]=${day(9)}`,
    `${campaign().id}/versions/`,
    'campaign/versions/',
  ]) {
    assert.equal(refusalOf(await get(`objects/${path}`)), '404 not-found', path);
  }
  for (const path of [
    `${second.id}/?match[spec_version]=2.0`,
    `${second.id}/?added_after=2100-01-01T00:00:00Z`,
    `${second.id}/versions/?match[spec_version]=2.0`,
    `${second.id}/versions/?added_after=2100-01-01T00:00:00Z`,
  ]) {
    const answer = await get(`objects/${path}`);
    assert.deepEqual([answer.status, answer.text], [200, '{}'], path);
    assert.ok(answer.headers.has('x-taxii-date-added-last'));
  }
});

test('TAXII §5.8 the versions of an object come in the order in which they were added.', async () => {
  const answer = await get(`objects/${second.id}/versions/`);
  assert.deepEqual(JSON.parse(answer.text), { versions: [day(2), day(3), day(1)] });
  const page = read(await get(`objects/${second.id}/versions/?limit=2`), resources.versions);
  assert.deepEqual([page.versions, page.more], [[day(2), day(3)], true]);
  const rest = await get(`objects/${second.id}/versions/?limit=2&next=${page.next}`);
  assert.deepEqual(JSON.parse(rest.text), { versions: [day(1)] });
});

const refused: readonly (readonly [string, string])[] = [
  ['objects/?limit=0', '400 bad-filter ?limit'],
  ['objects/?limit=x', '400 bad-filter ?limit'],
  ['objects/?added_after=now', '400 bad-filter ?added_after'],
  ['objects/?next=made-up', '400 bad-cursor ?next'],
  ['objects/?match[foo]=1', '400 unknown-filter ?match[foo]'],
  ['objects/?match[version]=all,last', '400 bad-filter ?match[version]'],
  ['objects/?match[id]=campaign', '400 bad-filter ?match[id]'],
  ['manifest/?match[spec_version]=', '400 bad-filter ?match[spec_version]'],
  ['manifest/?match[type]=A', '400 bad-filter ?match[type]'],
  ['manifest/?next=made-up', '400 bad-cursor ?next'],
  [`objects/${second.id}/?match[type]=campaign`, '400 unknown-filter ?match[type]'],
  [`objects/${second.id}/?match[id]=${second.id}`, '400 unknown-filter ?match[id]'],
  [`objects/${second.id}/?next=made-up`, '400 bad-cursor ?next'],
  [`objects/${second.id}/versions/?match[version]=all`, '400 unknown-filter ?match[version]'],
  [`objects/${second.id}/versions/?limit=-1`, '400 bad-filter ?limit'],
];

for (const [path, expected] of refused) {
  test(`TAXII §3.4 ${path} is refused: ${expected}`, async () => {
    assert.equal(refusalOf(await get(path)), expected);
  });
}

test('TAXII §5 a method that an endpoint does not have is 405 with those that it has.', async () => {
  for (const [method, path, allowed] of [
    ['POST', 'manifest/', 'GET, HEAD'],
    ['PUT', 'objects/', 'GET, HEAD, POST'],
    ['DELETE', 'objects/', 'GET, HEAD, POST'],
    ['PATCH', `objects/${second.id}/`, 'GET, HEAD, DELETE'],
    ['POST', `objects/${second.id}/`, 'GET, HEAD, DELETE'],
    ['DELETE', `objects/${second.id}/versions/`, 'GET, HEAD'],
    ['OPTIONS', 'objects/', 'GET, HEAD, POST'],
  ] as const) {
    const answer = await ask(node, method, `/community/collections/${collection}/${path}`, { token });
    assert.equal(refusalOf(answer), '405 method-not-allowed');
    assert.equal(answer.headers.get('allow'), allowed);
  }
});

test('TAXII §3.4 a limit beyond the node’s is lowered to it, and the page says that there is more.', async () => {
  const many = await node.collection({ title: 'Many', audience: 'community' });
  const path = `/community/collections/${many}/objects/`;
  const objects = Array.from({ length: 7 }, (_, index) => campaign({ name: `Campaign ${index}` }));
  await ask(node, 'POST', path, { token, body: envelope(...objects) });
  for (const search of ['', '?limit=1000', '?limit=5']) {
    const page = read(await ask(node, 'GET', `${path}${search}`, { token }), resources.envelope);
    assert.deepEqual([page.objects?.length, page.more], [5, true]);
    const rest = read(await ask(node, 'GET', `${path}?next=${page.next}`, { token }), resources.envelope);
    assert.deepEqual([rest.objects?.length, rest.more, rest.next], [2, undefined, undefined]);
  }
  const exact = read(
    await ask(node, 'GET', `${path}?limit=5&match[id]=${objects.slice(0, 5).map((o) => o.id)}`, { token }),
    resources.envelope,
  );
  assert.deepEqual([exact.objects?.length, exact.more], [5, undefined]);
});

test('TAXII App. B a cursor of one reader’s collection opens no other collection, and no other filter.', async () => {
  const page = read(await get('objects/?limit=1'), resources.envelope);
  const other = await node.collection({ title: 'Other', audience: 'community' });
  for (const path of [
    `${other}/objects/?next=${page.next}`,
    `${collection}/manifest/?next=${page.next}`,
    `${collection}/objects/?match[version]=all&next=${page.next}`,
    `${collection}/objects/${second.id}/?next=${page.next}`,
  ]) {
    assert.equal(
      refusalOf(await ask(node, 'GET', `/community/collections/${path}`, { token })),
      '400 bad-cursor ?next',
    );
  }
});

test('L1 objects come back as they were accepted: unknown properties, big integers and the spelling of numbers.', async () => {
  const exact = await node.collection({ title: 'Exact', audience: 'community' });
  const id = campaign().id;
  const text = `{ "type":"campaign","spec_version" : "2.1","id":"${id}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"\\u00e9 é","x_number":1.50e+2,"x_big":12345678901234567890 }`;
  const path = `/community/collections/${exact}/objects/`;
  await ask(node, 'POST', path, { token, body: `{"objects":[${text}]}` });
  assert.equal((await ask(node, 'GET', path, { token })).text, `{"objects":[${text}]}`);
  assert.equal((await ask(node, 'GET', `${path}${id}/`, { token })).text, `{"objects":[${text}]}`);
});
