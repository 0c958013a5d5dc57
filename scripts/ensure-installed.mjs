// Makes `npm run …` work in a fresh clone: installs the locked packages when they are missing or older than the lock
// file. Runs on whatever Node the user has (20.19 or newer) and needs no package. Progress goes to standard error, so
// that scripts can read standard output.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Belltower needs Node 20.19 or newer to install itself; this is ${process.version}.`);
  process.exit(2);
}

const lock = readFileSync(`${root}/package-lock.json`, 'utf8');
const stamp = `${root}/node_modules/.belltower-lock`;
const installed =
  existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(`${root}/node_modules/.bin/node`);
if (!installed) {
  console.error('Installing the packages that Belltower needs (once; about half a minute) …');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--foreground-scripts=false'];
  const npm = process.env.npm_execpath;
  const run = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  // Standard output of npm is sent to our standard error.
  const result = spawnSync(run[0], run[1], { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) {
    console.error("The installation failed; npm's own message is above.");
    process.exit(2);
  }
  writeFileSync(stamp, lock);
}
