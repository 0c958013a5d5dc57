// Everything that must hold of the source besides its tests: types, lint, format, dead code, import rules, and that
// generated documents are up to date. Runs the checks side by side and prints what failed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => `${root}node_modules/.bin/${name}`;

const checks: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'types', command: [bin('tsc'), '-p', '.'] },
  { name: 'types of @belltower/stix without Node', command: [bin('tsc'), '-p', 'packages/stix'] },
  { name: 'types of @belltower/client without Node', command: [bin('tsc'), '-p', 'packages/client'] },
  { name: 'types of @belltower/telecom without Node', command: [bin('tsc'), '-p', 'packages/telecom'] },
  { name: 'types of @belltower/formats without Node', command: [bin('tsc'), '-p', 'packages/formats'] },
  { name: 'lint and format', command: [bin('biome'), 'ci', '--error-on-warnings', '.'] },
  { name: 'dead code', command: [bin('knip'), '--no-progress'] },
  { name: 'import rules', command: [process.execPath, 'scripts/import-rules.ts'] },
  { name: 'conformance document', command: [process.execPath, 'scripts/conformance.ts', '--check'] },
  {
    name: 'specification of telecom types',
    command: [process.execPath, 'scripts/stix-telecom.ts', '--check'],
  },
  { name: 'tables of the manual', command: [process.execPath, 'scripts/operations-tables.ts', '--check'] },
];

function run({ name, command }: (typeof checks)[number]): Promise<boolean> {
  const [program = '', ...args] = command;
  const started = performance.now();
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) console.log(Buffer.concat(output).toString());
      resolve(code === 0);
    });
  });
}

const results = await Promise.all(checks.map(run));
process.exitCode = results.every(Boolean) ? 0 : 1;
