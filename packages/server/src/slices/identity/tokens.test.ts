import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { TestNode } from '../../testing.ts';
import { handClock, startTestNode } from '../../testing.ts';
import { bundle, indicator } from '../../testing-objects.ts';
import { readLive } from '../live/testing.ts';
import { seat, valueAt } from './testing.ts';

const day = 86_400;

/** Every value of every column of every table, as one text. */
async function wholeDatabase({ platform: { storage } }: TestNode): Promise<string> {
  const tables =
    storage.engine === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_schema where type = 'table'`
      : sql<{ name: string }>`select table_name as name from information_schema.tables
          where table_schema = current_schema()`;
  const { rows } = await tables.execute(storage.read);
  assert.ok(rows.length > 8, `there are tables: ${rows.map(({ name }) => name).join(', ')}`);
  const contents = await Promise.all(
    rows.map(async ({ name }) => [
      name,
      (await sql`select * from ${sql.id(name)}`.execute(storage.read)).rows,
    ]),
  );
  return JSON.stringify(contents);
}

test('a token is shown in the answer that makes it and nowhere else', async (t) => {
  const node = await startTestNode(t);
  const { id } = await node.member('Alpha Telecom');
  const admin = await seat(node, {
    organisation: id,
    role: 'organisation-administrator',
    scopes: ['read', 'manage'],
  });
  const response = await fetch(`${node.url}/api/organisations/${id}/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ label: 'siem', scopes: ['read'] }),
  });
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const text = String(valueAt(await response.json(), 'token'));
  assert.match(text, /^bt_[0-9a-f]{16}_[\w-]{43}$/);

  const secrets = [text, admin.token, node.operator].map((token) => token.slice(20));
  const answers = await Promise.all([
    ...[
      '/me',
      '/organisations',
      `/organisations/${id}/people`,
      `/organisations/${id}/tokens`,
      '/audit',
    ].flatMap((path) => [node.api('GET', path), node.api('GET', path, { token: admin.token })]),
    node.api('DELETE', `/tokens/${text.slice(3, 19)}`),
  ]);
  for (const { status, body } of answers) {
    assert.equal(status, 200);
    for (const secret of secrets) assert.ok(!JSON.stringify(body).includes(secret));
    assert.ok(!/secret|hash/i.test(JSON.stringify(body)), 'nor does a listing show what is kept of it');
  }
});

test('no column of any table holds a token, and two tokens have different hashes', async (t) => {
  const node = await startTestNode(t);
  const { id, token } = await node.member('Alpha Telecom');
  const other = await seat(node, { organisation: id, role: 'analyst', scopes: ['read', 'manage'] });
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  await node.api('POST', '/collections/fraud/objects', { token, body: bundle(indicator()) });
  await node.api('DELETE', `/tokens/${other.tokenId}`);
  const database = await wholeDatabase(node);
  for (const text of [token, other.token, node.operator]) {
    assert.ok(
      database.includes(text.slice(3, 19)),
      'the public part is there, so the right tables were read',
    );
    const secret = text.slice(20);
    for (const form of [secret, secret.toLowerCase(), Buffer.from(secret, 'base64url').toString('hex')])
      assert.ok(!database.includes(form));
  }
  // Of the operator, the administrator, the machine and the analyst, and of the enrolments of two of them.
  const hashes = database.match(/"secret_hash":"[0-9a-f]{64}"/g) ?? [];
  assert.equal(hashes.length, 6);
  assert.equal(new Set(hashes).size, 6);
});

test('a token ends on the microsecond that it says, and one without end does not', async (t) => {
  const clock = handClock();
  const node = await startTestNode(t, {}, { clock });
  const { id } = await node.member('Alpha Telecom');
  const week = await seat(node, { organisation: id, scopes: ['read'], days: 7 });
  const lasting = await seat(node, { organisation: id, scopes: ['read'], days: 0 });
  const me = async (token: string) => (await node.api('GET', '/me', { token })).status;
  const { body } = await node.api('GET', '/me', { token: week.token });
  assert.equal(
    Date.parse(String(valueAt(body, 'expires'))),
    Math.floor((clock.now() + 7 * day * 1e6) / 1000),
  );
  assert.equal(valueAt((await node.api('GET', '/me', { token: lasting.token })).body, 'expires'), null);

  clock.advance(7 * day - 0.000_001);
  assert.equal(await me(week.token), 200);
  clock.advance(0.000_001);
  assert.equal(await me(week.token), 401);
  clock.advance(20 * 365 * day);
  assert.equal(await me(week.token), 401);
  assert.equal(await me(lasting.token), 200);
});

test('R3 a stream ends when the token that opened it does', async (t) => {
  const clock = handClock();
  const node = await startTestNode(t, {}, { clock });
  const { id } = await node.member('Alpha Telecom');
  await node.collection({ title: 'Fraud', alias: 'fraud', audience: 'community' });
  const { token } = await seat(node, { organisation: id, scopes: ['read'], days: 1 });
  // The stream waits by a timer of the machine, which starts from what the clock says.
  clock.advance(day - 0.3);
  const events = await readLive(`${node.url}/live/collections/fraud`, { token, enough: () => false });
  assert.ok(events.at(-1)?.data.includes('token-expired'), JSON.stringify(events));
});

test('the last use of a token is visible to whoever manages it, to the minute', async (t) => {
  const clock = handClock();
  const node = await startTestNode(t, {}, { clock });
  const { id } = await node.member('Alpha Telecom');
  const machine = await seat(node, { organisation: id, scopes: ['read'] });
  const lastUse = async () => {
    const { body } = await node.api('GET', `/organisations/${id}/tokens`);
    const listed = Object.values(Object(valueAt(body, 'tokens'))).find(
      (token) => valueAt(token, 'id') === machine.tokenId,
    );
    const text = valueAt(listed, 'lastUsed');
    return text === null ? null : Date.parse(String(text));
  };
  const now = () => Math.floor(clock.now() / 1000);
  assert.equal(await lastUse(), null, 'never used');
  await node.api('GET', '/me', { token: machine.token });
  const first = now();
  assert.equal(await lastUse(), first);
  clock.advance(30);
  await node.api('GET', '/me', { token: machine.token });
  assert.equal(await lastUse(), first, 'written once a minute at the most');
  clock.advance(31);
  await node.api('GET', '/me', { token: machine.token });
  assert.equal(await lastUse(), now());

  const forged = `${machine.token.slice(0, 20)}${'A'.repeat(43)}`;
  clock.advance(3_600);
  assert.equal((await node.api('GET', '/me', { token: forged })).status, 401);
  assert.equal(await lastUse(), now() - 3_600_000, 'a wrong secret is no use of it');
});

test('R3 a revoked token is refused from the next request on, by its organisation, the operator or itself', async (t) => {
  const node = await startTestNode(t);
  const { id } = await node.member('Alpha Telecom');
  const admin = await seat(node, {
    organisation: id,
    role: 'organisation-administrator',
    scopes: ['manage'],
  });
  const owners = { admin: () => admin.token, operator: () => node.operator, itself: (own: string) => own };
  for (const [name, by] of Object.entries(owners)) {
    const machine = await seat(node, { organisation: id, scopes: ['read'] });
    assert.equal((await node.api('GET', '/me', { token: machine.token })).status, 200);
    const revoked = await node.api('DELETE', `/tokens/${machine.tokenId}`, { token: by(machine.token) });
    assert.equal(revoked.status, 200, name);
    assert.equal(typeof valueAt(revoked.body, 'revoked'), 'string');
    for (const path of ['/me', '/organisations', '/collections'])
      assert.equal((await node.api('GET', path, { token: machine.token })).status, 401, `${name} ${path}`);
    const again = await node.api('DELETE', `/tokens/${machine.tokenId}`);
    assert.deepEqual(valueAt(again.body, 'revoked'), valueAt(revoked.body, 'revoked'), 'it ended once');
  }
});
