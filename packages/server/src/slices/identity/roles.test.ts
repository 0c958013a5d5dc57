import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { startTestNode } from '../../testing.ts';
import { seat, valueAt } from './testing.ts';

const node = await startTestNode();
after(() => node[Symbol.asyncDispose]());
const alpha = (await node.member('Alpha Telecom')).id;
const beta = (await node.member('Beta Mobile')).id;
const everything = ['read', 'publish', 'manage'] as const;
const administrator = await seat(node, {
  organisation: alpha,
  role: 'organisation-administrator',
  scopes: everything,
});
const analyst = await seat(node, { organisation: alpha, role: 'analyst', scopes: everything });
const machine = await seat(node, { organisation: alpha, scopes: ['read', 'publish'] });
const me = (await node.api('GET', '/me')).body;
const hub = String(valueAt(me, 'organisation', 'id'));
const operator = { token: node.operator, person: String(valueAt(me, 'person')) };
/** An organisation that nobody administers. */
const newcomer = async () => {
  const body = { name: randomUUID(), kind: 'operator' };
  return String(valueAt((await node.api('POST', '/organisations', { body })).body, 'id'));
};

interface Asker {
  readonly token: string;
  readonly person: string | undefined;
}
const askers: readonly Asker[] = [operator, administrator, analyst, machine];

/** A request; what it needs is made anew for each who asks. */
interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}
type Make = (asker: Asker) => Attempt | Promise<Attempt>;

const person = async (organisation: string, role: 'analyst' | 'node-operator' = 'analyst') =>
  seat(node, { organisation, role, scopes: ['read'] });
const chief = async (organisation: string) =>
  seat(node, { organisation, role: 'organisation-administrator', scopes: ['manage'] });
const token = (organisation: string, more: object = {}): Attempt => ({
  method: 'POST',
  path: `/organisations/${organisation}/tokens`,
  body: { label: 'another', scopes: ['read'], ...more },
});
const people = (organisation: string, role: string): Attempt => ({
  method: 'POST',
  path: `/organisations/${organisation}/people`,
  body: { name: 'Somebody', role },
});
const change = (organisation: string, body: object): Attempt => ({
  method: 'PATCH',
  path: `/organisations/${organisation}`,
  body,
});
const collection = (more: object): Attempt => ({
  method: 'POST',
  path: '/collections',
  body: { title: 'A collection', owner: alpha, audience: 'community', ...more },
});

// Statuses for the node's operator, an administrator of Alpha, an analyst of Alpha, and a machine of Alpha. Everybody
// has every scope that the role may have.
const table: readonly (readonly [string, readonly number[], Make])[] = [
  ['see who they are', [200, 200, 200, 200], () => ({ method: 'GET', path: '/me' })],
  ['list the organisations', [200, 200, 200, 200], () => ({ method: 'GET', path: '/organisations' })],
  [
    'add an organisation',
    [201, 403, 403, 403],
    () => ({ method: 'POST', path: '/organisations', body: { name: randomUUID(), kind: 'operator' } }),
  ],
  ['name clients of Alpha', [403, 200, 403, 403], () => change(alpha, { clients: [beta] })],
  ['name delegates of Alpha', [403, 200, 403, 403], () => change(alpha, { delegates: [beta] })],
  ['name delegates of Beta', [403, 403, 403, 403], () => change(beta, { delegates: [alpha] })],
  ['rename Beta', [200, 403, 403, 403], () => change(beta, { name: 'Beta Mobile' })],
  ['make Alpha an authority', [200, 403, 403, 403], () => change(alpha, { kind: 'authority' })],
  ['end a suspension of Alpha', [200, 403, 403, 403], () => change(alpha, { suspended: false })],
  [
    'end a suspension and name clients at once',
    [403, 403, 403, 403],
    () => change(alpha, { clients: [], suspended: false }),
  ],
  ['add an analyst to Alpha', [403, 201, 403, 403], () => people(alpha, 'analyst')],
  ['add an administrator to Alpha', [403, 201, 403, 403], () => people(alpha, 'organisation-administrator')],
  ['add a node operator to Alpha', [403, 403, 403, 403], () => people(alpha, 'node-operator')],
  ['add a node operator to the hub', [201, 403, 403, 403], () => people(hub, 'node-operator')],
  ['add an administrator to Beta', [403, 403, 403, 403], () => people(beta, 'organisation-administrator')],
  [
    'add an administrator to an organisation that has none',
    [201, 403, 403, 403],
    async () => people(await newcomer(), 'organisation-administrator'),
  ],
  [
    'add an analyst to an organisation that has no administrator',
    [403, 403, 403, 403],
    async () => people(await newcomer(), 'analyst'),
  ],
  [
    'see the people of Alpha',
    [200, 200, 200, 200],
    () => ({ method: 'GET', path: `/organisations/${alpha}/people` }),
  ],
  [
    'see the people of Beta',
    [200, 403, 403, 403],
    () => ({ method: 'GET', path: `/organisations/${beta}/people` }),
  ],
  [
    'remove a person of Alpha',
    [403, 200, 403, 403],
    async () => ({ method: 'DELETE', path: `/people/${(await person(alpha)).person}` }),
  ],
  [
    'remove a node operator',
    [200, 403, 403, 403],
    async () => ({ method: 'DELETE', path: `/people/${(await person(hub, 'node-operator')).person}` }),
  ],
  [
    'remove a person of Beta',
    [403, 403, 403, 403],
    async () => ({ method: 'DELETE', path: `/people/${(await person(beta)).person}` }),
  ],
  ['make a token for a machine of Alpha', [403, 201, 403, 403], () => token(alpha)],
  ['make a token for a machine of Beta', [403, 403, 403, 403], () => token(beta)],
  ['make a token for a machine of the hub', [201, 403, 403, 403], () => token(hub)],
  [
    'make a token for a machine of an organisation that has no administrator',
    [403, 403, 403, 403],
    async () => token(await newcomer()),
  ],
  [
    'make a token for another person of Alpha',
    [403, 403, 403, 403],
    async () => token(alpha, { person: (await person(alpha)).person }),
  ],
  [
    'make a token for another node operator',
    [403, 403, 403, 403],
    async () => token(hub, { person: (await person(hub, 'node-operator')).person }),
  ],
  [
    'make a token for a person of Beta in the name of Alpha',
    [403, 403, 403, 403],
    async () => token(alpha, { person: (await person(beta)).person }),
  ],
  [
    'make a machine a token with the scope red',
    [403, 422, 403, 403],
    () => token(alpha, { scopes: ['read', 'red'] }),
  ],
  [
    'make a machine a token with the scope manage',
    [403, 422, 403, 403],
    () => token(alpha, { scopes: ['read', 'manage'] }),
  ],
  [
    'end a token of Alpha',
    [200, 200, 403, 403],
    async () => ({ method: 'DELETE', path: `/tokens/${(await person(alpha)).tokenId}` }),
  ],
  [
    'end a token of an administrator of Alpha',
    [403, 200, 403, 403],
    async () => ({ method: 'DELETE', path: `/tokens/${(await chief(alpha)).tokenId}` }),
  ],
  [
    'end a token of Beta',
    [200, 403, 403, 403],
    async () => ({ method: 'DELETE', path: `/tokens/${(await person(beta)).tokenId}` }),
  ],
  ['see the audit', [200, 200, 403, 403], () => ({ method: 'GET', path: '/audit' })],
  ['add a collection of Alpha', [201, 201, 403, 403], () => collection({})],
  ['add a collection of Beta', [201, 403, 403, 403], () => collection({ owner: beta })],
  ['add a public collection', [201, 403, 403, 403], () => collection({ audience: 'public' })],
];

describe('may the operator, an administrator, an analyst, a machine', () => {
  for (const [what, statuses, make] of table) {
    test(`${what}: ${statuses.join(', ')}`, async () => {
      const answers = [];
      for (const asker of askers) {
        const { method, path, body } = await make(asker);
        answers.push(await node.api(method, path, { token: asker.token, body }));
      }
      assert.deepEqual(
        answers.map(({ status }) => status),
        statuses,
        JSON.stringify(answers),
      );
    });
  }
});

test('everybody but a machine makes tokens of their own, with red', async () => {
  for (const { token: own, person: id } of [administrator, analyst]) {
    const { path, body } = token(alpha, { person: id, scopes: ['read', 'red'] });
    assert.equal((await node.api('POST', path, { token: own, body })).status, 201);
  }
  const elsewhere = token(beta, { person: analyst.person });
  const answer = await node.api('POST', elsewhere.path, { token: analyst.token, body: elsewhere.body });
  assert.equal(answer.status, 422, 'but not as a person of another organisation');
});

test('a list of tokens has those that the asker has to do with', async () => {
  const listed = async (organisation: string, asker: Asker) => {
    const { body } = await node.api('GET', `/organisations/${organisation}/tokens`, { token: asker.token });
    return Object.values(Object(valueAt(body, 'tokens')));
  };
  const all = await listed(alpha, operator);
  assert.ok(all.length > 3);
  assert.deepEqual(await listed(alpha, administrator), all);
  const own = await listed(alpha, analyst);
  assert.ok(own.length > 0 && own.every((item) => valueAt(item, 'person') === analyst.person));
  assert.deepEqual(await listed(alpha, machine), []);
  assert.ok((await listed(beta, operator)).length > 0);
  for (const asker of [administrator, analyst, machine]) assert.deepEqual(await listed(beta, asker), []);
});

test('only an organisation and the operator see whom it trusts', async () => {
  await node.api('PATCH', `/organisations/${beta}`, {
    token: await node.administrator(beta),
    body: { clients: [alpha], delegates: [alpha] },
  });
  for (const [asker, clients] of [
    [operator, [alpha]],
    [administrator, []],
    [machine, []],
  ] as const) {
    const { body } = await node.api('GET', '/organisations', { token: asker.token });
    const organisation = Object.values(Object(valueAt(body, 'organisations'))).find(
      (item) => valueAt(item, 'id') === beta,
    );
    assert.deepEqual(valueAt(organisation, 'clients'), clients);
    assert.deepEqual(valueAt(organisation, 'delegates'), clients);
  }
});

test('nobody changes a role, an id or an owner by sending more than was asked for', async () => {
  for (const { method, path, body } of [
    change(alpha, { id: beta }),
    change(alpha, { role: 'node-operator' }),
    { ...people(alpha, 'analyst'), body: { name: 'Eve', role: 'analyst', organisation: beta } },
    token(alpha, { role: 'node-operator' }),
    token(alpha, { first_start: 1 }),
    people(alpha, 'automation'),
  ]) {
    const answer = await node.api(method, path, { token: administrator.token, body });
    assert.equal(answer.status, 400, JSON.stringify({ body, answer }));
  }
});
