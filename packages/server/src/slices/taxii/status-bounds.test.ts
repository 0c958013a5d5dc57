import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { mostStatuses } from './store.ts';
import { ask, campaign, envelope, read, resources } from './testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());
const member = await node.member('Member');
const other = await node.member('Other');
const collection = await node.collection({ title: 'Bounds', audience: 'community' });
const path = `/community/collections/${collection}/objects/`;

const post = async (body: string, token = member.token) => {
  const answer = await ask(node, 'POST', path, { token, body });
  return { text: answer.text, status: read(answer, resources.status) };
};
const isKept = async (id: string, token = member.token) =>
  (await ask(node, 'GET', `/community/status/${id}/`, { token })).status === 200;

test('TAXII §4.3 a status stays bounded, whatever was refused: everything is counted, and the first 5,000 failures are listed', async () => {
  const bad = `{"name":"${'x'.repeat(20)}"${Array.from({ length: 40 }, (_, n) => `,"-${n}":1`).join('')}}`;
  const { text, status } = await post(`{"objects":[${Array(20_000).fill(bad).join(',')}]}`);
  assert.deepEqual([status.total_count, status.success_count, status.failure_count], [20_000, 0, 20_000]);
  assert.equal(status.failures?.length, 5_000);
  assert.ok(text.length < 5_000_000, `${text.length} characters`);
  assert.ok(await isKept(status.id));
});

test('TAXII §4.3 of each organisation the newest statuses are kept', async () => {
  const first = await post(envelope(campaign()));
  const others = await post(envelope(campaign()), other.token);
  for (let n = 0; n < mostStatuses - 1; n += 1) await post('{"objects":[5]}');
  assert.ok(await isKept(first.status.id), `${mostStatuses} are kept`);
  const last = await post('{"objects":[5]}');
  assert.equal(await isKept(first.status.id), false);
  assert.ok(await isKept(last.status.id));
  assert.ok(await isKept(others.status.id, other.token), 'those of others are not concerned');
});
