import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestNode } from '../../testing.ts';

test('a collection whose id came in capitals is found, in capitals or not', async (t) => {
  const node = await startTestNode(t);
  const id = randomUUID().toUpperCase();
  assert.equal(await node.collection({ id, title: 'Capitals', audience: 'community' }), id.toLowerCase());
  for (const name of [id, id.toLowerCase()]) {
    assert.equal((await node.api('GET', `/collections/${name}`)).status, 200, name);
  }
});
