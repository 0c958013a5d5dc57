import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundle, indicator } from '../packages/server/src/testing-objects.ts';
import type { Community } from './support/community.ts';
import { startCommunity } from './support/community.ts';
import { runCli, startCli, temporaryDirectory } from './support/run-cli.ts';

function access({ url, member }: Community, token = member.token): Readonly<Record<string, string>> {
  return { BELLTOWER_SERVER: url, BELLTOWER_TOKEN: token };
}

function positions(lines: readonly string[]): readonly unknown[] {
  return lines.map((line): unknown => JSON.parse(line).position);
}

function sequence(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

async function publish(community: Community, count: number): Promise<void> {
  const objects = Array.from({ length: count }, () => indicator());
  const args = ['publish', '-', '--collection', community.collection];
  const result = await runCli(args, { env: access(community), input: JSON.stringify(bundle(...objects)) });
  assert.equal(result.code, 0, result.stderr);
}

test('validate answers with rows and with its exit code: 0 valid, 1 not, 2 unusable', async () => {
  await using directory = await temporaryDirectory();
  const good = join(directory.path, 'good.ndjson');
  const bad = join(directory.path, 'bad.json');
  await writeFile(good, `${JSON.stringify(indicator())}\n${JSON.stringify(indicator())}\n`);
  await writeFile(bad, JSON.stringify([indicator(), { ...indicator(), pattern: '[nonsense' }]));
  assert.equal((await runCli(['validate', good])).code, 0);
  const both = await runCli(['validate', good, bad, '--json']);
  assert.equal(both.code, 1);
  const rows: { file: string; valid: boolean; errors: unknown[] }[] = JSON.parse(both.stdout);
  assert.deepEqual(
    rows.map(({ file, valid }) => [file, valid]),
    [
      [good, true],
      [good, true],
      [bad, true],
      [bad, false],
    ],
  );
  const unusable = await runCli(['validate', '-', join(directory.path, 'none.json')], { input: '{"type":' });
  assert.equal(unusable.code, 2);
  assert.equal(unusable.stderr.trim().split('\n').length, 2);
  const told = await runCli(['validate', join(directory.path, 'none.json'), '--json']);
  assert.match(JSON.parse(told.stderr).error.message, /none\.json cannot be read: there is no such file\.$/);
});

test('validate --strict turns a warning into an error', async () => {
  const input = JSON.stringify({ ...indicator(), x_own: 1 });
  assert.equal((await runCli(['validate', '-'], { input })).code, 0);
  assert.equal((await runCli(['validate', '-', '--strict'], { input })).code, 1);
});

test('pattern check and pattern match answer with their exit codes', async () => {
  await using directory = await temporaryDirectory();
  const file = join(directory.path, 'observed.json');
  const address = {
    type: 'ipv4-addr',
    spec_version: '2.1',
    id: 'ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd',
    value: '198.51.100.3',
  };
  const observed = {
    type: 'observed-data',
    spec_version: '2.1',
    id: 'observed-data--b67d30ff-02ac-498a-92f9-32f845f448cf',
    created: '2026-01-01T00:00:00.000Z',
    modified: '2026-01-01T00:00:00.000Z',
    first_observed: '2026-01-01T00:00:00Z',
    last_observed: '2026-01-01T00:00:00Z',
    number_observed: 1,
    object_refs: [address.id],
  };
  await writeFile(file, JSON.stringify([bundle(observed, address)]));
  const match = await runCli(['pattern', 'match', "[ipv4-addr:value = '198.51.100.3']", file]);
  assert.deepEqual([match.code, match.stdout], [0, `${observed.id}\n`]);
  assert.equal((await runCli(['pattern', 'match', "[ipv4-addr:value = '1.1.1.1']", file])).code, 1);
  assert.equal((await runCli(['pattern', 'match', '[', file])).code, 2);
  assert.equal((await runCli(['pattern', 'check', "[ipv4-addr:value = '1.1.1.1']"])).code, 0);
  const wrong = await runCli(['pattern', 'check', '[ipv4-addr:value =]', '--json']);
  assert.equal(wrong.code, 1);
  assert.equal(JSON.parse(wrong.stdout).errors[0].column, 19);
});

test('help shows what --help shows, of all commands or of one', async () => {
  for (const command of [[], ['pull'], ['collection', 'change']]) {
    const [asked, option] = [await runCli(['help', ...command]), await runCli([...command, '--help'])];
    assert.deepEqual([asked.code, asked.stderr], [0, '']);
    assert.equal(asked.stdout, option.stdout);
  }
});

test('Wrong usage ends with 2 and one line that says what to do', async () => {
  for (const args of [['nonsense'], ['pull'], ['whoami'], ['watch', '-c', 'x', '--from', 'middle']]) {
    const result = await runCli(args);
    assert.equal(result.code, 2, args.join(' '));
    assert.equal(result.stderr.trim().split('\n').length, 1, result.stderr);
    assert.match(result.stderr, /^belltower: .+/);
    assert.doesNotMatch(result.stderr, /\.\./);
    assert.equal(result.stdout, '');
  }
});

test('What cannot be written or listened on, or is no bundle, is told in words', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const out = join(directory.path, 'none', 'out.json');
  const pull = ['pull', '--collection', community.collection, '--out', out];
  for (const args of [pull, [...pull, '--ndjson']]) {
    const { code, stderr } = await runCli(args, { env: access(community) });
    assert.deepEqual(
      [code, stderr],
      [2, `belltower: ${out} cannot be written: there is no directory ${join(directory.path, 'none')}.\n`],
    );
  }
  const { port } = new URL(community.url);
  const taken = await runCli(['serve', '--port', port, '--data', join(directory.path, 'other')]);
  assert.equal(taken.code, 2);
  assert.match(taken.stderr, new RegExp(`Another program listens on 127\\.0\\.0\\.1:${port}\\.`));
  const imported = await runCli(['demo', '--port', '0', '--import', join(directory.path, 'none.json')]);
  assert.equal(imported.code, 2);
  assert.match(imported.stderr, /none\.json cannot be read: there is no such file\.$/m);
});

test('audit, token list and whoami tell people and organisations by name', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const env = access(community, community.operator);
  const me = JSON.parse((await runCli(['whoami', '--json'], { env })).stdout);
  const person = JSON.parse((await runCli(['person', 'list', '--json'], { env })).stdout).find(
    ({ id }: { id: string }) => id === me.person,
  );
  assert.match(
    (await runCli(['whoami'], { env })).stdout,
    new RegExp(`^person +${person.name} \\(${person.id}\\)$`, 'm'),
  );
  assert.match((await runCli(['token', 'list'], { env })).stdout, new RegExp(` ${person.name} `));
  const audit = (await runCli(['audit'], { env })).stdout;
  assert.match(
    audit,
    new RegExp(`organisation\\.create +Telco Nord +${me.organisation.name} +${person.name}`),
  );
  const machine = await runCli(['whoami'], { env: access(community) });
  assert.match(machine.stdout, /^person +none: a machine$/m);
});

test('What a command cannot use is said before anything is sent, with what would be right', async () => {
  for (const [args, said] of [
    [['org', 'create', 'X', '--kind', 'telco'], /Allowed choices are operator, vendor/],
    [
      ['token', 'create', 'x', '--scopes', 'reed'],
      /"reed" is no scope\. Is read meant\? Scopes are read, publish/,
    ],
    [['token', 'create', 'x', '--scopes', 'manage'], /cannot carry manage: .* Give --mine/],
    [['withdraw', 'nonsense', '-c', 'fraud'], /"nonsense" is not the id of a STIX object\. One looks like/],
    [['backup'], /needs a file\. Give --out FILE\./],
  ] as const) {
    const env = { BELLTOWER_SERVER: 'http://127.0.0.1:9' };
    const { code, stderr } = await runCli(args, { env });
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, said);
  }
});

test('publish of a bundle without objects publishes nothing, and says so', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const input = '{"type": "bundle", "id": "bundle--0f0e3f3d-1a9c-4e0f-8b6f-0a5d1c2b3e4f"}';
  const { code, stdout, stderr } = await runCli(['publish', '-', '-c', 'fraud'], {
    env: access(community),
    input,
  });
  assert.deepEqual([code, stdout], [0, '0 accepted, 0 there already, 0 refused\n']);
  assert.match(stderr, /There are no objects in what was given; nothing is published\./);
});

test('serve tells of a database that cannot be reached in the words of doctor', async () => {
  const env = { BELLTOWER_DATABASE_URL: 'postgres://node:canary@127.0.0.1:1/hub' };
  const { code, stderr } = await runCli(['serve', '--port', '0'], { env });
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^belltower: Nothing listens on 127\.0\.0\.1:1 \(ECONNREFUSED\)\. Is PostgreSQL running/m,
  );
  assert.doesNotMatch(stderr, /canary/);
});

test('pattern check notes a type of one’s own, and warns of one that is nearly a standard one', async () => {
  const telecom = await runCli(['pattern', 'check', "[ss7-global-title:valu = '1']"]);
  assert.match(telecom.stdout, /warning {2}In STIX for telecom.*'value'/);
  const own = await runCli(['pattern', 'check', "[my-own-thing:value = '1']"]);
  assert.match(own.stdout, /^note .*Its properties are not checked\./m);
  const near = await runCli(['pattern', 'check', "[ipv4-adr:value = '1.1.1.1']"]);
  assert.match(near.stdout, /^warning .*Is 'ipv4-addr' meant\?/m);
});

test('collection show names the members', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const env = { ...access(community), BELLTOWER_TOKEN: community.operator };
  const ring = ['collection', 'create', 'Ring', '--alias', 'ring', '--audience', 'organisations'];
  assert.equal((await runCli([...ring, '--member', 'Telco Nord=both'], { env })).code, 0);
  const shown = await runCli(['collection', 'show', 'ring'], { env });
  assert.match(
    shown.stdout,
    new RegExp(`^${community.member.organisation}  Telco Nord +organisation  rw$`, 'm'),
  );
});

test('login keeps node and token for the commands that follow, readable by their owner alone', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const profile = join(directory.path, 'own', 'profile.json');
  const env = { BELLTOWER_PROFILE: profile };
  const wrong = await runCli(['login', '--server', community.url], { env, input: 'bt_wrong' });
  assert.equal(wrong.code, 1);
  assert.equal(existsSync(profile), false);
  const login = await runCli(['login', '--server', community.url], { env, input: `${community.operator}\n` });
  assert.equal(login.code, 0, login.stderr);
  assert.equal(statSync(profile).mode & 0o777, 0o600);
  const me = await runCli(['whoami', '--json'], { env });
  assert.equal(JSON.parse(me.stdout).role, 'node-operator');
  // Another node is not given the token of this one.
  const elsewhere = await runCli(['whoami', '--server', community.url.replace('127.0.0.1', 'localhost')], {
    env,
  });
  assert.equal(elsewhere.code, 1);

  const created = await runCli(['org', 'create', 'CERT X', '--kind', 'cert'], { env });
  assert.equal(created.code, 0, created.stderr);
  const enrolment = /be_\S+/.exec(created.stdout)?.[0] ?? '';
  const theirs = { BELLTOWER_PROFILE: join(directory.path, 'theirs.json') };
  const enrol = ['enrol', '--server', community.url];
  const enrolled = await runCli(enrol, { env: theirs, input: enrolment });
  assert.equal(enrolled.code, 0, enrolled.stderr);
  assert.equal((await runCli(enrol, { env: theirs, input: enrolment })).code, 1, 'it works once');
  const token = await runCli(['token', 'create', 'SIEM', '--scopes', 'read,publish'], { env: theirs });
  assert.match(token.stdout, /^bt_\S+\n$/);
  const laptop = ['token', 'create', 'laptop', '--mine', '--scopes', 'read,manage,red'];
  assert.match((await runCli(laptop, { env: theirs })).stdout, /^bt_\S+\n$/);
  const added = await runCli(['person', 'add', 'Bo', '--role', 'analyst'], { env: theirs });
  assert.match(added.stdout, /^be_\S+\n$/);
  const byOperator = await runCli(['person', 'add', 'Eve', '--org', 'cert x'], { env });
  assert.equal(byOperator.code, 1, 'an organisation adds its own people');
  const ring = ['collection', 'create', 'Ring', '--alias', 'ring', '--audience', 'organisations'];
  assert.equal((await runCli([...ring, '--member', 'CERT X=both'], { env })).code, 0);
  const widen = ['collection', 'change', 'ring', '--member', 'Telco Nord', '--json'];
  const preview = await runCli([...widen, '--preview'], { env });
  assert.deepEqual(JSON.parse(preview.stdout).organisations, [community.member.organisation]);
  await runCli(widen, { env });
  const shown = await runCli(['collection', 'show', 'ring', '--json'], { env });
  assert.equal(JSON.parse(shown.stdout).members.length, 2);
  const refused = await runCli(['org', 'list', '--token', '-'], { env, input: 'bt_wrong' });
  assert.equal(refused.code, 1);
});

test('publish answers for each object, and ends with 1 when one was refused', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(directory.path);
  const env = access(community);
  const file = join(directory.path, 'some.json');
  const one = indicator();
  await writeFile(file, JSON.stringify(bundle(one, { type: 'indicator' })));
  const args = ['publish', file, '--collection', 'fraud'];
  const result = await runCli([...args, '--json'], { env });
  assert.equal(result.code, 1, result.stderr);
  const answer = JSON.parse(result.stdout);
  assert.deepEqual([answer.accepted, answer.refused, answer.results[0].id], [1, 1, one.id]);
  assert.match((await runCli(args, { env })).stdout, /0 accepted, 1 there already, 1 refused/);
  assert.equal((await runCli([...args, join(directory.path, 'none')], { env })).code, 2);
  assert.equal((await runCli(['publish', file, '--collection', 'none'], { env })).code, 1);
  const withdrawn = await runCli(['withdraw', one.id, '-c', 'fraud', '--json'], { env });
  assert.equal(JSON.parse(withdrawn.stdout).withdrawn.length, 1);
  assert.equal((await runCli(['withdraw', one.id, '-c', 'fraud'], { env })).code, 1);
});

test('R2 pull goes on where the last run stopped, and writes what was published byte for byte', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const env = access(community);
  const exact = `${JSON.stringify(indicator()).slice(0, -1)}, "x_big" : 12345678901234567890}`;
  const publishExact = await runCli(['publish', '-', '-c', 'fraud'], { env, input: exact });
  assert.equal(publishExact.code, 0, publishExact.stdout);
  const out = join(directory.path, 'fraud.ndjson');
  const cursor = join(directory.path, 'fraud.cursor');
  const pull = ['pull', '-c', 'fraud', '--ndjson', '--out', out, '--cursor', cursor];
  assert.equal((await runCli(pull, { env })).code, 0);
  assert.equal(await readFile(out, 'utf8'), `${exact}\n`);
  await publish(community, 2);
  const second = await runCli([...pull, '--json'], { env });
  assert.equal(JSON.parse(second.stdout).objects, 2);
  assert.equal(JSON.parse((await runCli([...pull, '--json'], { env })).stdout).objects, 0);
  assert.equal((await readFile(out, 'utf8')).trim().split('\n').length, 3);
  // The cursor of one reader is not taken for another's.
  const other = await runCli([...pull, '--type', 'indicator'], { env });
  assert.equal(other.code, 2);

  const whole = await runCli(['pull', '-c', 'fraud'], { env });
  assert.ok(whole.stdout.includes(exact));
  assert.equal(JSON.parse(whole.stdout).objects.length, 3);
  assert.equal((await runCli(['validate', '-'], { input: whole.stdout })).code, 0);
  const files = join(directory.path, 'objects');
  await mkdir(files);
  assert.equal((await runCli(['pull', '-c', 'fraud', '--out', files], { env })).code, 0);
  assert.equal(readdirSync(files).filter((name) => /^indicator--[0-9a-f-]{36}\.json$/.test(name)).length, 3);
  assert.equal((await runCli(['pull', '-c', 'none'], { env })).code, 1);
});

test('R2 watch survives a restart of the node, and its own, with nothing missed or repeated', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const args = ['watch', '--collection', 'fraud', '--cursor', join(directory.path, 'cursor')];
  const env = access(community);
  await publish(community, 3);
  const seen: string[] = [];
  {
    await using running = startCli(args, { env });
    await running.untilLines(3);
    await community.stop();
    await running.untilSaid(/Connecting again/);
    await community.start();
    await publish(community, 2);
    await running.untilLines(5);
    assert.equal(await running.stop('SIGTERM'), 0);
    seen.push(...running.lines);
  }
  await publish(community, 2);
  await using again = startCli(args, { env });
  await again.untilLines(2);
  assert.deepEqual(positions([...seen, ...again.lines]), sequence(7));
});

test('R2 watch that was killed repeats at most what it had not remembered, and skips nothing', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  const args = ['watch', '--collection', 'fraud', '--cursor', join(directory.path, 'cursor')];
  const env = access(community);
  await publish(community, 1_500);
  await using running = startCli(args, { env });
  await running.untilLines(700);
  await running.stop('SIGKILL');
  const first = positions(running.lines);
  assert.deepEqual(first, sequence(first.length));
  await using again = startCli(args, { env });
  await again.untilSaid(/connected/);
  await again.untilLines(1);
  const [start] = positions(again.lines);
  assert.ok(typeof start === 'number' && start <= first.length + 1);
  await again.untilLines(1_500 - start + 1);
  assert.deepEqual(positions(again.lines), sequence(1_500).slice(start - 1));
});

test('R3 A revoked token ends watch with 1 and a line that says why', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(directory.path);
  await using running = startCli(['watch', '-c', 'fraud'], { env: access(community) });
  await running.untilSaid(/connected/);
  const revoke = ['token', 'revoke', community.member.tokenId];
  assert.equal((await runCli(revoke, { env: access(community, community.operator) })).code, 0);
  assert.equal(await running.ended, 1);
  assert.match(
    running.stderr().trim().split('\n').at(-1) ?? '',
    /^belltower: The right to read ended.*belltower login/,
  );
});

test('backup of a node that runs, restored elsewhere, holds what was published', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  await publish(community, 3);
  const before = await runCli(['pull', '-c', 'fraud', '--ndjson'], { env: access(community) });
  const file = join(directory.path, 'node.backup');
  const data = ['--data', community.directory];
  const backup = await runCli(['backup', '--out', file, ...data]);
  assert.equal(backup.code, 0, backup.stderr);
  assert.equal((await runCli(['backup', '--out', file, ...data])).code, 2);
  const verified = await runCli(['backup', 'verify', file]);
  assert.equal(verified.code, 0, verified.stderr);
  const digest = await runCli(['digest', ...data, '--json']);
  const [held] = JSON.parse(digest.stdout).collections;
  assert.deepEqual([held.name, held.position, held.entries], ['fraud', 3, 3]);
  assert.match(verified.stdout, new RegExp(`^fraud +3 +3 +${held.sha256} +as it should be$`, 'm'));
  const verifiedJson = await runCli(['backup', 'verify', file, '--json']);
  assert.deepEqual(JSON.parse(verifiedJson.stdout).collections, [held]);
  const restored = join(directory.path, 'restored');
  const restore = await runCli(['restore', file, '--data', restored]);
  assert.equal(restore.code, 0, restore.stderr);
  assert.match(restore.stdout, new RegExp(`^fraud +3 +3 +${held.sha256} +as in the backup$`, 'm'));
  const plan = await runCli(['migrate', '--dry-run', '--json', '--data', restored]);
  assert.deepEqual(JSON.parse(plan.stdout).pending, []);
  const again = await runCli(['restore', file, '--data', restored]);
  assert.equal(again.code, 2);
  assert.match(
    again.stderr,
    /^belltower: There is data in this directory already\. Restore into a directory that is/,
  );
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, bytes.length - 20));
  const damaged = await runCli(['backup', 'verify', file]);
  assert.equal(damaged.code, 2);
  assert.match(damaged.stderr, /cannot be used: The backup is .*\. Take another backup\.$/m);

  await using running = startCli(['serve', '--port', '0', '--data', restored]);
  await running.untilLines(1);
  const url = /http:\S+/.exec(running.lines[0] ?? '')?.[0] ?? '';
  const env = { ...access(community), BELLTOWER_SERVER: url };
  assert.equal((await runCli(['pull', '-c', 'fraud', '--ndjson'], { env })).stdout, before.stdout);
});

test('A restore that was killed can simply be started again', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'data'));
  await publish(community, 1_500);
  const file = join(directory.path, 'node.backup');
  assert.equal((await runCli(['backup', '--out', file, '--data', community.directory])).code, 0);
  const args = ['restore', file, '--data', join(directory.path, 'restored')];
  const database = join(directory.path, 'restored', 'belltower.db');
  await using running = startCli(args);
  while (!existsSync(`${database}-wal`) && existsSync(file)) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (running.stderr() !== '') break;
  }
  await running.stop('SIGKILL');
  assert.equal(existsSync(database), true, 'it was killed too early');
  const again = await runCli(args);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stdout, /^1500 entries in 1 collection restored to /m);
});

test('The launcher starts the pinned Node where an older one runs it, and passes on input and exit code', (t) => {
  const launcher = fileURLToPath(new URL('../packages/cli/bin/belltower.mjs', import.meta.url));
  const old = (process.env['PATH'] ?? '')
    .split(':')
    .map((directory) => join(directory, 'node'))
    .find((file) => existsSync(file) && /^v2[0-3]\./.test(spawnSync(file, ['--version']).stdout.toString()));
  if (old === undefined) return t.skip('There is no older Node here.');
  const run = (input: string) => spawnSync(old, [launcher, 'validate', '-'], { input });
  assert.equal(run(JSON.stringify(indicator())).status, 0);
  assert.equal(run('{"type":"indicator"}').status, 1);
  assert.equal(run('{').status, 2);
});
