import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

test('a second implementation, in Python, gives every object of the interop file of telecom types the same id', () => {
  const program = path('stix-telecom-ids.py');
  const interop = path('../../docs/stix-telecom/interop.ndjson');
  const { status, stdout, stderr, error } = spawnSync('python3', [program, interop], { encoding: 'utf8' });
  assert.equal(error, undefined);
  assert.equal(status, 0, stderr);
  assert.ok(Number(stdout) >= 72, stdout);
});
