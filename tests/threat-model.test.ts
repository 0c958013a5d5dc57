import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const read = (path: string) => readFile(fileURLToPath(new URL(path, root)), 'utf8');

test('every test that the threat model cites is there, under the title that it gives', async () => {
  const text = (await read('docs/threat-model.md')).replaceAll(/\s+/g, ' ');
  const cited = [...text.matchAll(/`([^`]+\.test\.ts)`: “([^”]+)”/g)];
  // A citation in any other form would not be looked up.
  assert.equal([...text.matchAll(/\.test\.ts`: “/g)].length, cited.length);
  assert.ok(cited.length > 40, `${cited.length} citations`);
  const missing: string[] = [];
  for (const [, file = '', title = ''] of cited) {
    const source = await read(file).catch(() => '');
    const quoted = ["'", '`', '"'].some((mark) => source.includes(`${mark}${title}${mark}`));
    if (!quoted) missing.push(`${file}: ${title}`);
  }
  assert.deepEqual(missing, []);
});
