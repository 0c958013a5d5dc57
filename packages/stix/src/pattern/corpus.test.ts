import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkPattern } from './check-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import { printPattern } from './print-pattern.ts';
import { withoutOffsets } from './testing/without-offsets.ts';

const SHARED = process.env['BELLTOWER_SHARED'] ?? join(import.meta.dirname, '../../../../../shared');
const CORPUS = join(SHARED, 'data/conformance/pattern-syntax.ndjson');
const STIX = join(SHARED, 'data/stix');

/** Where this package judges otherwise than the corpus, and why. A line that is no exception any more fails. */
const EXCEPTIONS: readonly { readonly begins: string; readonly why: string }[] = [
  {
    begins: "([win-registry-key:key = 'hkey_local_machine\\\\foo\\\\bar']) WITHIN 5 SECONDS WITHIN 6",
    why: '§9.5.1 forbids two qualifiers of a kind on any observation expression, in parentheses as well.',
  },
  {
    begins: "[network-traffic:src_port = 37020 AND user-account:user_id = 'root'] START",
    why: '§9.5 wants all operands of AND to be satisfiable with the same object.',
  },
  { begins: "[x:created = t'2024-02-30", why: '§2.16 means days that exist.' },
  { begins: "[x:created = t'2024-04-31", why: '§2.16 means days that exist.' },
  { begins: "[x:created = t'2023-02-29", why: '§2.16 means days that exist.' },
];

function isValid(pattern: string): boolean {
  const parsed = parsePattern(pattern);
  return parsed.ok && !checkPattern(parsed.pattern).some(({ level }) => level === 'must');
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

test('the public corpus of patterns is judged as it should be', { skip: !existsSync(CORPUS) }, () => {
  const lines = readFileSync(CORPUS, 'utf8').trim().split('\n');
  const used = new Set<string>();
  for (const line of lines) {
    const { pattern, valid }: { pattern: string; valid: boolean } = JSON.parse(line);
    const exception = EXCEPTIONS.find(({ begins }) => pattern.startsWith(begins));
    if (exception !== undefined) used.add(exception.begins);
    assert.equal(isValid(pattern), exception === undefined ? valid : !valid, pattern);
  }
  assert.equal(used.size, EXCEPTIONS.length);
  assert.ok(lines.length >= 87);
});

test('the patterns of published indicators parse and print', { skip: !existsSync(STIX) }, () => {
  const files = readdirSync(STIX, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  let count = 0;
  for (const file of files) {
    for (const pattern of patternsIn(readJson(join(STIX, file)))) {
      const parsed = parsePattern(pattern);
      assert.ok(parsed.ok, `${file}: ${pattern}: ${parsed.ok ? '' : parsed.errors[0]?.message}`);
      const again = parsePattern(printPattern(parsed.pattern));
      assert.ok(again.ok);
      assert.deepEqual(withoutOffsets(again.pattern), withoutOffsets(parsed.pattern));
      count += 1;
    }
  }
  assert.ok(count > 0);
});

function patternsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const isStix = 'pattern_type' in value && value.pattern_type === 'stix';
  const own = isStix && 'pattern' in value && typeof value.pattern === 'string' ? [value.pattern] : [];
  return [...own, ...Object.values(value).flatMap(patternsIn)];
}

/** The patterns printed in §9 of the standard, some with invented names (§9.1 to §9.6). */
const STANDARD: readonly string[] = [
  "[user-account:value = 'Peter']",
  "[ipv4-addr:value = '203.0.113.1' OR ipv4-addr:value = '203.0.113.2']",
  "([ipv4-addr:value = '198.51.100.5'] FOLLOWEDBY [ipv4-addr:value = '198.51.100.10'])",
  "([ipv4-addr:value = '198.51.100.5' ] AND [ipv4-addr:value = '198.51.100.10']) WITHIN 300 SECONDS",
  "[file:name = 'foo.dll'] START t'2016-06-01T00:00:00Z' STOP t'2016-07-01T00:00:00Z'",
  "[ipv4-addr:value = '198.51.100.5'] AND [ ipv4-addr:value = '198.51.100.10']",
  '[file:size = 25536]',
  "[ipv4-addr:value = '198.51.100.1/32']",
  "[ipv4-addr:value = '198.51.100.1/32' OR ipv4-addr:value = '203.0.113.33/32' OR ipv6-addr:value = '2001:0db8:dead:beef:dead:beef:dead:0001/128'] REPEATS 5 TIMES",
  "([ipv4-addr:value = '198.51.100.1/32' OR ipv4-addr:value = '203.0.113.33/32' OR ipv6-addr:value = '2001:0db8:dead:beef:dead:beef:dead:0001/128'] FOLLOWEDBY [domain-name:value = 'example.com']) WITHIN 600 SECONDS",
  "[ network-traffic:src_ref.value = '203.0.113.10' AND network-traffic:dst_ref.value = '198.51.100.58' ]",
  "[(type-a:property_j = 'W' AND type-a:property_k = 'X') OR (type-b:property_m = 'Y' AND type-b:property_n = 'Z')]",
  "[type-a:property_j = 'W' AND type-a:property_k = 'X' OR type-a:property_l = 'Z']",
  "([file:hashes.'SHA-256' = '13987239847'] AND [windows-registry-key:key = 'hkey']) WITHIN 120 SECONDS",
  "[x:a = 'b' ] FOLLOWEDBY [ x:c = 'd' ] REPEATS 5 TIMES",
  "([ x:a = 'b' ] FOLLOWEDBY [ x:c = 'd' ]) REPEATS 5 TIMES",
  '[file:size != 4112 OR file:size > 256 OR file:size < 1024 OR file:size <= 25145 OR file:size >= 33312]',
  "[process:name IN ('proccy', 'proximus', 'badproc')]",
  "[directory:path LIKE 'C:\\\\Windows\\\\%\\\\foo']",
  "[directory:path MATCHES '^C:\\\\\\\\Windows\\\\w+$']",
  "[ipv4-addr:value ISSUBSET '198.51.100.0/24']",
  "[ipv4-addr:value ISSUPERSET '198.51.100.0/24']",
  '[EXISTS windows-registry-key:values]',
  "[artifact:payload_bin = 'this is a test']",
  "[artifact:payload_bin = b'dGhpcyBpcyBhIHRlc3Q=']",
  "[artifact:payload_bin = h'7468697320697320612074657374']",
  "[file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']",
  "[email-message:from_ref.value MATCHES '.+\\\\@example\\\\.com$' AND email-message:body_multipart[*].body_raw_ref.name MATCHES '^Final Report.+\\\\.exe$']",
  "[file:hashes.'SHA-256' = 'bf07a7fbb825fc0aae7bf4a1177b2b31fcf8a3feeaf7092761e18c859ee52a9c' OR file:hashes.MD5 = 'cead3f77f6cda6ec00f57d76c9a6879f']\nAND [file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']",
  "([file:hashes.MD5 = '79054025255fb1a26e4bc422aef54eb4'] FOLLOWEDBY [windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\foo\\\\bar']) WITHIN 300 SECONDS",
  "[user-account:account_type = 'unix' AND user-account:user_id = '1007' AND user-account:account_login = 'Peter'] AND [user-account:account_type = 'unix' AND user-account:user_id = '1008' AND user-account:account_login = 'Paul']",
  "[artifact:mime_type = 'application/vnd.tcpdump.pcap' AND artifact:payload_bin MATCHES '\\\\xd4\\\\xc3\\\\xb2\\\\xa1\\\\x02\\\\x00\\\\x04\\\\x00']",
  "[file:name = 'foo.dll' AND file:parent_directory_ref.path = 'C:\\\\Windows\\\\System32']",
  "[file:extensions.'windows-pebinary-ext'.sections[*].entropy > 7.0]",
  "[file:mime_type = 'image/bmp' AND file:magic_number_hex = h'ffd8']",
  "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '203.0.113.33/32']",
  "[network-traffic:dst_ref.type = 'domain-name' AND network-traffic:dst_ref.value = 'example.com'] REPEATS 5 TIMES WITHIN 1800 SECONDS",
  "[domain-name:value = 'www.5z8.info' AND domain-name:resolves_to_refs[*].value = '198.51.100.1/32']",
  "[url:value = 'http://example.com/foo' OR url:value = 'http://example.com/bar']",
  "[x509-certificate:issuer = 'CN=WEBMAIL' AND x509-certificate:serial_number = '4c:0b:1d:19:74:86:a7:66:b4:1a:bf:40:27:21:76:28']",
  "[(file:name = 'pdf.exe' OR file:size = 371712) AND file:created = t'2014-01-13T07:03:17Z']",
  "[email-message:sender_ref.value = 'jdoe@example.com' AND email-message:subject = 'Conference Info']",
  "[x-usb-device:usbdrive.serial_number = '575833314133343231313937']",
  "[process:command_line MATCHES '^.+>-add GlobalSign.cer -c -s -r localMachine Root$'] FOLLOWEDBY [process:command_line MATCHES'^.+>-add GlobalSign.cer -c -s -r localMachineTrustedPublisher$'] WITHIN 300 SECONDS",
  "[network-traffic:dst_ref.value ISSUBSET '2001:0db8:dead:beef:0000:0000:0000:0000/64']",
  "([file:name = 'foo.dll'] AND [windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\foo\\\\bar']) OR [process:image_ref.name = 'fooproc' OR process:image_ref.name = 'procfoo']",
];

test('§9 every pattern printed in the standard parses', () => {
  for (const pattern of STANDARD) {
    const parsed = parsePattern(pattern);
    assert.ok(parsed.ok, `${pattern}: ${parsed.ok ? '' : parsed.errors[0]?.message}`);
  }
});
