import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { createCollections } from '../collections/index.ts';
import type { Exchange } from '../exchange/index.ts';
import { createExchange, grantRead } from '../exchange/index.ts';
import { openIdentity } from '../identity/index.ts';
import type { PageRequest } from './pages.ts';
import { lastVersion, readObjectPage } from './pages.ts';
import { parseQuery } from './query.ts';
import { ask, campaign, envelope } from './testing.ts';

test('L7 a page that is read in portions has no newer version of an object that it has already, and no gap before it.', async (t) => {
  const node = await startTestNode(t);
  const { token } = await node.member('Member');
  const id = await node.collection({ title: 'Portions', audience: 'public' });
  const path = `/community/collections/${id}/objects/`;
  const post = (...objects: readonly unknown[]) =>
    ask(node, 'POST', path, { token: node.operator, body: envelope(...objects) });
  const objects = Array.from({ length: 250 }, () => campaign());
  await post(...objects);

  await using identity = await openIdentity(node.platform);
  const collections = createCollections(node.platform, identity);
  const exchange = createExchange(node.platform, identity, collections);
  const collection = await collections.find(id);
  const grant = collection === undefined ? undefined : grantRead(collection, undefined);
  const query = parseQuery(new URLSearchParams(), []);
  assert.ok(grant !== undefined && query.ok);

  // The exchange as it is, with somebody who publishes between one portion and the next.
  let portions = 0;
  const busy: Exchange = {
    ...exchange,
    async readObjects(reader, range) {
      const rows = await exchange.readObjects(reader, range);
      portions += 1;
      await post({ ...objects[0], modified: `2026-02-01T00:00:00.00${portions}Z` }, campaign());
      return rows;
    },
  };
  const scope = { endpoint: 'objects', root: 'community', collectionId: id, query: query.value } as const;
  const request: PageRequest = {
    exchange: busy,
    grant,
    scope,
    ids: undefined,
    versions: lastVersion,
    most: 1_000,
  };
  const page = await readObjectPage(request);
  assert.equal(portions, 3);
  assert.deepEqual(
    page.items.map((item) => item.id),
    objects.map((object) => object.id),
  );
  const rest = await ask(node, 'GET', `${path}?next=${page.next}`, { token });
  assert.equal(rest.status, 200);
  assert.deepEqual(
    JSON.parse(rest.text).objects.map((object: { modified: string }) => object.modified),
    [
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
      '2026-02-01T00:00:00.003Z',
      '2026-01-01T00:00:00.000Z',
    ],
  );
});
