import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the pure packages work for somebody who installs them', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'belltower-packages-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@belltower'), { recursive: true });
  for (const name of ['stix', 'telecom', 'formats', 'client']) {
    const built = join(modules, '@belltower', name);
    execFileSync(process.execPath, [join(root, 'scripts/build-package.ts'), name, built], { stdio: 'pipe' });
    const manifest = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      if (dependency.startsWith('@belltower/')) continue;
      mkdirSync(join(modules, dependency, '..'), { recursive: true });
      const link = join(modules, dependency);
      // Two of them may need the same one.
      if (!existsSync(link)) symlinkSync(join(root, 'node_modules', dependency), link);
    }
    const files = readdirSync(built, { recursive: true }).map(String);
    assert.ok(files.includes('README.md') && files.includes('LICENSE') && files.includes('index.d.ts'));
    assert.deepEqual(
      files.filter((file) => /(?<!\.d)\.ts$|\.test\./.test(file)),
      [],
    );
  }
  const program = `
    import { validateObject, parsePattern } from '@belltower/stix';
    import { explain, telecomTypes } from '@belltower/telecom';
    import { extract } from '@belltower/formats';
    import { createTaxiiClient } from '@belltower/client';
    const { errors } = validateObject({ type: 'indicator' });
    console.log(JSON.stringify([errors.length > 0, parsePattern("[a:b = 1]").ok, explain('206-01')[0].title, extract('CVE-2024-1234').found.length, typeof createTaxiiClient, validateObject({ type: 'uicc-id', extensions: {} }, { types: telecomTypes }).errors.length > 2]));`;
  writeFileSync(join(folder, 'main.mjs'), program);
  const output = execFileSync(process.execPath, ['--no-experimental-strip-types', 'main.mjs'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.deepEqual(JSON.parse(output), [true, true, 'mobile network (PLMN)', 1, 'function', true]);
});
