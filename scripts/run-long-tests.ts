// Everything in full: a hundred kills on each engine, half a minute of standing still, ten minutes of hostile clients, a minute for each
// fuzzer. Names of parts leave out the others: `npm run test:long -- crashes mix`. With --quick: the bounded form of `.ci/run`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Part {
  readonly files: readonly string[];
  /** What makes it long; without, the tests' own bounds hold. */
  readonly full: Readonly<Record<string, string>>;
  /** Part of the ordinary suite as well, in its bounded form. */
  readonly ordinary?: true;
}

const parts: Readonly<Record<string, Part>> = {
  crashes: { files: ['tests/crash.test.ts'], full: { BELLTOWER_TEST_CRASHES: '100' }, ordinary: true },
  faults: {
    files: ['tests/faults/*.test.ts'],
    full: { BELLTOWER_TEST_FREEZE_SECONDS: '30', BELLTOWER_TEST_OUTAGES: '10', BELLTOWER_TEST_KILLS: '20' },
  },
  readers: { files: ['tests/readers.test.ts'], full: { BELLTOWER_TEST_RUNS: '100' }, ordinary: true },
  fuzz: { files: ['tests/fuzz/*.test.ts'], full: { BELLTOWER_FUZZ_SECONDS: '60' }, ordinary: true },
  mix: { files: ['tests/long/*.test.ts'], full: { BELLTOWER_TEST_MIX_SECONDS: '600' } },
};

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}: ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
const quick = values.quick === true;
if (!process.env['BELLTOWER_TEST_DATABASE_URL'])
  console.log('BELLTOWER_TEST_DATABASE_URL is not set: what runs on both engines runs on SQLite alone.');

const failed: string[] = [];
for (const [name, { files, full, ordinary }] of Object.entries(parts)) {
  if (positionals.length > 0 ? !positionals.includes(name) : quick && ordinary === true) continue;
  console.log(`\n== ${name}`);
  const started = performance.now();
  const { status } = spawnSync(
    process.execPath,
    // One file after the other: they measure how long others wait, and stop whole processes.
    ['--test', '--test-concurrency=1', '--test-timeout=3600000', ...files],
    { cwd: root, stdio: 'inherit', env: { ...(quick ? {} : full), ...process.env } },
  );
  if (status !== 0) failed.push(name);
  console.log(
    `== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 60_000).toFixed(1)} minutes`,
  );
}
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
