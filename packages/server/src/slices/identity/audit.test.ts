import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { TestNode } from '../../testing.ts';
import { handClock, startTestNode } from '../../testing.ts';
import { bundle, indicator } from '../../testing-objects.ts';
import { seat, valueAt } from './testing.ts';

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly organisation_id: string;
  readonly person_id: string | null;
  readonly token_id: string | null;
  readonly action: string;
  readonly target: string;
  readonly detail: Readonly<Record<string, unknown>>;
}
type Page = { readonly entries: readonly Entry[]; readonly before: string | null };

async function page(node: TestNode, { before, token }: { before?: string; token?: string } = {}) {
  const { status, body } = await node.api('GET', `/audit${before === undefined ? '' : `?before=${before}`}`, {
    token,
  });
  assert.equal(status, 200, JSON.stringify(body));
  return body as Page;
}

/** The entries that `work` causes, oldest first. */
async function caused(node: TestNode, work: () => Promise<unknown>): Promise<readonly Entry[]> {
  const before = new Set((await page(node)).entries.map(({ id }) => id));
  await work();
  return (await page(node)).entries.filter(({ id }) => !before.has(id)).toReversed();
}

test('every change has one entry with who, what and when', async (t) => {
  const clock = handClock();
  const node = await startTestNode(t, {}, { clock });
  const me = (await node.api('GET', '/me')).body;
  const alpha = await node.member('Alpha Telecom');
  const token = await node.administrator(alpha.id);
  const boss = (await node.api('GET', '/me', { token })).body;
  const ann = await seat(node, { organisation: alpha.id, role: 'analyst', scopes: ['read'] });
  const own = await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  const object = indicator();
  const at = `/organisations/${alpha.id}`;
  // [method, path, body, action, target, detail]; where the target is undefined, it is the id in the answer.
  for (const [method, path, body, action, target, detail, by] of [
    [
      'POST',
      '/organisations',
      { name: 'Beta', kind: 'vendor' },
      'organisation.create',
      undefined,
      { name: 'Beta', kind: 'vendor' },
    ],
    ['PATCH', at, { suspended: true }, 'organisation.change', alpha.id, { suspended: true }],
    ['PATCH', at, { suspended: false }, 'organisation.change', alpha.id, { suspended: false }],
    ['PATCH', at, { clients: [] }, 'organisation.change', alpha.id, { clients: [] }, token],
    [
      'POST',
      `${at}/people`,
      { name: 'Bob', email: 'bob@example.org', role: 'analyst' },
      'person.create',
      undefined,
      { organisation: alpha.id, role: 'analyst' },
      token,
    ],
    [
      'POST',
      `${at}/tokens`,
      { label: 'siem', scopes: ['read'], days: 3 },
      'token.create',
      undefined,
      { organisation: alpha.id, person: null, scopes: ['read'], days: 3 },
      token,
    ],
    [
      'DELETE',
      `/tokens/${ann.tokenId}`,
      undefined,
      'token.revoke',
      ann.tokenId,
      { organisation: alpha.id, person: ann.person },
    ],
    [
      'DELETE',
      `/people/${ann.person}`,
      undefined,
      'person.remove',
      ann.person,
      { organisation: alpha.id, role: 'analyst' },
      token,
    ],
    [
      'POST',
      '/collections',
      { title: 'New', audience: 'community' },
      'collection.create',
      undefined,
      { audience: 'community' },
    ],
    ['PATCH', '/collections/fraud', { title: 'Other' }, 'collection.change', own, undefined],
    ['POST', '/collections/fraud/objects', bundle(object), 'publish', own, undefined],
    ['DELETE', `/collections/fraud/objects/${object.id}`, undefined, 'withdraw', own, undefined],
  ] as const) {
    clock.advance(10);
    let answer: unknown;
    const entries = await caused(node, async () => {
      answer = (await node.api(method, path, { body, token: by })).body;
    });
    assert.deepEqual(
      entries.map((entry) => [entry.action, entry.target]),
      [[action, target ?? valueAt(answer, 'id')]],
      `${method} ${path}: ${JSON.stringify(answer)}`,
    );
    const [entry] = entries;
    const who = by === undefined ? me : boss;
    assert.deepEqual(
      [entry?.organisation_id, entry?.person_id, entry?.token_id],
      [valueAt(who, 'organisation', 'id'), valueAt(who, 'person'), valueAt(who, 'token')],
    );
    assert.equal(Date.parse(entry?.at ?? ''), Math.floor(clock.now() / 1000));
    if (detail !== undefined) assert.deepEqual(entry?.detail, detail);
    assert.ok(!JSON.stringify(entry).includes('bob@example.org'), 'nothing about people but ids and roles');
  }
});

test('what is refused, and what is only read, leaves no entry', async (t) => {
  const node = await startTestNode(t);
  const { id, token } = await node.member('Alpha Telecom');
  const entries = await caused(node, async () => {
    for (const [method, path, body, by] of [
      ['GET', '/organisations', undefined, token],
      ['POST', '/organisations', { name: 'Alpha Telecom', kind: 'vendor' }, undefined],
      ['POST', '/organisations', { name: 'Beta', kind: 'vendor' }, token],
      [
        'PATCH',
        `/organisations/${id}`,
        { clients: ['identity--0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c1'] },
        await node.administrator(id),
      ],
      [
        'POST',
        `/organisations/${id}/tokens`,
        { label: 'x', scopes: ['manage'] },
        await node.administrator(id),
      ],
      ['POST', `/organisations/${id}/people`, { name: 'x', role: 'analyst' }, token],
      ['POST', '/collections', { title: 'x', audience: 'community', defaultMarking: 'red' }, undefined],
      ['POST', '/collections', { title: 'x', audience: 'community' }, token],
    ] as const)
      await node.api(method, path, { body, token: by });
  });
  assert.deepEqual(entries, []);
});

test('a change and its entry are one transaction: when one fails, neither is there', async (t) => {
  const node = await startTestNode(t, { BELLTOWER_LOG_LEVEL: 'silent' });
  const { id, token } = await node.member('Alpha Telecom');
  const { storage } = node.platform;
  const hidden = (from: string, to: string) =>
    storage.write((transaction) =>
      sql`alter table ${sql.id(from)} rename to ${sql.id(to)}`.execute(transaction),
    );
  const counts = async () => {
    const tables = ['organisation', 'person', 'token', 'collection', 'organisation_trust'] as const;
    const rows = tables.map(async (table) =>
      (await sql`select * from ${sql.id(table)}`.execute(storage.read)).rows.map((row) => ({
        ...Object(row),
        last_used: undefined,
      })),
    );
    return Promise.all(rows);
  };
  const boss = await node.administrator(id);
  const attempts = [
    ['POST', '/organisations', { name: 'Beta', kind: 'vendor' }, undefined],
    ['PATCH', `/organisations/${id}`, { suspended: true }, undefined],
    ['PATCH', `/organisations/${id}`, { clients: [id] }, boss],
    ['POST', `/organisations/${id}/people`, { name: 'Bob', role: 'analyst' }, boss],
    ['POST', `/organisations/${id}/tokens`, { label: 'x', scopes: ['read'] }, boss],
    ['DELETE', `/tokens/${token.slice(3, 19)}`, undefined, undefined],
    ['POST', '/collections', { title: 'x', audience: 'community' }, undefined],
  ] as const;
  const before = await counts();
  for (const table of ['audit', 'access_epoch']) {
    await hidden(table, 'elsewhere');
    for (const [method, path, body, by] of attempts) {
      const answer = await node.api(method, path, { body, token: by });
      assert.equal(answer.status, 500, `${method} ${path}: ${JSON.stringify(answer.body)}`);
      assert.ok(!/audit|epoch|select|insert/i.test(JSON.stringify(answer.body)), 'nothing of the inside');
    }
    await hidden('elsewhere', table);
    assert.deepEqual(await counts(), before, `without ${table}`);
  }
  assert.deepEqual((await page(node)).entries.map(({ action }) => action).toSorted(), [
    'enrolment.redeem',
    'organisation.create',
    'person.create',
    'token.create',
    'token.first-start',
  ]);
});

test('pages of the audit give every entry once, newest first, also of one moment', async (t) => {
  const clock = handClock();
  const node = await startTestNode(t, {}, { clock });
  const made = new Set<unknown>();
  for (let index = 0; index < 215; index += 1) {
    // Some entries share their moment, across the edges of pages as well.
    if (index % 7 === 0) clock.advance(1);
    const body = { name: `Organisation ${index}`, kind: 'vendor' };
    made.add(valueAt((await node.api('POST', '/organisations', { body })).body, 'id'));
  }
  const seen: Entry[] = [];
  const sizes: number[] = [];
  for (let next: string | null | undefined; next !== null; ) {
    const { entries, before }: Page = await page(node, next === undefined ? {} : { before: next });
    sizes.push(entries.length);
    seen.push(...entries);
    next = before;
  }
  assert.deepEqual(sizes, [100, 100, 16]);
  assert.equal(new Set(seen.map((entry) => entry.id)).size, seen.length);
  assert.deepEqual(
    new Set(seen.filter(({ action }) => action === 'organisation.create').map(({ target }) => target)),
    made,
  );
  assert.ok(seen.every((entry, index) => index === 0 || entry.at <= (seen[index - 1]?.at ?? '')));

  for (const before of ['', 'x', '1', '1.', '1.x', '-1.0b1f4f55-6a4c-4f07-8f3c-17a1b5a3d2c1', '%00']) {
    const { status, body } = await node.api('GET', `/audit?before=${before}`);
    assert.deepEqual([status, valueAt(body, 'title')], [400, 'bad-cursor'], before);
  }
});

test('an administrator sees what their own organisation did and what was done to it, and no more, on every page', async (t) => {
  const node = await startTestNode(t);
  const alpha = await node.member('Alpha Telecom');
  const beta = await node.member('Beta Mobile');
  const admin = await seat(node, {
    organisation: alpha.id,
    role: 'organisation-administrator',
    scopes: ['manage'],
  });
  await seat(node, { organisation: alpha.id, role: 'analyst', scopes: ['read'], by: admin.token });
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  for (const { token } of [alpha, beta])
    await node.api('POST', '/collections/fraud/objects', { token, body: bundle(indicator()) });
  const { entries } = await page(node, { token: admin.token });
  // The operator admitted it and let the first administrator in, who added two people and a machine.
  assert.deepEqual(entries.map(({ action }) => action).toSorted(), [
    ...Array.from({ length: 3 }, () => 'enrolment.redeem'),
    'organisation.create',
    ...Array.from({ length: 3 }, () => 'person.create'),
    'publish',
    'token.create',
  ]);
  const has = ({ organisation_id, target, detail }: Entry) =>
    organisation_id === alpha.id || target === alpha.id || detail['organisation'] === alpha.id;
  assert.ok(entries.every(has));
  const all = await page(node);
  const foreign = all.entries.find((entry) => entry.organisation_id === beta.id);
  const cursor = `${Date.parse(foreign?.at ?? '') * 1000 + 999_999}.${foreign?.id}`;
  const behind = await page(node, { token: admin.token, before: cursor });
  assert.ok(behind.entries.every(has));
});
