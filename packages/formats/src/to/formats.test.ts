import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targetKinds } from '../indicator/target.ts';
import { targetPaths } from '../indicator/target-paths.ts';
import { writeNftables } from './nftables.ts';
import { writePlainList } from './plain-list.ts';
import { writeRpz } from './rpz.ts';
import { writeSuricata } from './suricata.ts';
import { indicator, now, quoted, read } from './testing/hostile-indicators.ts';
import { writeYara } from './yara.ts';
import { writeZeekIntel } from './zeek-intel.ts';

/** Patterns, and the values that a list takes from them. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  "[ipv4-addr:value = '198.51.100.7']": ['ipv4 198.51.100.7'],
  "[ipv4-addr:value IN ('198.51.100.7', '198.51.100.8')] OR [domain-name:value = 'Bad.Example.org.']": [
    'ipv4 198.51.100.7',
    'ipv4 198.51.100.8',
    'domain bad.example.org',
  ],
  "[ipv4-addr:value ISSUBSET '203.0.113.0/24' OR ipv6-addr:value = '2001:DB8:0:0::1']": [
    'ipv4 203.0.113.0/24',
    'ipv6 2001:db8::1',
  ],
  "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '198.51.100.9' AND network-traffic:dst_port = 443]":
    ['ipv4 198.51.100.9 443'],
  "[ipv4-addr:value = '203.0.113.77/24' OR ipv6-addr:value ISSUBSET '2001:db8:1::1/32']": [
    'ipv4 203.0.113.0/24',
    'ipv6 2001:db8::/32',
  ],
  "[ipv4-addr:value ISSUBSET '0.0.0.0/0']": [],
  "[network-traffic:src_ref.value = '198.51.100.9' AND network-traffic:src_port IN (80, 443)]": [
    'ipv4 198.51.100.9 80',
    'ipv4 198.51.100.9 443',
  ],
  "[network-traffic:src_ref.value = '198.51.100.9' AND network-traffic:dst_port = 443]": [],
  "[ipv4-addr:value = '198.51.100.9' AND network-traffic:src_port = 1 AND network-traffic:dst_port = 2]": [],
  "[file:name LIKE '123%']": [],
  "[ss7-point-code:value = '2-13-1' AND ss7-point-code:format = 'china-24']": ['point-code china-24:2-13-1'],
  "[ss7-global-title:value LIKE '32475%' AND ss7-global-title:numbering_plan = 'e214']": [
    'global-title e214:32475*',
  ],
  "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND file:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']":
    ['sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  "[file:hashes.md5 = 'd41d8cd98f00b204e9800998ecf8427e']": ['md5 d41d8cd98f00b204e9800998ecf8427e'],
  "[ss7-global-title:value LIKE '32475%']": ['global-title 32475*'],
  "[mobile-subscriber-id:id_type = 'imsi' AND mobile-subscriber-id:value = '206011234567890']": [
    'imsi 206011234567890',
  ],
  "[mobile-subscriber-id:id_type = 'supi' AND mobile-subscriber-id:value = 'imsi-206011234567890']": [
    'imsi 206011234567890',
  ],
  "[mobile-subscriber-id:id_type = 'suci' AND mobile-subscriber-id:value = 'suci-0-206-01-0-0-0-1']": [],
  "[mobile-subscriber-id:value LIKE '2060112%']": ['imsi-range 2060112*'],
  "[mobile-equipment-id:id_type IN ('imei', 'imeisv') AND mobile-equipment-id:value = '490154203237518']": [],
  "[mobile-equipment-id:value IN ('490154203237518', '49015420')]": ['imei 490154203237518', 'tac 49015420'],
  "[mobile-equipment-id:id_type = 'imeisv' AND mobile-equipment-id:value = '4901542032375105']": [
    'imei 490154203237518',
  ],
  "[uicc-id:id_type = 'iccid' AND uicc-id:value = '8944110068256270054']": ['iccid 8944110068256270054'],
  "[phone-number:value IN ('32475123456', '+32475123457')]": ['msisdn +32475123456', 'msisdn +32475123457'],
  "[phone-number:value LIKE '+32475%' OR phone-number-range:prefix = '32476']": [
    'number-range 32475*',
    'number-range 32476*',
  ],
  "[phone-number-range:range_start = '32475000000' AND phone-number-range:range_end = '32475999999']": [
    'number-range 32475000000..32475999999',
  ],
  "[phone-number-range:range_start = '32475000000']": [],
  "[ss7-global-title:value = '32475*' AND ss7-global-title:country = 'BE']": ['global-title 32475*'],
  "[ss7-global-title:value = '32475000001' AND ss7-global-title:translation_type = 3]": [],
  "[ss7-point-code:value = '2-13-1']": [],
  "[mobile-network-id:plmn = '206-01']": ['plmn 206-01'],
  "[mobile-network-id:plmn = '206-01' AND mobile-network-id:nid = '0000000000A']": [],
  "[mobile-cell:plmn = '206-01' AND mobile-cell:cell_type = 'cgi' AND mobile-cell:value = '1234-56789']": [
    'cell cgi:206-01-1234-56789',
  ],
  "[mobile-cell:value = '1234-56789']": [],
  "[telecom-nf:nf_instance_id = '0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e']": [
    'nf-instance 0da20af4-3f4e-4a3b-9f6d-1e2c3b4a5d6e',
  ],
  "[network-slice:value = '1-0000FF']": ['s-nssai 1-0000FF'],
  "[network-slice:value = '1-0000FF' AND network-slice:plmn = '206-01']": [],
  "[sip-identity:value IN ('sip:alice@example.org', 'tel:+32475123456')]": [
    'sip-uri sip:alice@example.org',
    'msisdn +32475123456',
  ],
  [`[concealed-identifier:id_type = 'imsi' AND concealed-identifier:key_id = 'group.2026' AND concealed-identifier:value = '${'0a'.repeat(32)}']`]:
    [`concealed imsi:group.2026:${'0a'.repeat(32)}`],
  [`[concealed-identifier:value = '${'0a'.repeat(32)}']`]: [],
  [`[concealed-identifier:value = '${'0a'.repeat(32)}' AND concealed-identifier:key_id = 'group.2026']`]: [
    `concealed group.2026:${'0a'.repeat(32)}`,
  ],
  '[signalling-message:op_code = 71]': [],
  "[diameter-node:value = 'HSS.example.org']": ['diameter-host hss.example.org'],
  "[sms-sender:value = 'mybank' OR access-point-name:value = 'internet']": [
    'sms-sender mybank',
    'apn internet',
  ],
  "[uicc-id:value = '89049032123451234512345678901235']": ['eid 89049032123451234512345678901235'],
  "[diameter-node:value = 'evil.example.org' AND diameter-node:node_kind = 'realm']": [
    'diameter-realm evil.example.org',
  ],
  "[(domain-name:value = 'a.example' OR domain-name:value = 'b.example') AND domain-name:value = 'c.example']":
    [],
  "[domain-name:value = 'a.example'] AND [domain-name:value = 'b.example']": [],
  "[domain-name:value = 'a.example'] FOLLOWEDBY [domain-name:value = 'b.example']": [],
  "[domain-name:value = 'a.example'] WITHIN 5 SECONDS": [],
  "[domain-name:value != 'a.example']": [],
  "[NOT domain-name:value = 'a.example']": [],
  "[domain-name:value MATCHES '^a']": [],
  "[process:name = 'x']": [],
  "[ipv4-addr:value = '198.51.100.7 } ; flush ruleset']": [],
  'no pattern': [],
};

for (const [pattern, expected] of Object.entries(patterns)) {
  test(`STIX 2.1 §9: a list takes ${expected.length} values from ${pattern.slice(0, 70)}`, () => {
    const { indicators, losses } = read(indicator(pattern));
    const found = indicators.flatMap(({ targets }) =>
      targets.map(({ kind, value, port }) => [kind, value, port].filter(Boolean).join(' ')),
    );
    assert.deepEqual(found, expected);
    assert.equal(losses.length > 0, expected.length === 0, JSON.stringify(losses));
  });
}

test('STIX 2.1 §4.7: what is revoked, expired or not valid yet is left out, and said to be', () => {
  const pattern = "[domain-name:value = 'a.example']";
  const { indicators, losses } = read(
    indicator(pattern, { revoked: true }),
    indicator(pattern, { valid_until: now }),
    indicator(pattern, { valid_from: '2027-01-01T00:00:00Z' }),
    { type: 'malware', id: 'malware--1' },
  );
  assert.deepEqual(
    [indicators.length, losses.map(({ what }) => what)],
    [0, ['indicator', 'indicator', 'indicator']],
  );
});

test('STIX 2.1 §3.6: of several versions of an indicator the newest counts, wherever it stands', () => {
  const old = indicator("[domain-name:value = 'a.example']", { modified: '2026-01-01T00:00:00.000Z' });
  const revoked = { ...old, modified: '2026-01-02T00:00:00.000Z', revoked: true };
  assert.deepEqual(read(old, revoked).indicators, []);
  assert.deepEqual(read(revoked, old).indicators, []);
});

test('a list without ports has an address once, and tells which ports it was meant for', () => {
  const { indicators } = read(
    indicator("[ipv4-addr:value = '198.51.100.7' AND network-traffic:dst_port = 443]"),
    indicator("[ipv4-addr:value = '198.51.100.7']"),
  );
  const { text, losses } = writePlainList(indicators);
  assert.equal(text, '198.51.100.7\n');
  assert.deepEqual(
    losses.map(({ what }) => what),
    ['port 443'],
  );
});

test('Zeek: a value that looks like a comment, an escape or nothing is what it is', () => {
  const names = ['#fields', 'C:\\x41', '-'];
  const { indicators } = read(...names.map((name) => indicator(`[file:name = ${quoted(name)}]`)));
  const [, ...lines] = writeZeekIntel(indicators).text.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => line.split('\t')[0]),
    ['\\x23fields', 'C:\\x5cx41', '\\x2d'],
  );
});

test('RPZ: a name that ends as a trigger does is none', () => {
  const { indicators } = read(
    indicator("[domain-name:value = '1.0.0.0.0.rpz-client-ip']"),
    indicator("[url:value = 'http://32.1.0.0.127.rpz-ip/']"),
    indicator("[domain-name:value = 'rpz-ip.example']"),
  );
  const { text, losses } = writeRpz(indicators, { zone: 'rpz.example', serial: 1 });
  assert.deepEqual(
    text.split('\n').filter((line) => line.includes('rpz-')),
    ['rpz-ip.example CNAME . ; Bad', '*.rpz-ip.example CNAME .'],
  );
  assert.equal(losses.length, 2);
});

test('nftables: loading again takes nothing away but what the sets held', () => {
  const { text } = writeNftables(read(indicator("[ipv4-addr:value = '198.51.100.7']")).indicators, { now });
  assert.match(
    text,
    /^flush set inet belltower belltower_ipv4\nadd element inet belltower belltower_ipv4 \{$/m,
  );
  assert.doesNotMatch(text, /delete/);
});

test('nftables: ranges in each other are listed as long as the longest, and what ends has a timeout', () => {
  const until = (hours: number) => ({
    valid_until: new Date(Date.parse(now) + hours * 3_600_000).toISOString(),
  });
  const { indicators } = read(
    indicator("[ipv4-addr:value ISSUBSET '203.0.113.0/24']", until(1)),
    indicator("[ipv4-addr:value = '203.0.113.9']"),
    indicator("[ipv4-addr:value ISSUBSET '203.0.113.128/25']", until(2)),
    indicator("[ipv4-addr:value = '203.0.113.200']", until(1)),
    indicator("[ipv4-addr:value IN ('198.51.100.7', '198.51.100.8')]"),
    indicator("[ipv4-addr:value = '198.51.100.9']", until(1)),
    indicator("[ipv6-addr:value ISSUBSET '2001:db8::/32']", { valid_until: '2999-01-01T00:00:00Z' }),
    indicator("[mac-addr:value = '00:1a:2b:3c:4d:5e']", until(1)),
  );
  const elements = [...writeNftables(indicators, { now }).text.matchAll(/^ {2}([0-9a-f].*?),?$/gm)].map(
    ([, element]) => element,
  );
  assert.deepEqual(elements, [
    '198.51.100.7-198.51.100.8',
    '198.51.100.9 timeout 3600s',
    '203.0.113.0-203.0.113.8 timeout 3600s',
    '203.0.113.9',
    '203.0.113.10-203.0.113.127 timeout 3600s',
    '203.0.113.128-203.0.113.255 timeout 7200s',
    '2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
    '00:1a:2b:3c:4d:5e timeout 3600s',
  ]);
});

test('Suricata: a port of TCP and UDP, and no host for an encrypted address below it', () => {
  const { text, losses } = writeSuricata(
    read(
      indicator("[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port = 443]"),
      indicator("[url:value = 'https://shared.example/bad']"),
      indicator("[url:value = 'https://198.51.100.7/']"),
      indicator("[url:value = 'https://bad.example/']"),
    ).indicators,
  );
  assert.deepEqual(
    text.split('\n').map((line) => line.replace(/ \(.*/, '')),
    [
      'alert tcp $HOME_NET any -> 198.51.100.7 443',
      'alert udp $HOME_NET any -> 198.51.100.7 443',
      'alert tls $HOME_NET any -> $EXTERNAL_NET any',
      '',
    ],
  );
  assert.equal(losses.length, 2);
});

test('a pattern has so many alternatives at the most, whichever way they multiply', () => {
  const some = Array.from({ length: 10 }, (_, index) => `domain-name:value = 'a${index}.example'`).join(
    ' OR ',
  );
  const observation = `[(${some}) AND (${some}) AND (${some}) AND (${some})]`;
  const pattern = Array.from({ length: 150 }, () => observation).join(' OR ');
  const started = process.cpuUsage().user;
  const { losses } = read(indicator(`[domain-name:value = 'b.example'] OR ${pattern}`));
  assert.ok(losses.some(({ why }) => /more than 10000/.test(why)));
  assert.ok(process.cpuUsage().user - started < 1_500_000);
});

test('YARA: rules of one name stand in a file once, and imports before all rules', () => {
  const yara = { pattern_type: 'yara' };
  const { indicators } = read(
    indicator('import "pe"\nrule A { condition: pe.is_pe }', yara),
    indicator('private rule A { condition: true }', yara),
    indicator('rule B { condition: A }', yara),
    indicator('not a rule', yara),
  );
  const { text, count, losses } = writeYara(indicators);
  assert.equal(count, 2);
  assert.match(text, /^import "pe"\nrule A .*rule B /s);
  assert.deepEqual(
    losses.map(({ what }) => what),
    ['rule A', 'rule'],
  );
});

test('YARA: no rule of one indicator decides over those of others, takes them away, or reads files of whoever compiles', () => {
  const yara = { pattern_type: 'yara' };
  const left = {
    'include "/etc/shadow"\nrule C { condition: true }': /includes/,
    'rule C { condition: true }\ninclude/**/"//host/share/x"': /includes/,
    'rule C { condition: false } /* ': /no end/,
    'rule C { strings: $a = "x condition: $a }': /no end/,
    'rule C { strings: $a = /x condition: $a }': /no end/,
    'rule C { condition: true } \u0000': /NUL/,
    'rule C { condition: false': /braces/,
    'rule C { condition: false } }': /braces/,
    'rule C { condition: true } global rule D { condition: false }': /global/,
    'rule C { condition: true } rule A { condition: false }': /name/,
    'rule C { condition: true } rule C { condition: false }': /name/,
    '// rule C { condition: true }': /no YARA rule/,
    'import "a/b" rule C { condition: false }': /no module/,
    [`rule C { condition: true } ${'/*'.repeat(200_000)}`]: /no end/,
    [`${'"\\'.repeat(200_000)}`]: /no end/,
  };
  const kept =
    'rule B { /* } */ meta: m = "global rule A {" strings: $a = { E2 // }\n 34 } $b = /include "\\/*{/ condition: $a or $b }';
  const { indicators } = read(
    indicator('rule A { condition: true }', yara),
    ...Object.keys(left).map((pattern) => indicator(pattern, yara)),
    indicator(kept, yara),
  );
  const { text, losses } = writeYara(indicators);
  assert.equal(text, `rule A { condition: true }\n\n${kept}\n\n`);
  assert.equal(losses.length, Object.keys(left).length);
  for (const [index, why] of Object.values(left).entries()) assert.match(losses[index]?.why ?? '', why);
});

test('Suricata: of the rules that indicators carry, those that only alert are taken, each number once', () => {
  const carried = indicator(
    [
      '# a comment',
      'alert ip any any -> any any (msg:"a"; \\',
      '  sid:1; rev:1;)',
      'pass ip any any -> any any (sid:2;)',
      'alert ip any any -> any any (bypass; sid:3;)',
      'alert ip any any -> any any (dataset:isset,x,type string,load /etc/passwd; sid:4;)',
      'alert ip any any -> any any (BYPASS; sid:5;)',
      'alert ip any any -> any any (Lua:evil.lua; sid:6;)',
      'alert ip any any -> any any (FileMD5:/etc/passwd; sid:7;)',
      'alert ip any any -> any any (sid:8; SID:9;)',
      'alert ip any any -> any any (SID:1; rev:3;)',
      'alert ip any any -> any any (sid:1; rev:2;)',
      'alert ip any any -> any any (msg:"none";)',
      'include /etc/suricata/other.rules',
    ].join('\n'),
    { pattern_type: 'suricata' },
  );
  const { text, count, losses } = writeSuricata(read(carried).indicators);
  assert.equal(text, 'alert ip any any -> any any (msg:"a";    sid:1; rev:1;)\n');
  assert.deepEqual([count, losses.length], [1, 11]);
});

test('Suricata: a rule keeps its number from one writing to the next, and no two have the same', () => {
  const { indicators } = read(
    ...Array.from({ length: 300 }, (_, index) =>
      indicator(`[domain-name:value = 'host${index}.example.org']`),
    ),
  );
  const sids = (text: string) => [...text.matchAll(/sid:(\d+);/g)].map(([, sid]) => sid);
  const first = sids(writeSuricata(indicators).text);
  assert.equal(new Set(first).size, first.length);
  assert.deepEqual(new Set(sids(writeSuricata(indicators.toReversed()).text)), new Set(first));
});

test('the kinds of targets are those that paths name', () => {
  const named = new Set<string>(targetPaths.values());
  for (const kinds of Object.values(patterns)) for (const text of kinds) named.add(text.split(' ')[0] ?? '');
  for (const kind of targetKinds) assert.ok(named.has(kind), kind);
});
