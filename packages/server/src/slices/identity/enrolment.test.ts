import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handClock, startTestNode } from '../../testing.ts';
import { bundle, indicator } from '../../testing-objects.ts';
import { seat, valueAt } from './testing.ts';

const day = 86_400;
const chief = { name: 'Ada Berg', role: 'organisation-administrator' };

async function start(t: Parameters<typeof startTestNode>[0]) {
  const clock = handClock();
  const node = await startTestNode(t, {}, { clock });
  // One that outlives the printed token, for the clock is moved.
  const { body: me } = await node.api('GET', '/me');
  const lasting = { label: 'x', person: valueAt(me, 'person'), scopes: ['read', 'manage'], days: 0 };
  const own = `/organisations/${String(valueAt(me, 'organisation', 'id'))}/tokens`;
  const operator = String(valueAt((await node.api('POST', own, { body: lasting })).body, 'token'));
  const body = { name: 'Alpha Telecom', kind: 'operator' };
  const alpha = String(
    valueAt((await node.api('POST', '/organisations', { token: operator, body })).body, 'id'),
  );
  const add = async (person: object, token = operator) => {
    const answer = await node.api('POST', `/organisations/${alpha}/people`, { body: person, token });
    const { status, body: made } = answer;
    return { status, id: String(valueAt(made, 'id')), text: valueAt(made, 'enrolment', 'text') };
  };
  const redeem = async (enrolment: unknown, more: object = {}) => {
    const answer = await node.api('POST', '/enrolments', { token: 'none', body: { enrolment, ...more } });
    return { status: answer.status, body: answer.body, token: String(valueAt(answer.body, 'token')) };
  };
  return { clock, node, operator, alpha, add, redeem };
}

test('whoever comes in makes their own token, which nobody else has seen, and the operator lets nobody in after that', async (t) => {
  const { node, operator, alpha, add, redeem } = await start(t);
  const ada = await add(chief);
  assert.match(String(ada.text), /^be_[0-9a-f]{16}_[\w-]{43}$/);
  const own = await redeem(ada.text);
  assert.equal(own.status, 201, JSON.stringify(own.body));
  const me = (await node.api('GET', '/me', { token: own.token })).body;
  assert.deepEqual(
    [valueAt(me, 'organisation', 'id'), valueAt(me, 'person'), valueAt(me, 'scopes')],
    [alpha, ada.id, ['read', 'publish', 'manage']],
  );
  assert.equal((await add({ ...chief, name: 'Another' })).status, 403);
  assert.equal((await add({ name: 'Bo', role: 'analyst' }, own.token)).status, 201);
  const { body } = await node.api('GET', `/organisations/${alpha}/tokens`, { token: operator });
  assert.deepEqual([valueAt(body, 'tokens', 0, 'madeBy'), valueAt(body, 'tokens', 1)], [ada.id, undefined]);
});

test('an enrolment works once, for a week, and for nothing but to come in', async (t) => {
  const { clock, node, operator, add, redeem } = await start(t);
  const late = await add(chief);
  clock.advance(7 * day);
  assert.equal((await redeem(late.text)).status, 401);
  const first = await add(chief);
  assert.equal((await node.api('GET', '/me', { token: String(first.text) })).status, 401, 'it is no token');
  clock.advance(7 * day - 1);
  const wrong = String(first.text).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  for (const text of [wrong, '', 'be_', operator]) assert.equal((await redeem(text)).status, 401, text);
  const own = await redeem(first.text);
  assert.equal(own.status, 201);
  assert.equal((await redeem(first.text)).status, 401);
  assert.equal((await redeem(own.token)).status, 401);
});

test('of many who redeem one enrolment at once, one comes in', async (t) => {
  const { add, redeem } = await start(t);
  const { text } = await add(chief);
  const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(text)));
  const statuses = answers.map(({ status }) => status).toSorted();
  assert.deepEqual(statuses, [201, ...Array.from({ length: 7 }, () => 401)]);
});

test('whoever has no token may send so many bodies to where people come in, and no more, whatever stands in them', async (t) => {
  const node = await startTestNode(t, { BELLTOWER_MAX_REQUESTS_PER_ADDRESS: '10' });
  const statuses = new Set<number>();
  for (let count = 0; count < 20; count += 1) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${node.url}/api/enrolments`, { method: 'POST', headers, body: '{' });
    statuses.add(response.status);
    await response.text();
  }
  assert.deepEqual([...statuses], [400, 429]);
});

test('another enrolment ends the one before, and there is none for somebody who has come in or has been removed', async (t) => {
  const { node, operator, add, redeem } = await start(t);
  const ada = await add(chief);
  const again = await node.api('POST', `/people/${ada.id}/enrolment`, { token: operator });
  assert.equal(again.status, 201);
  assert.equal((await redeem(ada.text)).status, 401);
  const own = await redeem(valueAt(again.body, 'enrolment', 'text'));
  assert.equal(own.status, 201);
  const renew = async (id: string) =>
    (await node.api('POST', `/people/${id}/enrolment`, { token: own.token })).status;
  assert.equal(await renew(ada.id), 409, 'an administrator comes in as nobody');
  const bo = await add({ name: 'Bo', role: 'analyst' }, own.token);
  await node.api('DELETE', `/people/${bo.id}`, { token: own.token });
  assert.equal(await renew(bo.id), 409);
  assert.equal((await redeem(bo.text)).status, 401);
  assert.equal(
    (await node.api('POST', `/people/${ada.id}/enrolment`, { token: operator })).status,
    403,
    'nor does the operator',
  );
});

test('an enrolment that the operator kept back ends when the organisation has an administrator', async (t) => {
  const { add, redeem } = await start(t);
  const [handedOut, keptBack] = [await add(chief), await add({ ...chief, name: 'Administrator' })];
  assert.equal((await redeem(handedOut.text)).status, 201);
  assert.equal((await redeem(keptBack.text)).status, 401);
});

test('an organisation that lost its administrators is let in anew, which itself, the operator and every member can see', async (t) => {
  const { clock, node, operator, alpha, add, redeem } = await start(t);
  const enrolled = async () => {
    const { body } = await node.api('GET', '/organisations', { token: operator });
    const all = Object.values(Object(valueAt(body, 'organisations')));
    const listed = all.find((item) => valueAt(item, 'id') === alpha);
    return [valueAt(listed, 'administered'), valueAt(listed, 'enrolled')] as const;
  };
  assert.deepEqual(await enrolled(), [false, null]);
  await redeem((await add(chief)).text, { days: 30 });
  const before = await enrolled();
  assert.equal(before[0], true);
  clock.advance(30 * day);
  const lost = await enrolled();
  assert.deepEqual(lost, [false, before[1]]);
  const again = await redeem((await add({ ...chief, name: 'Cy' })).text);
  assert.equal(again.status, 201);
  const after = await enrolled();
  assert.equal(after[0], true);
  assert.notEqual(after[1], before[1]);
  for (const token of [
    again.token,
    (
      await seat(node, {
        organisation: alpha,
        by: again.token,
        role: 'organisation-administrator',
        scopes: ['manage'],
      })
    ).token,
  ]) {
    const { body } = await node.api('GET', '/audit', { token });
    const actions = Object.values(Object(valueAt(body, 'entries'))).map((entry) => valueAt(entry, 'action'));
    assert.ok(
      actions.filter((action) => action === 'person.create').length >= 2,
      'also what the operator did',
    );
  }
});

test('G3 the scope red comes from the person alone: with their enrolment, or with a token of theirs', async (t) => {
  const { node, operator, alpha, add, redeem } = await start(t);
  const boss = (await redeem((await add(chief)).text)).token;
  const bo = await add({ name: 'Bo', role: 'analyst' }, boss);
  const make = async (token: string, person: string, scopes: readonly string[]) => {
    const body = { label: 'x', person, scopes };
    return node.api('POST', `/organisations/${alpha}/tokens`, { token, body });
  };
  for (const scopes of [['read'], ['red'], ['read', 'publish', 'manage']])
    for (const token of [boss, operator]) assert.equal((await make(token, bo.id, scopes)).status, 403);
  const own = await redeem(bo.text, { scopes: ['read', 'manage', 'red'] });
  assert.equal(own.status, 201);
  const red = await make(own.token, bo.id, ['read', 'red']);
  assert.deepEqual([red.status, valueAt(red.body, 'madeBy')], [201, bo.id]);
});

test('nobody holds more tokens than the node allows, and one that ended makes room', async (t) => {
  const node = await startTestNode(t, { BELLTOWER_MAX_TOKENS_PER_HOLDER: '3' });
  const { id, token } = await node.member('Alpha Telecom');
  const boss = await node.administrator(id);
  const person = valueAt((await node.api('GET', '/me', { token: boss })).body, 'person');
  for (const more of [{}, { person }]) {
    const body = { label: 'x', scopes: ['read'], ...more };
    const make = () => node.api('POST', `/organisations/${id}/tokens`, { token: boss, body });
    const answers = [await make(), await make(), await make()];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 409],
    );
    await node.api('DELETE', `/tokens/${String(valueAt(answers[0]?.body, 'id'))}`, { token: boss });
    assert.equal((await make()).status, 201);
  }
  assert.equal((await node.api('GET', '/me', { token })).status, 200);
});

test('G7 a suspension ends what the organisation’s delegates publish for it, at once', async (t) => {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  const beta = await node.member('Beta Mobile');
  await node.collection({ title: 'Relay', alias: 'relay', audience: 'community', allowsOnBehalf: true });
  await node.api('PATCH', `/organisations/${alpha.id}`, {
    token: await node.administrator(alpha.id),
    body: { delegates: [beta.id] },
  });
  const suspend = (suspended: boolean) =>
    node.api('PATCH', `/organisations/${alpha.id}`, { body: { suspended } });
  const publish = async () => {
    const path = `/collections/relay/objects?on_behalf_of=${alpha.id}`;
    const answer = await node.api('POST', path, { token: beta.token, body: bundle(indicator()) });
    return [answer.status, valueAt(answer.body, 'rule')];
  };
  assert.deepEqual(await publish(), [200, undefined]);
  await suspend(true);
  assert.deepEqual(await publish(), [403, 'G7']);
  const { body } = await node.api('GET', '/audit');
  const refused = valueAt(body, 'entries', 0);
  assert.deepEqual(
    [valueAt(refused, 'action'), valueAt(refused, 'organisation_id'), valueAt(refused, 'concerns')],
    ['publish.refuse', beta.id, alpha.id],
  );
  await suspend(false);
  assert.deepEqual(await publish(), [200, undefined]);
});
