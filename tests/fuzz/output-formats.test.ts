import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutputAbout } from '../../packages/formats/src/index.ts';
import { outputFormatNames, outputFormats, readIndicators } from '../../packages/formats/src/index.ts';
import { isTimestamp } from '../../packages/stix/src/index.ts';
import { fuzz } from '../support/fuzzing.ts';
import { harmless } from '../support/harmless.ts';
import { mutateJson } from '../support/mutate-json.ts';
import { outputGrammars } from '../support/output-grammars.ts';
import { telecomTexts } from '../support/telecom-texts.ts';

// Whatever a stranger puts into an indicator, each format's text is read by its program as what the writer meant, and nothing else.

const now = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(now));
const about: OutputAbout = { now, serial: 7, uuid: '11111111-1111-4111-8111-111111111111' };

const paths = [
  'ipv4-addr:value',
  'ipv6-addr:value',
  'domain-name:value',
  'url:value',
  'email-addr:value',
  'mac-addr:value',
  'autonomous-system:number',
  'file:name',
  'file:hashes.MD5',
  "file:hashes.'SHA-256'",
  "x509-certificate:hashes.'SHA-1'",
  'network-traffic:dst_ref.value',
  "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
  'phone-number:value',
  'ss7-global-title:value',
  'ss7-point-code:value',
  'mobile-subscriber-id:value',
  'mobile-equipment-id:value',
  'mobile-network-id:plmn',
  'diameter-node:value',
  'sip-identity:value',
  'sms-sender:value',
  'access-point-name:value',
];
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Indicators with a text wherever one can stand: as value of every kind, as name, as id, as a pattern and as a rule. */
function indicatorsWith(text: string): readonly Readonly<Record<string, unknown>>[] {
  const common = (number: number, pattern: string, language = 'stix') => ({
    type: 'indicator',
    spec_version: '2.1',
    id: number % 5 === 0 ? `indicator--${text}` : `indicator--${uuid(number)}`,
    created: '2026-01-01T00:00:00.000Z',
    modified: '2026-01-01T00:00:00.000Z',
    name: text,
    description: text,
    indicator_types: [text, 'malicious-activity'],
    external_references: [{ source_name: text, external_id: text, url: text }],
    pattern,
    pattern_type: language,
    valid_from: '2026-01-01T00:00:00Z',
    valid_until: number % 3 === 0 ? text : '2027-01-01T00:00:00Z',
    confidence: number % 101,
  });
  const quoted = text.toWellFormed().replace(/[\\']/g, '\\$&');
  const values = paths.map((path, number) => common(number, `[${path} = '${quoted}']`));
  const rules = ['stix', 'yara', 'suricata', 'snort', 'sigma', text].map((language, number) =>
    common(100 + number, text, language),
  );
  return [...values, ...rules];
}

/** Writes all formats, and now and then twice. */
function checkFormats(objects: readonly Readonly<Record<string, unknown>>[], twice: boolean): void {
  const before = structuredClone(objects);
  for (const name of outputFormatNames) {
    const written = outputFormats[name].write(objects, about);
    try {
      assert.ok(Number.isSafeInteger(written.count) && written.count >= 0);
      outputGrammars[name](written);
      for (const { at, what, why } of written.losses) {
        assert.ok(
          typeof at === 'string' && what !== '' && why !== '' && why.length < 2_000,
          `${what}: ${why}`,
        );
      }
      if (twice)
        assert.deepEqual(outputFormats[name].write(objects, about), written, 'the same comes of the same');
    } catch (cause) {
      throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
  assert.deepEqual(objects, before, 'what is given stays as it was');
}

const rules = [
  'rule a { strings: $x = "a}b" /* } */ $r = /a\\/b"/ condition: $x }',
  'import "pe"\nprivate rule b : tag { meta: a = "b\\"c" condition: pe.number_of_sections == 3 // }\n }',
  'alert tcp any any -> any 80 (msg:"a\\;b"; content:"|41 42|x"; sid:1; rev:2;)',
  'alert http any any -> any any (msg:"x"; pcre:"/a\\/b/i"; reference:url,example.org; sid:77;)',
  'title: A rule\nid: 11111111-2222-4333-8444-555555555555\nlogsource:\n  category: proxy\ndetection:\n  a:\n    c-uri|contains: [x, "y"]\n  condition: a\n',
];
const values = [
  ...Object.values(telecomTexts).flat(),
  '198.51.100.7',
  '203.0.113.0/24',
  '2001:db8::1',
  '2001:db8::/32',
  'bad.example.org',
  'bücher.example',
  'http://user@bad.example.org:8080/a?b="c;d"|e#f',
  'https://bad.example.org',
  'a.b+c@bad.example.org',
  '00:1a:2b:3c:4d:5e',
  'setup (1).exe',
  'C:\\temp\\evil.exe',
  'curl/8.0 (x; "y")',
  'd41d8cd98f00b204e9800998ecf8427e',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
];
const pieces = [
  ...'"\';|\\/(){}[]<>=*?#$&!,.:@+-~`% ',
  '\n',
  '\r\n',
  '\t',
  '\u2028',
  '\u0085',
  '\u202e',
  '\ud800',
  '\0',
  '"; sid:1;) alert ip any any -> any any (msg:"',
  '\nalert ip any any -> any any (sid:1;)',
  ' }; flush ruleset',
  ' }\nrule all { condition: true }',
  '$INCLUDE /etc/passwd',
  '*.',
  '*/ exit; /*',
  '}\nroute{ exec("x"); }',
  '$\u007bSHELL(id)}',
  '=cmd|x',
  "' or '1'=='1",
  '\n---\naction: global',
  '&a *a !!x',
  '%0a',
  'global ',
  'include "x"',
  'import "x"',
  '0.0.0.0/0',
  '::/0',
  'a'.repeat(260),
];

test('whatever is put into indicators, the text of each format keeps its grammar', async (t) => {
  await fuzz(t, {
    corpus: [...values, ...rules],
    pieces,
    check: (text, random) => harmless(() => checkFormats(indicatorsWith(text), random(10) === 0)),
  });
});

test('whatever JSON comes as objects, each format takes it, and its text keeps its grammar', async (t) => {
  await fuzz(t, {
    corpus: values.slice(0, 40).map((value) => JSON.stringify(indicatorsWith(value).slice(18))),
    pieces: [
      ...pieces,
      'null',
      '[]',
      '{}',
      '"type":"report",',
      '"type":"sighting",',
      '"modified":3,',
      '"pattern":null,',
      '"__proto__":{"x":1},',
      '"revoked":true,',
      '"id":"indicator--x",',
      '"object_marking_refs":["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"],',
    ],
    spoil: mutateJson,
    check: (text, random) => {
      const objects = objectsOf(text);
      if (objects === undefined) return;
      harmless(() => {
        checkFormats(objects, random(10) === 0);
        const { indicators } = readIndicators(objects, about);
        assert.ok(indicators.length <= objects.length);
      });
    },
  });
});

function objectsOf(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value)
      ? value.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one))
      : undefined;
  } catch {
    return undefined;
  }
}
