import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';

const program = new URL('./main.ts', import.meta.url).pathname;
const run = promisify(execFile);

function directory(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'belltower-compiled-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function versionWith(environment: Readonly<Record<string, string>>, cwd = '.'): Promise<string> {
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...env } = process.env;
  const { stdout, stderr } = await run(process.execPath, [program, '--version'], {
    env: { ...env, ...environment },
    cwd,
  });
  return stdout + stderr;
}

test('compiled code is kept in the cache of the user', async (t) => {
  const cache = directory(t);
  const said = await versionWith({ XDG_CACHE_HOME: cache });
  const kept = readdirSync(join(cache, 'belltower', 'compiled'), { recursive: true });
  assert(kept.length > 10, `kept: ${kept.join(' ')}`);
  assert.equal(await versionWith({ XDG_CACHE_HOME: cache }), said);
});

test('NODE_COMPILE_CACHE names another directory, and NODE_DISABLE_COMPILE_CACHE keeps nothing', async (t) => {
  const [named, unused, none] = [directory(t), directory(t), directory(t)];
  await versionWith({ XDG_CACHE_HOME: unused, NODE_COMPILE_CACHE: named });
  assert(readdirSync(named).length > 0);
  await versionWith({ XDG_CACHE_HOME: none, NODE_DISABLE_COMPILE_CACHE: '1' });
  assert.deepEqual([...readdirSync(unused), ...readdirSync(none)], []);
});

test('a cache that others could put code into is not used', async (t) => {
  const cache = directory(t);
  mkdirSync(join(cache, 'belltower'));
  chmodSync(join(cache, 'belltower'), 0o777);
  const cwd = directory(t);
  const said = await versionWith({ XDG_CACHE_HOME: cache }, cwd);
  assert.equal(said, await versionWith({ NODE_DISABLE_COMPILE_CACHE: '1' }));
  assert.deepEqual(readdirSync(cwd), []);
  assert.deepEqual(readdirSync(join(cache, 'belltower'), { recursive: true }), ['compiled']);
});

test('a cache that is named by no absolute path is the usual one, and never a folder of where one stands', async (t) => {
  const [home, cwd] = [directory(t), directory(t)];
  for (const named of ['', 'cache']) await versionWith({ HOME: home, XDG_CACHE_HOME: named }, cwd);
  assert.deepEqual(readdirSync(cwd), []);
  assert.deepEqual(readdirSync(join(home, '.cache', 'belltower')), ['compiled']);
});

test('a cache whose place is taken by a file changes nothing', async () => {
  const said = await versionWith({ XDG_CACHE_HOME: program });
  assert.equal(said, await versionWith({ NODE_DISABLE_COMPILE_CACHE: '1' }));
});
