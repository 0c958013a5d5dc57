import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { valueAt } from '../identity/testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());

const levels = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;
// Which default marking a collection with an audience may have (G3), and which it has when none is asked for.
const table = [
  ['public', ['clear'], 'clear'],
  ['community', ['clear', 'green', 'amber'], 'green'],
  ['organisations', ['clear', 'green', 'amber', 'amber+strict'], 'amber'],
  ['people', levels, 'red'],
] as const;

describe('G3 the default marking fits the audience', () => {
  for (const [audience, fitting, usual] of table) {
    test(`${audience}: ${fitting.join(', ')}`, async () => {
      for (const defaultMarking of levels) {
        const fits = (fitting as readonly string[]).includes(defaultMarking);
        const { status, body } = await node.api('POST', '/collections', {
          body: { title: 'Marked', audience, defaultMarking },
        });
        assert.equal(status, fits ? 201 : 422, `${defaultMarking}: ${JSON.stringify(body)}`);
        if (!fits)
          assert.deepEqual(
            [valueAt(body, 'title'), valueAt(body, 'at'), valueAt(body, 'rule')],
            ['not-allowed-by-marking', '$.defaultMarking', 'G3'],
          );
      }
    });
    test(`${audience}: ${usual} where none is asked for`, async () => {
      const { body } = await node.api('POST', '/collections', { body: { title: 'Unmarked', audience } });
      assert.equal(valueAt(body, 'defaultMarking'), usual);
    });
  }
});

test('G3 a change of audience or marking that no longer fits is refused, together they may', async () => {
  const id = await node.collection({ title: 'Strict', audience: 'organisations', defaultMarking: 'amber' });
  const change = async (body: object) => (await node.api('PATCH', `/collections/${id}`, { body })).status;
  assert.equal(await change({ audience: 'public' }), 422);
  assert.equal(await change({ defaultMarking: 'red' }), 422);
  assert.equal(await change({ audience: 'public', defaultMarking: 'clear' }), 200);
  assert.equal(await change({ defaultMarking: 'green' }), 422);
  assert.equal(await change({ audience: 'people', defaultMarking: 'red' }), 200);
});

test('members are who they are said to be, once each, and people only where people are the audience', async () => {
  const alpha = (await node.member('Alpha Telecom')).id;
  const made = await node.api('POST', `/organisations/${alpha}/people`, {
    token: await node.administrator(alpha),
    body: { name: 'Ann', role: 'analyst' },
  });
  const ann = String(valueAt(made.body, 'id'));
  const organisation = { kind: 'organisation', id: alpha };
  const person = { kind: 'person', id: ann };
  for (const [audience, members, status, at] of [
    ['organisations', [organisation, person], 201, undefined],
    ['people', [person], 201, undefined],
    ['people', [organisation], 422, '$.members[0]'],
    ['organisations', [organisation, person, organisation], 422, '$.members[2]'],
    ['organisations', [{ kind: 'person', id: alpha }], 422, '$.members[0].id'],
    ['organisations', [{ kind: 'organisation', id: ann }], 422, '$.members[0].id'],
    ['organisations', [{ kind: 'organisation', id: 'nul\u0000' }], 400, '$.members[0].id'],
    ['organisations', [{ kind: 'everybody', id: alpha }], 400, '$.members[0].kind'],
    ['organisations', [{ ...organisation, owner: true }], 400, '$.members[0].owner'],
  ] as const) {
    const { status: answered, body } = await node.api('POST', '/collections', {
      body: { title: 'Members', audience, members },
    });
    assert.deepEqual([answered, valueAt(body, 'at')], [status, at], JSON.stringify({ members, body }));
  }
});
