import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { startCommunity } from './support/community.ts';
import { runCli, temporaryDirectory } from './support/run-cli.ts';

interface Examination {
  readonly code: number | null;
  readonly healthy: boolean;
  readonly findings: readonly {
    readonly check: string;
    readonly level: string;
    readonly says: string;
    readonly advice?: string;
  }[];
}

/** No secret is ever shown: every one in these tests has this in it. */
const canary = 'cAnArY';

async function examine(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Examination> {
  const [told, machine] = [
    await runCli(['doctor', ...args], { env }),
    await runCli(['doctor', ...args, '--json'], { env }),
  ];
  assert.equal(told.stderr, '');
  assert.equal(told.code, machine.code);
  for (const text of [told.stdout, machine.stdout]) assert.ok(!text.includes(canary), text);
  return { code: machine.code, ...JSON.parse(machine.stdout) };
}

function found({ findings }: Examination, level: string): string {
  return findings
    .filter((finding) => finding.level === level)
    .map(({ check, says, advice = '' }) => `${check}: ${says}. ${advice}`)
    .join('\n');
}

const password = `postgres://node:${canary}@127.0.0.1`;

const broken: readonly (readonly [what: string, env: Readonly<Record<string, string>>, problem: RegExp])[] = [
  ['a setting that is misspelt', { BELLTOWER_PROT: '80' }, /no setting BELLTOWER_PROT\. Was BELLTOWER_PORT/],
  ['a setting that cannot be', { BELLTOWER_PORT: canary }, /BELLTOWER_PORT: has to be a whole number/],
  ['a database of another kind', { BELLTOWER_DATABASE_URL: `mysql://${canary}@h/` }, /DATABASE_URL: has to/],
  [
    'a database where nothing listens',
    { BELLTOWER_DATABASE_URL: `${password}:1/hub` },
    /Database: Nothing listens on 127\.0\.0\.1:1 .* Is PostgreSQL running/,
  ],
  [
    'a database whose host has no address',
    { BELLTOWER_DATABASE_URL: `postgres://node:${canary}@db.invalid/hub` },
    /Database: There is no machine named db\.invalid/,
  ],
  [
    'NATS where nothing listens',
    { BELLTOWER_NATS_URL: `nats://node:${canary}@127.0.0.1:1` },
    /NATS: NATS on 127\.0\.0\.1:1 cannot be reached/,
  ],
  [
    'a certificate that is none',
    { BELLTOWER_TLS_CERT: '/dev/null', BELLTOWER_TLS_KEY: '/dev/null' },
    /TLS: BELLTOWER_TLS_CERT: \/dev\/null holds no certificate/,
  ],
  ['an address of another machine', { BELLTOWER_HOST: '192.0.2.1' }, /Port: .*cannot listen on 192\.0\.2\.1/],
];

for (const [what, env, problem] of broken) {
  test(`doctor finds ${what}, ends with 1, and shows no secret`, async () => {
    await using directory = await temporaryDirectory();
    const outcome = await examine(['--data', join(directory.path, 'data')], env);
    assert.equal(outcome.code, 1);
    assert.equal(outcome.healthy, false);
    assert.match(found(outcome, 'problem'), problem);
  });
}

const { BELLTOWER_TEST_DATABASE_URL: postgres = '' } = process.env;

test('doctor finds a PostgreSQL without the database, and nothing wrong with one that is there', {
  skip: postgres === '' && 'BELLTOWER_TEST_DATABASE_URL is not set',
}, async () => {
  const url = new URL(postgres);
  const there = await examine([], { BELLTOWER_DATABASE_URL: url.href, BELLTOWER_PORT: '0' });
  assert.equal(there.code, 0, found(there, 'problem'));
  assert.match(found(there, 'fine'), /PostgreSQL \d+.* answers, with.* TLS/);
  assert.match(found(there, 'fine'), /The database's clock and this machine's agree/);
  url.pathname = '/no-such-database';
  url.password = canary;
  const missing = await examine([], { BELLTOWER_DATABASE_URL: url.href, BELLTOWER_PORT: '0' });
  assert.match(found(missing, 'problem'), /has no database "no-such-database"\. Make it: createdb/);
});

test('doctor finds a port that another program has, and an address at which another program answers', async () => {
  await using directory = await temporaryDirectory();
  const server = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const env = { BELLTOWER_PORT: port, BELLTOWER_PUBLIC_URL: `http://127.0.0.1:${port}` };
  const outcome = await examine(['--data', directory.path], env);
  server.close();
  assert.equal(outcome.code, 1);
  assert.match(
    found(outcome, 'problem'),
    new RegExp(`Port: Another program listens on 127\\.0\\.0\\.1:${port}`),
  );
  assert.match(found(outcome, 'problem'), /Address: .* answers 200 .* which no node of Belltower does/);
});

test('doctor finds nothing wrong with a node that runs, nor with one that was never started', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const env = { BELLTOWER_PORT: new URL(community.url).port, BELLTOWER_PUBLIC_URL: community.url };
  const running = await examine(['--data', community.directory], env);
  assert.equal(running.code, 0, found(running, 'problem'));
  assert.match(found(running, 'note'), /is in use by process \d+: a node runs on it/);
  assert.match(found(running, 'note'), /A node of Belltower listens on .* already/);
  assert.match(found(running, 'fine'), /The data are sound, and no log has a hole/);
  assert.match(found(running, 'fine'), /Somebody holds a lasting operator token/);
  assert.match(found(running, 'fine'), /A durable write takes about [\d.]+ ms/);
  const fresh = await examine(['--data', join(directory.path, 'new')], { BELLTOWER_PORT: '0' });
  assert.equal(fresh.code, 0, found(fresh, 'problem'));
});

test('doctor finds a public address where nothing listens, which is no fault while the node does not run', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const nowhere = /Address: (Nothing listens on 127\.0\.0\.1:2|127\.0\.0\.1:2 gives no answer)/;
  const env = { BELLTOWER_PORT: new URL(community.url).port, BELLTOWER_PUBLIC_URL: 'http://127.0.0.1:2' };
  const running = await examine(['--data', community.directory], env);
  assert.equal(running.code, 1);
  assert.match(found(running, 'problem'), nowhere);
  const stopped = await examine(['--data', join(directory.path, 'new')], { ...env, BELLTOWER_PORT: '0' });
  assert.equal(stopped.code, 0, found(stopped, 'problem'));
  assert.match(found(stopped, 'note'), nowhere);
});

test('L1 doctor finds a log with a hole, data that others can read, and tables of a newer version', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  await community.stop();
  const { directory: data } = community;
  const alter = (statement: string) => {
    using database = new DatabaseSync(join(data, 'belltower.db'));
    database.exec(statement);
  };
  alter('insert or replace into log_head (collection_id, position, added) select id, 1, 1 from collection');
  await chmod(data, 0o755);
  const holed = await examine(['--data', data]);
  assert.equal(holed.code, 1);
  assert.match(found(holed, 'problem'), /Content: The log of .* should have the entries 1 to 1, and has 0/);
  assert.match(found(holed, 'warning'), /Other users of this machine can look into .* chmod 700/);
  alter("insert into migration values ('exchange', 999, 'later', 1)");
  const newer = await examine(['--data', data]);
  assert.match(found(newer, 'problem'), /Tables: The data are newer than this version/);
});

test('doctor and backup name a database file that is damaged, and what to do', async () => {
  await using directory = await temporaryDirectory();
  const data = join(directory.path, 'data');
  await using community = await startCommunity(data);
  await community.stop();
  const file = join(community.directory, 'belltower.db');
  {
    using database = new DatabaseSync(file);
    database.exec('pragma wal_checkpoint(truncate)');
  }
  // The page of the schema's first tables: garbage after the file's own header.
  const bytes = await readFile(file);
  await writeFile(file, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 0x5a)]));
  const outcome = await examine(['--data', community.directory]);
  assert.equal(outcome.code, 1);
  assert.match(found(outcome, 'problem'), /Tables: The database belltower\.db in .* is damaged.*last backup/);
  const out = join(directory.path, 'out.backup');
  const backup = await runCli(['backup', '--data', community.directory, '--out', out]);
  assert.equal(backup.code, 2);
  assert.match(backup.stderr, /^belltower: The database belltower\.db in .* is damaged/);
  assert.doesNotMatch(backup.stderr, /select/);
});

test('doctor looks at a client: profile, node, token, scopes, and shows no secret', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const { url, member } = community;
  const profile = join(directory.path, 'profile.json');
  await writeFile(profile, JSON.stringify({ server: 'http://127.0.0.1:2', token: member.token }));
  const env = { BELLTOWER_PROFILE: profile };
  const good = await examine(['--server', url], { ...env, BELLTOWER_TOKEN: member.token });
  assert.equal(good.code, 0, found(good, 'problem'));
  assert.match(found(good, 'fine'), /Token: It is good, for Telco Nord \(automation\)/);
  assert.match(found(good, 'fine'), /Token: It allows: read, publish/);
  assert.match(found(good, 'fine'), /The node's clock and this machine's agree/);
  assert.match(found(good, 'warning'), /Other users of this machine can read the token/);
  const strange = `bt_0123456789abcdef_${canary.padEnd(43, 'x')}`;
  await writeFile(profile, JSON.stringify({ server: 'http://127.0.0.1:2', token: strange }), { mode: 0o600 });
  for (const [token, says] of [
    [`be_${canary}`, /enrolment, not a token.*belltower enrol/],
    [`bt_${canary}`, /not the form of a token/],
    [strange, /belongs to another node: it is the one of http:\/\/127\.0\.0\.1:2/],
    [strange.replace('0123', '4567'), /has ended, was revoked, or belongs to another node/],
  ] as const) {
    const bad = await examine(['--server', url], { ...env, BELLTOWER_TOKEN: token });
    assert.equal(bad.code, 1);
    assert.match(found(bad, 'problem'), says);
  }
  const away = await examine(['--server', 'http://127.0.0.1:9'], env);
  assert.match(
    found(away, 'problem'),
    /Node: Nothing listens on 127\.0\.0\.1:9|127\.0\.0\.1:9 gives no answer/,
  );
  assert.match(found(await examine(['--client'], {}), 'problem'), /No node is named/);
});
