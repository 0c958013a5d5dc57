// Runs the tests. Arguments are passed on to Node's test runner; files named among them replace the usual ones.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);
const files = given.filter((argument) => !argument.startsWith('-'));
// What needs root, servers of its own or minutes stands in tests/faults and tests/long: `npm run test:long`.
const usual = ['packages/*/src/**/*.test.ts', 'tests/*.test.ts', 'tests/fuzz/*.test.ts'];

const result = spawnSync(
  process.execPath,
  [
    '--test',
    '--test-concurrency=2',
    '--test-timeout=300000',
    ...given.filter((argument) => argument.startsWith('-')),
    ...(files.length > 0 ? files : usual),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    // Threads and child processes start faster when the sources are compiled once.
    env: { ...process.env, NODE_COMPILE_CACHE: `${root}node_modules/.cache/compile` },
  },
);
process.exitCode = result.status ?? 1;
