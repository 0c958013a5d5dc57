import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadiness } from '../packages/server/src/platform/telemetry/readiness.ts';
import { nodeApp } from '../packages/server/src/serve.ts';
import { openSlices } from '../packages/server/src/slices.ts';
import { startTestNode } from '../packages/server/src/testing.ts';
import { indicator } from '../packages/server/src/testing-objects.ts';

const taxii = { accept: 'application/taxii+json;version=2.1' };

/** Where each thing that a node gives out is compared with the rules, in `access.test.ts` unless told; a route that is not here is one that nobody looked at. */
const readRoutes: Readonly<Record<string, string>> = {
  '/': 'compareLists',
  '/healthz': 'compareLists',
  '/readyz': 'compareLists',
  '/metrics': 'compareLists',
  '/api/openapi.json': 'compareLists',
  '/api/me': 'compareLists',
  '/api/audit': 'compareLists; audit.test.ts',
  '/api/collections': 'compareLists',
  '/api/collections/:collection': 'compare',
  '/api/organisations': 'no content; roles.test.ts',
  '/api/organisations/:id/people': 'no content; roles.test.ts',
  '/api/organisations/:id/tokens': 'no content; roles.test.ts',
  '/live': 'compare',
  '/live/collections/:collection': 'compare',
  '/taxii2': 'compareLists',
  '/taxii2/*': 'nothing is there',
  '/taxii2/:root': 'compareLists',
  '/taxii2/:root/status/:status': 'the test below',
  '/taxii2/:root/collections': 'compareLists',
  '/taxii2/:root/collections/:collection': 'compareLists',
  '/taxii2/:root/collections/:collection/manifest': 'compare',
  '/taxii2/:root/collections/:collection/objects': 'compare',
  '/taxii2/:root/collections/:collection/objects/:object': 'compare',
  '/taxii2/:root/collections/:collection/objects/:object/versions': 'compare',
};

test('every route that gives something out is one that this file knows', async (t) => {
  const node = await startTestNode(t, { BELLTOWER_METRICS_TOKEN: 'the-token-of-the-figures' });
  const { platform } = node;
  await using slices = await openSlices(platform);
  const readiness = createReadiness({ ...platform, needsBus: false });
  const routes = nodeApp({ platform, slices, readiness })
    .routes.filter(({ method, path }) => method === 'GET' || (method === 'ALL' && path !== '/*'))
    .map(({ path }) => path.replace(/(.)\/$/, '$1'));
  assert.deepEqual([...new Set(routes)].toSorted(), Object.keys(readRoutes).toSorted());
});

test('what became of a publish over TAXII is told to the organisation that sent it, and to nobody else', async (t) => {
  const node = await startTestNode(t);
  const [alpha, beta] = [await node.member('Alpha Telecom'), await node.member('Beta Mobile')];
  const id = await node.collection({ title: 'Community', audience: 'community' });
  const ask = (path: string, token: string | undefined, body?: unknown) =>
    fetch(`${node.url}/taxii2/community/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...taxii,
        'content-type': taxii.accept,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const sent = await ask(`collections/${id}/objects/`, alpha.token, { objects: [indicator()] });
  const status = ((await sent.json()) as { id: string }).id;
  const statuses = [];
  for (const token of [alpha.token, beta.token, node.operator, undefined])
    statuses.push((await ask(`status/${status}/`, token)).status);
  assert.deepEqual(statuses, [200, 404, 404, 401]);
});
