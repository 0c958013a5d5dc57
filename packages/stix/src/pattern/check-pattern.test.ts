import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkPattern } from './check-pattern.ts';
import { matchPattern } from './match-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import type { PatternFinding } from './pattern-finding.ts';
import { readObservations } from './read-observations.ts';
import { arbitraryPattern } from './testing/arbitrary-pattern.ts';
import { bundleOf } from './testing/observed.ts';

function check(text: string): readonly PatternFinding[] {
  const parsed = parsePattern(text);
  assert.ok(parsed.ok, parsed.ok ? '' : `${text}: ${parsed.errors[0]?.message}`);
  return checkPattern(parsed.pattern);
}

const CLEAN: readonly string[] = [
  "[file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']",
  "[file:hashes.ssdeep LIKE '3:%']",
  "[file:extensions.'windows-pebinary-ext'.sections[*].entropy > 7.0]",
  "[file:extensions.'x-custom-ext'.anything = 1]",
  '[file:size = 5.0 OR file:size IN (1, 2.5)]',
  "[file:name = h'ffd8' AND file:magic_number_hex = 'x' AND file:magic_number_hex = b'ABI=']",
  "[network-traffic:dst_ref.value ISSUBSET '2001:db8::/32']",
  "[network-traffic:src_ref.resolves_to_refs[*].value = '00:00:5e:00:53:af']",
  "[network-traffic:protocols[*] = 'tcp' AND network-traffic:start > t'2020-01-01T00:00:00Z']",
  '[network-traffic:ipfix.anything = 1]',
  "[email-message:body_multipart[*].body_raw_ref.name MATCHES '^a']",
  "[email-message:additional_header_fields.Received[0] = 'x']",
  '[process:creator_user_ref.is_privileged = true]',
  "[process:parent_ref.parent_ref.image_ref.name = 'x']",
  '[file:contains_refs[*].anything = 1]',
  "[x-usb-device:usbdrive.serial_number = '5']",
  "[ipv4-addr:value = '198.51.100.1' OR domain-name:value = 'example.com']",
  "[(file:name = 'a' OR url:value = 'b') AND file:size = 1]",
  '[EXISTS windows-registry-key:values]',
  "[file:defanged = true AND file:spec_version = '2.1' AND file:id = 'file--1' AND file:type = 'file']",
  "([file:name = 'a'] AND [file:name = 'b']) WITHIN 5 SECONDS",
  "[file:name = 'a'] REPEATS 2 TIMES WITHIN 5 SECONDS",
  "[file:name = 'a'] START t'2020-01-01T00:00:00Z' STOP t'2020-01-01T00:00:01Z'",
];

for (const text of CLEAN) {
  test(`nothing is found in ${text}`, () => assert.deepEqual(check(text), []));
}

type Row = readonly [string, PatternFinding['level'], PatternFinding['code'], RegExp];
const FOUND: readonly Row[] = [
  ["[file:name = 'a' AND url:value = 'b']", 'must', 'different-object-types', /file, url/],
  ["[(file:name = 'a' OR url:value = 'b') AND mutex:name = 'c']", 'must', 'different-object-types', /mutex/],
  ["[ip:value = 'a']", 'should', 'unknown-object-type', /'ipv4-addr'/],
  ["[domain_name:value = 'a']", 'should', 'unknown-object-type', /'domain-name'/],
  ["[foo:bar = 'a']", 'should', 'unknown-object-type', /not an object type/],
  ["[file:nmae = 'a']", 'should', 'unknown-property', /'name'/],
  ["[file:extensions.'pdf-ext'.versoin = 'a']", 'should', 'unknown-property', /'version'/],
  ["[network-traffic:dst_ref.vaule = 'a']", 'should', 'unknown-property', /'value'/],
  ["[file:name.more = 'a']", 'should', 'unknown-property', /no properties/],
  ["[file:name[*] = 'a']", 'should', 'unknown-property', /not a list/],
  [
    "[domain-name:resolves_to_refs.value = 'a']",
    'should',
    'unknown-property',
    /resolves_to_refs\[\*\]\.value/,
  ],
  ["[file:size = '5']", 'should', 'wrong-constant-type', /integer/],
  ['[file:name = 5]', 'should', 'wrong-constant-type', /string/],
  ["[file:mtime = '2020-01-01T00:00:00Z']", 'should', 'wrong-constant-type', /t'2020-01-01T00:00:00Z'/],
  ["[network-traffic:protocols = 'tcp']", 'should', 'wrong-constant-type', /protocols\[\*\]/],
  ["[file:hashes = 'a']", 'should', 'wrong-constant-type', /hashes/],
  ["[file:size LIKE '5%']", 'should', 'wrong-constant-type', /integer/],
  ["[file:size IN ('5', '6')]", 'should', 'wrong-constant-type', /integer/],
  ["[x-a:b IN (1, 'a')]", 'must', 'mixed-list', /one type/],
  ['[x-a:b IN ()]', 'should', 'empty-list', /empty/],
  ["[ipv4-addr:value ISSUBSET '1.2.3']", 'must', 'not-an-ip-range', /CIDR/],
  ["[ipv4-addr:value ISSUPERSET '1.2.3.4/33']", 'must', 'not-an-ip-range', /CIDR/],
  ["[domain-name:value ISSUBSET '1.2.3.4']", 'must', 'not-an-ip-property', /ipv4-addr/],
  ["[file:name MATCHES '[']", 'must', 'bad-regular-expression', /compile/],
  ["[file:name MATCHES '(?=a)b']", 'should', 'unsupported-regular-expression', /look-around/],
  ["[file:name MATCHES '(a)\\\\1']", 'should', 'unsupported-regular-expression', /back-references/],
  ["[file:name MATCHES 'a++']", 'should', 'unsupported-regular-expression', /possessive/],
  ["[x-a:b = t'2023-02-29T00:00:00Z']", 'must', 'no-such-date', /2023-02-29/],
  ["[file:hashes.MD5 = 'f00']", 'must', 'bad-hash', /32/],
  ["[file:hashes.'SHA-1' = 'zz5f8ae9a3a5fabbf4cbb6b0d3a3c8d4f5e6a7b8']", 'must', 'bad-hash', /40/],
  ['[x-a:b[-1] = 1]', 'must', 'negative-index', /from 0/],
  ["[file:hashes[*] = 'a']", 'should', 'dictionary-index', /dictionary/],
  [
    "[x-a:b = 1] START t'2020-01-02T00:00:00Z' STOP t'2020-01-01T00:00:00Z'",
    'should',
    'empty-time-range',
    /before STOP/,
  ],
  [
    "[x-a:b = 1] START t'2020-01-01T00:00:00Z' STOP t'2020-01-01T00:00:00Z'",
    'should',
    'empty-time-range',
    /before STOP/,
  ],
  ["[x-a:b = 1] START t'2020-02-30T00:00:00Z' STOP t'2021-01-01T00:00:00Z'", 'must', 'no-such-date', /02-30/],
  ['[x-a:b = 1] FOLLOWEDBY [x-a:b = 2] WITHIN 5 SECONDS', 'should', 'pointless-within', /single/],
];

for (const [text, level, code, message] of FOUND) {
  test(`${code} is found in ${text}`, () => {
    const findings = check(text);
    assert.deepEqual(
      findings.map((finding) => [finding.level, finding.code]),
      [[level, code]],
    );
    assert.match(findings[0]?.message ?? '', message);
    assert.match(findings[0]?.section ?? '', /^STIX 2\.1 §\d/);
  });
}

test('a finding tells where its comparison or qualifier stands', () => {
  const [first, second] = check("[x-a:b = 1 OR file:size = 'x'] WITHIN 5 SECONDS");
  assert.equal(first?.offset, 14);
  assert.equal(second?.offset, 31);
});

test('checking and matching never throw, whatever the pattern', () => {
  const { observations } = readObservations(
    bundleOf([{ id: 'observed-data--1', count: 3, objects: [{ type: 'a', b: [{ c: 'x' }] }] }]),
  );
  fc.assert(
    fc.property(arbitraryPattern, (pattern) => {
      checkPattern(pattern);
      matchPattern(pattern, observations, { maxSteps: 10_000 });
    }),
    { numRuns: 300 },
  );
});
