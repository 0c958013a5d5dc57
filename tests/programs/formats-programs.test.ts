import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OutputFormatName } from '../../packages/formats/src/index.ts';
import { outputFormats } from '../../packages/formats/src/index.ts';
import { temporaryDirectory } from '../support/run-cli.ts';
import { about, indicator } from './written.ts';

// What is written is loaded by the programs that it is for. They are not on everybody's machine, so these tests run apart.

const yara = (pattern: string) => indicator(pattern, { pattern_type: 'yara' });
const objects = [
  ...Array.from({ length: 500 }, (_, index) =>
    indicator(`[domain-name:value = 'host-${index}.bad_zone.example']`),
  ),
  ...Array.from({ length: 200 }, (_, index) => indicator(`[ipv4-addr:value = '198.51.${index}.7']`)),
  indicator("[ipv4-addr:value ISSUBSET '203.0.113.0/24']"),
  indicator("[ipv4-addr:value = '203.0.113.9']"),
  indicator("[ipv4-addr:value ISSUBSET '203.0.113.0/25']", { valid_until: '2027-01-01T00:00:00Z' }),
  indicator("[ipv4-addr:value = '192.0.2.1']", { valid_until: '2026-11-23T00:00:00Z' }),
  indicator("[ipv4-addr:value = '192.0.2.2']", { valid_until: '2026-11-24T00:00:00Z' }),
  indicator("[ipv6-addr:value IN ('2001:db8::1', '2001:db8:1:2:3:4:5:6', '::1', '2001:db8::/32')]"),
  indicator("[mac-addr:value = '00:1a:2b:3c:4d:5e']"),
  indicator("[url:value = 'http://bad.example.org/']"),
  indicator("[domain-name:value = 'xn--bcher-kva.example']"),
  yara(
    'import "hash"\nrule Bad : telecom { meta: author = "x" strings: $a = { E2 34 } condition: $a and hash.md5(0, filesize) != "" }',
  ),
  yara('rule Other { condition: false }'),
];

async function load(
  format: OutputFormatName,
  [program, ...args]: readonly [string, ...string[]],
): Promise<string> {
  await using directory = await temporaryDirectory();
  const file = join(directory.path, 'written');
  const { text, count } = outputFormats[format].write(objects, about);
  assert.ok(count > 0);
  await writeFile(file, text);
  const { status, stdout, stderr, error } = spawnSync(
    program,
    args.map((argument) => (argument === 'FILE' ? file : argument)),
    { encoding: 'utf8' },
  );
  assert.equal(error, undefined, `${program} is needed for this test`);
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  return stdout + stderr;
}

test('BIND loads the response policy zone', async () => {
  assert.match(await load('rpz', ['named-checkzone', 'rpz.belltower', 'FILE']), /loaded serial 2026112200/);
});

test('nftables takes the sets, takes them again, and lets each address go at its own time', async () => {
  // In a network of its own: the machine's rules are none of ours.
  const twice = ['sh', '-c', 'nft -f "$0" && nft -f "$0" && nft list ruleset', 'FILE'];
  const listed = await load('nftables', ['unshare', '--net', ...twice]);
  assert.match(listed, /192\.0\.2\.1 timeout 1d expires/);
  assert.match(listed, /192\.0\.2\.2 timeout 2d expires/);
  assert.match(listed, /203\.0\.113\.0\/24(?:,| \})/);
});

test('YARA compiles the rules', async () => {
  await load('yara', ['yara', '--no-warnings', 'FILE', '/etc/hostname']);
});
