// Builds a pure package for publication: `npm run build -- stix` writes JavaScript, declarations, README, LICENSE and a
// package.json that points to them into packages/stix/dist, which `npm publish` takes as it is. Inside the repository the
// sources are used as they stand; Node refuses to strip types below node_modules.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name = '', target = join(root, 'packages', name, 'dist')] = process.argv.slice(2);
const source = join(root, 'packages', name);
if (!['stix', 'telecom', 'formats', 'client'].includes(name)) {
  console.error('Which package? npm run build -- stix (or telecom, formats, client)');
  process.exit(2);
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const compile = spawnSync(
  join(root, 'node_modules/.bin/tsc'),
  [
    '-p',
    source,
    '--noEmit',
    'false',
    '--declaration',
    '--rewriteRelativeImportExtensions',
    '--rootDir',
    join(source, 'src'),
    '--outDir',
    target,
  ],
  { stdio: 'inherit' },
);
if (compile.status !== 0) process.exit(1);

const {
  devDependencies: _,
  files: __,
  ...manifest
} = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
manifest.exports = { '.': { types: './index.d.ts', default: './index.js' } };
writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
cpSync(join(source, 'README.md'), join(target, 'README.md'));
cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
