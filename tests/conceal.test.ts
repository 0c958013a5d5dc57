import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundle, indicator } from '../packages/server/src/testing-objects.ts';
import { phoneNumber, telecomSco } from '../packages/telecom/src/index.ts';
import { startCommunity } from './support/community.ts';
import { runCli, temporaryDirectory } from './support/run-cli.ts';

const imsi = '206011234567890';
const number = '32475123456';
const plain = [
  indicator({
    pattern: `[mobile-subscriber-id:value = '${imsi}' OR phone-number:value = '${number}']`,
    description: `Seen with +32 475 12 34 56 and ${imsi}`,
  }),
  telecomSco(phoneNumber, { value: number }),
];

test('key create keeps a key for its owner alone, list shows when it holds, and the secret shows itself when asked for', async () => {
  await using directory = await temporaryDirectory();
  const keys = join(directory.path, 'ring.json');
  const run = (...args: readonly string[]) => runCli(['key', ...args, '--keys', keys]);
  const created = await run('create', '2026-q1', '--from', '2026-01-01');
  assert.equal(created.code, 0, created.stderr);
  if (process.platform !== 'win32') assert.equal(statSync(keys).mode & 0o777, 0o600);
  assert.equal((await run('create', '2026-q2', '--from', '2026-04-01', '--overlap', '14')).code, 0);
  const file: { keys: { id: string; key: string; until?: string }[] } = JSON.parse(
    await readFile(keys, 'utf8'),
  );
  assert.deepEqual(
    file.keys.map(({ id, until }) => [id, until]),
    [
      ['2026-q1', '2026-04-15T00:00:00.000000Z'],
      ['2026-q2', undefined],
    ],
  );
  const [first = '', second = ''] = file.keys.map(({ key }) => key);
  assert.notEqual(first, second);
  for (const args of [
    ['list'],
    ['list', '--json'],
    ['create', '2026-q1'],
    ['create', 'a b'],
    ['create', 'x', '--from', 'soon'],
  ]) {
    const { stdout, stderr } = await run(...args);
    assert.ok(!`${stdout}${stderr}`.includes(first), args.join(' '));
  }
  assert.match((await run('list')).stdout, /2026-q1 +2026-01-01T00:00:00.000Z +2026-04-15T00:00:00.000Z/);
  assert.equal((await run('create', '2026-q1')).code, 2);
  assert.ok((await run('list', '--show-secrets')).stdout.includes(first));
  await writeFile(keys, (await readFile(keys, 'utf8')).replace(second, 'c2hvcnQ='));
  const damaged = await run('list');
  assert.equal(damaged.code, 2);
  assert.match(damaged.stderr, /\$\.keys\[1\]\.key has to be/);
});

test('G9 what conceal writes is taken where plain subscribers are refused, and match finds it with the keys of the group alone', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'node'));
  const file = (name: string) => join(directory.path, name);
  const env = { BELLTOWER_SERVER: community.url, BELLTOWER_TOKEN: community.member.token };
  const run = (args: readonly string[], input?: string) =>
    runCli(args, { env, ...(input === undefined ? {} : { input }) });
  await writeFile(file('plain.json'), JSON.stringify(bundle(...plain)));
  await writeFile(file('own.txt'), `# ours\n+32 475 12 34 56\nimsi:${imsi}\nimsi:206019999999999\nhello\n`);
  for (const name of ['ours.json', 'theirs.json']) await run(['key', 'create', 'k1', '--keys', file(name)]);

  const refused = await run(['publish', file('plain.json'), '--collection', community.collection]);
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /takes no objects that name subscribers in plain.*G9/);
  assert.match(refused.stdout, /\$\.pattern {2}It names a subscriber or a device in plain: IMSI/);

  const concealed = await run([
    'conceal',
    file('plain.json'),
    '--keys',
    file('ours.json'),
    '--out',
    file('shared.json'),
  ]);
  assert.equal(concealed.code, 0, concealed.stderr);
  assert.match(concealed.stderr, /replaced IMSI at \$\.pattern of indicator--/);
  const shared = await readFile(file('shared.json'), 'utf8');
  for (const secret of [imsi, number, '475 12 34 56', 'phone-number'])
    assert.ok(!shared.includes(secret), secret);
  const accepted = await run(['publish', file('shared.json'), '--collection', community.collection]);
  assert.equal(accepted.code, 0, accepted.stdout);
  assert.ok(!accepted.stdout.includes('in plain'));

  const match = (keys: string) =>
    run(['match', file('own.txt'), file('shared.json'), '--keys', file(keys), '--json']);
  const found: { value: string; kind: string; object: string }[] = JSON.parse(
    (await match('ours.json')).stdout,
  );
  assert.deepEqual(
    found.map(({ value, kind, object }) => [value, kind, object.split('--')[0]]),
    [
      [`imsi:${imsi}`, 'imsi', 'indicator'],
      ['+32 475 12 34 56', 'msisdn', 'indicator'],
      ['+32 475 12 34 56', 'msisdn', 'concealed-identifier'],
    ],
  );
  assert.equal((await match('theirs.json')).code, 1);

  const ranges = await run(['conceal', '-', '--as', 'range', '--json'], JSON.stringify(plain));
  assert.match(ranges.stdout, /phone-number:value LIKE '32475%'/);
  assert.ok(!ranges.stdout.includes(number));
  assert.equal((await run(['conceal', file('plain.json')])).code, 2, 'codes need a key');
  assert.equal((await run(['conceal', file('plain.json'), '--keys', file('none.json')])).code, 2);
});

test('G9 collection says with --personal-data what becomes of plain subscribers, and publish tells the warnings in words', async () => {
  await using directory = await temporaryDirectory();
  await using community = await startCommunity(join(directory.path, 'node'));
  const run = (token: string, args: readonly string[], input = '') =>
    runCli(args, { env: { BELLTOWER_SERVER: community.url, BELLTOWER_TOKEN: token }, input });
  const administer = (...args: readonly string[]) => run(community.operator, ['collection', ...args]);
  const created = await administer(
    'create',
    'Open',
    '--alias',
    'open',
    '--audience',
    'community',
    '--personal-data',
    'warn',
  );
  assert.match(created.stdout, /personal data +warn/);
  const publish = () =>
    run(community.member.token, ['publish', '-', '--collection', 'open'], JSON.stringify(bundle(...plain)));
  const warned = await publish();
  assert.equal(warned.code, 0, warned.stdout + warned.stderr);
  assert.match(
    warned.stdout,
    /accepted with a warning: \$\.value {2}It names .*telephone number of a subscriber \(G9\)/,
  );
  const changed = await administer('change', 'open', '--personal-data', 'refuse');
  assert.match(changed.stdout, /Those that are here already stay/);
  assert.match((await administer('show', 'open')).stdout, /personal data +refuse/);
  assert.equal((await publish()).code, 1);
});
