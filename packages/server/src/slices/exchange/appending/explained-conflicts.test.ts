import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestNode } from '../../../testing.ts';
import { bundle, indicator } from '../../../testing-objects.ts';
import { valueAt } from '../../identity/testing.ts';

test('L3 a bundle hears in detail of conflicts with so much text, as each is parsed while the log is locked', async (t) => {
  const node = await startTestNode(t);
  const { token } = await node.member('Alpha Telecom');
  await node.collection({ title: 'Community', alias: 'community', audience: 'community' });
  const publish = async (objects: readonly object[]) => {
    const answer = await node.api('POST', '/collections/community/objects', {
      body: bundle(...objects),
      token,
    });
    return objects.map((_, index) => {
      const result = valueAt(answer.body, 'results', index);
      return [valueAt(result, 'code'), valueAt(result, 'differs')];
    });
  };
  const large = Array.from({ length: 4 }, () => indicator({ description: 'x'.repeat(3_500_000) }));
  await publish(large);
  const answers = await publish(large.map((object) => ({ ...object, description: 'y' })));
  const told = ['conflict', ['$.description']];
  assert.deepEqual(answers, [told, told, told, ['conflict', undefined]]);
});
