import assert from 'node:assert/strict';
import { isTimestamp } from '@belltower/stix';
import fc from 'fast-check';
import { type ReadIndicators, readIndicators } from '../../indicator/read-indicator.ts';
import { targetPaths } from '../../indicator/target-paths.ts';
import { telecomProperties } from '../../indicator/telecom-targets.ts';

const moment = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(moment));
/** When the indicators of these tests are written. */
export const now = moment;

let made = 0;

/** An indicator with a number of its own. */
export function indicator(pattern: string, more: Readonly<Record<string, unknown>> = {}) {
  made += 1;
  return {
    type: 'indicator',
    id: `indicator--00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    name: 'Bad',
    pattern,
    pattern_type: 'stix',
    valid_from: '2026-01-01T00:00:00Z',
    ...more,
  };
}

export function read(...objects: readonly object[]): ReadIndicators {
  return readIndicators(objects, { now });
}

/** A text as a pattern has it. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** Texts that would be more than a value wherever they are not written as one. */
export const nasty: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'a"; drop; sid:1;)',
    'x\nalert ip any any -> any any (sid:1;)',
    '1.1.1.1 }; flush ruleset',
    '*.example',
    '=cmd()',
    "' or '1'=='1",
    'evil.example',
    '198.51.100.1',
    '2001:db8::/32',
    '32475000001',
    '206011234567890',
    'http://a.example/"|;x',
    'http://a.example/a=b|c\\d',
    'http://a.example/?q=*&x=\\*',
    '\u202e',
    '$INCLUDE /etc/passwd',
    'a;b.example',
    '( x.example',
    '#!include "x"',
    '*/ exit; /*',
    '}\nroute{ exec("x"); }',
    '$\u007bSHELL(id)}',
    '&anchor !!tag *alias',
    "- 'a': {b: c} # d",
    '--- \n...',
    'sip:user@bad.example',
    'sip:"a;b"@bad.example;x=y',
    '\u2028',
    'a\tb=c|d',
  ),
);

const kindsOfPath = [
  ...[...targetPaths.keys()].filter((path) => !path.includes('-ext')),
  ...[...telecomProperties].flatMap(([type, properties]) => properties.map((name) => `${type}:${name}`)),
];
const userAgent = "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'";

const values = fc
  .record({ path: fc.constantFrom(...kindsOfPath, userAgent), value: nasty })
  .map(({ path, value }) => ({ pattern: `[${quotedPath(path)} = ${quoted(value.toWellFormed())}]` }));

/** Rules of others, some of which begin well. */
const rules = nasty.chain((text) =>
  fc.constantFrom(
    { pattern_type: 'suricata', pattern: text },
    { pattern_type: 'snort', pattern: `alert ip any any -> any any (msg:"${text}"; sid:1;)` },
    { pattern_type: 'yara', pattern: `rule a { condition: true } ${text}` },
    { pattern_type: 'yara', pattern: `rule b { strings: $a = "${text}" condition: $a }` },
    {
      pattern_type: 'sigma',
      pattern: `title: ${text}\nlogsource: {category: dns}\ndetection: {a: [x], condition: a}`,
    },
    {
      pattern_type: 'sigma',
      pattern: `title: a\nlogsource: {category: dns}\ndetection: {a: ['x'], condition: a}\n${text}`,
    },
  ),
);

/** Indicators in which strangers have put what they liked. */
export const hostileObjects = fc.array(
  fc
    .record({
      content: fc.oneof({ weight: 3, arbitrary: values }, { weight: 1, arbitrary: rules }),
      name: nasty,
      id: nasty,
    })
    .map(({ content, name, id }) =>
      indicator('', {
        ...content,
        name,
        id,
        description: name,
        indicator_types: [name],
        valid_until: '2027-01-01T00:00:00Z',
      }),
    ),
  { maxLength: 8 },
);

/** The same as far as their patterns can be read. */
export const hostileIndicators = hostileObjects.map(
  (objects) => read(...objects.filter(({ pattern_type }) => pattern_type === 'stix')).indicators,
);

function quotedPath(path: string): string {
  return path.replace(/(?<!')SHA-\d+/, "'$&'");
}
