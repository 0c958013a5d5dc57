import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { micros } from '../../platform/time.ts';
import { startTestNode } from '../../testing.ts';
import { removeOldStatuses } from './jobs.ts';
import { taxiiMediaType } from './media-types.ts';
import { ask, campaign, envelope, read, refusalOf, resources } from './testing.ts';

const node = await startTestNode(undefined, {
  BELLTOWER_TITLE: 'Hub',
  BELLTOWER_CONTACT: 'noc@example.org',
  BELLTOWER_MAX_BODY_BYTES: '100000',
});
after(() => node[Symbol.asyncDispose]());
const member = await node.member('Member');
const stranger = await node.member('Stranger');

test('TAXII §4.1 discovery tells title, contact and the API roots, without a token, with and without its slash.', async () => {
  for (const path of ['/', '']) {
    const answer = await ask(node, 'GET', path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), taxiiMediaType);
    assert.deepEqual(JSON.parse(answer.text), {
      title: 'Hub',
      description: 'A Belltower node: members exchange threat intelligence here.',
      contact: 'noc@example.org',
      default: '/taxii2/community/',
      api_roots: ['/taxii2/community/'],
    });
  }
});

test('TAXII §4.1.1 API root URLs are absolute with HTTPS where the public address has it, and relative otherwise.', async (t) => {
  for (const [publicUrl, expected] of [
    ['https://hub.example.org/', 'https://hub.example.org/taxii2/community/'],
    ['http://hub.example.org', '/taxii2/community/'],
  ] as const) {
    const other = await startTestNode(t, { BELLTOWER_PUBLIC_URL: publicUrl });
    const discovery = JSON.parse((await ask(other, 'GET', '/')).text);
    assert.equal(discovery.default, expected);
    assert.deepEqual(discovery.api_roots, [expected]);
  }
});

test('TAXII §4.2 an API root tells its versions and the octets that a body may have.', async () => {
  const answer = await ask(node, 'GET', '/community/');
  assert.equal(answer.status, 200);
  assert.deepEqual(JSON.parse(answer.text), {
    title: 'Hub',
    description: 'Every collection of this node that you may see.',
    versions: [taxiiMediaType],
    max_content_length: 100_000,
  });
});

const refusals: readonly (readonly [string, string, string, Readonly<Record<string, string>>, string])[] = [
  ['§4.1 another media type', 'GET', '/', { accept: 'application/json' }, '406 not-acceptable Accept'],
  [
    '§4.2 another version',
    'GET',
    '/community/',
    { accept: 'application/taxii+json;version=2.0' },
    '406 not-acceptable Accept',
  ],
  [
    '§4.1 a token that is none',
    'GET',
    '/',
    { authorization: 'Bearer bt_nonsense' },
    '401 unauthenticated Authorization',
  ],
  [
    '§4.2 a scheme that is none',
    'GET',
    '/community/',
    { authorization: 'Digest abc' },
    '401 unauthenticated Authorization',
  ],
  ['§4.1 a parameter', 'GET', '/?limit=1', {}, '400 unknown-filter ?limit'],
  ['§4.2 a parameter', 'GET', '/community/?match[id]=x', {}, '400 unknown-filter ?match[id]'],
  ['§4.2 an API root that is none', 'GET', '/elsewhere/', {}, '404 not-found'],
  ['§5.1 collections of an API root that is none', 'GET', '/elsewhere/collections/', {}, '404 not-found'],
  ['§3.1 a path that is no endpoint', 'GET', '/community/channels/', {}, '404 not-found'],
  [
    '§3.1 a path below an endpoint',
    'GET',
    '/community/collections/a/objects/b/versions/c/',
    {},
    '404 not-found',
  ],
  ['§3.1 two slashes', 'GET', '//community/', {}, '404 not-found'],
  ['§4.1 a method that is not supported', 'POST', '/', {}, '405 method-not-allowed'],
  ['§4.2 a method that is not supported', 'DELETE', '/community/', {}, '405 method-not-allowed'],
  [
    '§4.3 no token',
    'GET',
    '/community/status/2d086da7-4bdc-4f91-900e-d77486753710/',
    {},
    '401 unauthenticated Authorization',
  ],
];

for (const [what, method, path, headers, expected] of refusals) {
  test(`TAXII ${what}: ${expected}`, async () => {
    const answer = await ask(node, method, path, { headers });
    assert.equal(refusalOf(answer), expected);
    if (answer.status === 401) assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer .*Basic /);
    if (answer.status === 405) assert.equal(answer.headers.get('allow'), 'GET, HEAD');
  });
}

test('TAXII §1.6.9 Basic with the token as the password is a token.', async () => {
  const basic = Buffer.from(`anybody:${member.token}`).toString('base64');
  const answer = await ask(node, 'GET', '/community/collections/', {
    headers: { authorization: `Basic ${basic}` },
  });
  assert.equal(answer.status, 200);
});

test('TAXII §3.1 HEAD gives the headers of GET and no body, for refusals too.', async () => {
  const good = await ask(node, 'HEAD', '/community/');
  assert.deepEqual([good.status, good.headers.get('content-type'), good.text], [200, taxiiMediaType, '']);
  const bad = await ask(node, 'HEAD', '/elsewhere/');
  assert.deepEqual([bad.status, bad.headers.get('content-type'), bad.text], [404, taxiiMediaType, '']);
});

test('TAXII §8.2.1 a request without User-Agent is answered.', async () => {
  const answer = await ask(node, 'GET', '/', { headers: { 'user-agent': '' } });
  assert.equal(answer.status, 200);
});

test('TAXII §4.3 a status stays readable for the organisation that posted, for a day, and for nobody else.', async () => {
  const id = await node.collection({ title: 'Status', audience: 'community' });
  const posted = await ask(node, 'POST', `/community/collections/${id}/objects/`, {
    token: member.token,
    body: envelope(campaign()),
  });
  const status = read(posted, resources.status);
  const path = `/community/status/${status.id}/`;
  const mine = await ask(node, 'GET', path, { token: member.token });
  assert.equal(mine.status, 200);
  assert.equal(mine.headers.get('content-type'), taxiiMediaType);
  assert.equal(mine.text, posted.text);
  assert.equal(
    (
      await ask(node, 'GET', path.toUpperCase().replace('/COMMUNITY/STATUS', '/community/status'), {
        token: member.token,
      })
    ).status,
    200,
  );
  assert.equal(refusalOf(await ask(node, 'GET', path, { token: stranger.token })), '404 not-found');
  assert.equal(refusalOf(await ask(node, 'GET', path, { token: node.operator })), '404 not-found');
  assert.equal(refusalOf(await ask(node, 'GET', path)), '401 unauthenticated Authorization');
  assert.equal(
    refusalOf(await ask(node, 'GET', `${path}?limit=1`, { token: member.token })),
    '400 unknown-filter ?limit',
  );
  for (const other of ['2d086da7-4bdc-4f91-900e-d77486753710', 'x', '%00']) {
    const answer = await ask(node, 'GET', `/community/status/${other}/`, { token: member.token });
    assert.equal(refusalOf(answer), '404 not-found');
  }

  const { platform } = node;
  const hour = 3_600_000_000;
  const later = (hours: number) => ({ now: () => micros(platform.clock.now() + hours * hour) });
  await removeOldStatuses({ storage: platform.storage, clock: later(23) });
  assert.equal((await ask(node, 'GET', path, { token: member.token })).status, 200);
  await removeOldStatuses({ storage: platform.storage, clock: later(25) });
  assert.equal(refusalOf(await ask(node, 'GET', path, { token: member.token })), '404 not-found');
});

test('TAXII §4.3 whoever lost the collection loses its statuses.', async () => {
  const settings = {
    title: 'Lost',
    audience: 'organisations',
    members: [{ kind: 'organisation', id: member.id, write: true }],
  };
  const id = await node.collection(settings);
  const posted = await ask(node, 'POST', `/community/collections/${id}/objects/`, {
    token: member.token,
    body: envelope(campaign()),
  });
  const path = `/community/status/${read(posted, resources.status).id}/`;
  assert.equal((await ask(node, 'GET', path, { token: member.token })).status, 200);
  await node.api('PATCH', `/collections/${id}`, { body: { members: [] } });
  assert.equal(refusalOf(await ask(node, 'GET', path, { token: member.token })), '404 not-found');
});
