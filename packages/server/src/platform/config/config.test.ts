import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { allSettings, ConfigError, configVariables, readConfig } from './config.ts';
import { settingRows } from './setting-rows.ts';

test('without any variable every setting has its default, and the whole is frozen', () => {
  const config = readConfig({ PATH: '/bin' });
  assert.equal(config.port, 8021);
  assert.equal(config.heartbeat, 15_000);
  assert.equal(config.databaseUrl, undefined);
  assert.ok(config.dataDirectory.startsWith('/'));
  assert.ok(Object.isFrozen(config) && Object.isFrozen(config.limits));
});

const wrong: readonly [name: string, value: string][] = [
  ['BELLTOWER_PORT', '65536'],
  ['BELLTOWER_PORT', ''],
  ['BELLTOWER_PORT', '80a'],
  ['BELLTOWER_PORT', '1e3'],
  ['BELLTOWER_PORT', '-1'],
  ['BELLTOWER_HOST', ''],
  ['BELLTOWER_PUBLIC_URL', 'ftp://node.example'],
  ['BELLTOWER_PUBLIC_URL', 'node.example'],
  ['BELLTOWER_DATABASE_URL', ''],
  ['BELLTOWER_DATABASE_URL', 'mysql://hunter2@localhost'],
  ['BELLTOWER_LOG_LEVEL', 'loud'],
  ['BELLTOWER_HEARTBEAT_SECONDS', '0'],
  ['BELLTOWER_MAX_BODY_BYTES', '100'],
];

for (const [name, value] of wrong) {
  test(`${name}=${JSON.stringify(value)} is refused by its name, without its value`, () => {
    assert.throws(
      () => readConfig({ [name]: value }),
      (error) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, new RegExp(`^${name}: (?:has to be|may)`));
        return !inspect(error).includes('hunter2');
      },
    );
  });
}

test('every wrong setting is told at once, and a misspelt one by its name', () => {
  const message = `BELLTOWER_PORT: has to be a whole number from 0 to 65535
BELLTOWER_MAX_DEPTH: has to be a whole number from 8 to 512`;
  const told = (text: string) => (error: unknown) =>
    error instanceof ConfigError &&
    error.message.split('\n').sort().join() === text.split('\n').sort().join();
  assert.throws(() => readConfig({ BELLTOWER_PORT: 'x', BELLTOWER_MAX_DEPTH: '1' }), told(message));
  assert.throws(() => readConfig({ BELLTOWER_PROT: '1' }), told('No such setting: BELLTOWER_PROT'));
  const both = `No such setting: BELLTOWER_PROT\nBELLTOWER_MAX_DEPTH: has to be a whole number from 8 to 512`;
  assert.throws(() => readConfig({ BELLTOWER_PROT: '1', BELLTOWER_MAX_DEPTH: '1' }), told(both));
  assert.ok(readConfig({ BELLTOWER_TOKEN: 'bt_x', BELLTOWER_TEST_ANYTHING: '1' }));
});

test('a secret comes from the file that is named, without the end of its line', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'belltower-config-'));
  t.after(() => rm(directory, { recursive: true }));
  const file = join(directory, 'database-url');
  await writeFile(file, 'postgres://me:hunter2@localhost/belltower\n');
  const config = readConfig({ BELLTOWER_DATABASE_URL_FILE: file });
  assert.equal(config.databaseUrl?.reveal(), 'postgres://me:hunter2@localhost/belltower');
  assert.ok(!`${inspect(config)}${JSON.stringify(config)}`.includes('hunter2'));
  const both = { BELLTOWER_DATABASE_URL_FILE: file, BELLTOWER_DATABASE_URL: 'postgres://localhost' };
  assert.throws(() => readConfig(both), /BELLTOWER_DATABASE_URL or BELLTOWER_DATABASE_URL_FILE, not both/);
  const missing = { BELLTOWER_DATABASE_URL_FILE: join(directory, 'nothing') };
  assert.throws(() => readConfig(missing), /BELLTOWER_DATABASE_URL_FILE: .*nothing cannot be read/);
  assert.throws(() => readConfig({ BELLTOWER_PORT_FILE: file }), /No such setting: BELLTOWER_PORT_FILE/);
});

test('each setting is named once, stands in the documentation, and keeps to its own bounds by default', () => {
  assert.equal(new Set(configVariables).size, configVariables.length);
  const rows = settingRows().flatMap(({ rows }) => rows);
  assert.deepEqual(rows.map(({ name }) => name).sort(), allSettings.map(({ name }) => name).sort());
  for (const { name, says, fallback } of rows) {
    assert.match(says, /^[A-Z].*\.$/s, name);
    if (fallback !== undefined) assert.ok(readConfig({ [name]: fallback }), name);
  }
});
