import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

// Somebody else's HMAC: the one that Python brings along.

const vectors = fileURLToPath(
  new URL('../../packages/telecom/src/privacy/conceal-vectors.ndjson', import.meta.url),
);
const program = `
import base64, hashlib, hmac, json, sys
count = 0
for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    text = "\\0".join(["belltower-conceal-v1", row["of"], row["normal"]])
    code = hmac.new(base64.b64decode(row["key"]), text.encode("utf-8"), hashlib.sha256).hexdigest()
    assert code == row["value"], row
    count += 1
print(count)
`;

test('what Belltower conceals, Python conceals to the same codes', () => {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program, vectors], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.ok(Number(stdout) > 40, stdout);
});
