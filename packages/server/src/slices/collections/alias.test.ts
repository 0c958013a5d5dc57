import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { valueAt } from '../identity/testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());
const create = (more: object) =>
  node.api('POST', '/collections', { body: { title: 'A collection', audience: 'community', ...more } });

describe('an alias has small letters, digits and hyphens, and is no id (TAXII 2.1 §5.2)', () => {
  for (const [alias, status] of [
    ['fraud', 201],
    ['f', 201],
    ['2026-fraud', 201],
    ['a'.repeat(63), 201],
    ['0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2cx', 201],
    ['', 400],
    ['-fraud', 400],
    ['Fraud', 400],
    ['fraud cases', 400],
    ['fraud/cases', 400],
    ['..', 400],
    ['fraud%20', 400],
    ['betrügereien', 400],
    ['a'.repeat(64), 400],
    ['0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c1', 400],
  ] as const) {
    test(`${JSON.stringify(alias)}: ${status}`, async () => {
      const answer = await create({ alias });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      if (status === 201)
        assert.equal(
          valueAt((await node.api('GET', `/collections/${alias}`)).body, 'id'),
          valueAt(answer.body, 'id'),
        );
    });
  }
});

test('an alias is taken once, stays with its collection, and may be given away', async () => {
  const first = await node.collection({ title: 'First', audience: 'community', alias: 'one' });
  const second = await node.collection({ title: 'Second', audience: 'community' });
  const rename = (id: string, alias: string | null) =>
    node.api('PATCH', `/collections/${id}`, { body: { alias } });
  assert.equal((await create({ alias: 'one' })).status, 409);
  const taken = await rename(second, 'one');
  assert.deepEqual([taken.status, valueAt(taken.body, 'at')], [409, '$.alias']);
  assert.equal((await rename(first, 'one')).status, 200, 'its own');
  assert.equal((await rename(first, null)).status, 200);
  assert.equal((await node.api('GET', '/collections/one')).status, 404);
  assert.equal((await rename(second, 'one')).status, 200);
  assert.equal(valueAt((await node.api('GET', '/collections/one')).body, 'id'), second);
});

test('an id is taken once, and another spelling of it is the same', async () => {
  const id = randomUUID();
  await node.collection({ id, title: 'First', audience: 'community' });
  for (const same of [id, id.toUpperCase()]) assert.equal((await create({ id: same })).status, 409);
});

test('of many that take an alias or an id at once, one gets it and the others hear that it is taken', async () => {
  const others = await Promise.all(
    Array.from({ length: 8 }, () => node.collection({ title: 'Other', audience: 'community' })),
  );
  const conflicts = Array.from({ length: 7 }, () => 409);
  for (const [good, request] of [
    [201, () => create({ alias: 'race' })],
    [201, () => create({ id: 'e1d2c3b4-0000-4000-8000-00000000abcd' })],
    [200, (id: string) => node.api('PATCH', `/collections/${id}`, { body: { alias: 'moved' } })],
  ] as const) {
    const answers = await Promise.all(others.map(request));
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted(),
      [good, ...conflicts],
      JSON.stringify(answers),
    );
  }
});
