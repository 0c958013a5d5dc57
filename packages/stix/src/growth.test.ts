import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  canonicalize,
  checkPattern,
  deterministicId,
  effectiveMarking,
  matchPattern,
  parsePattern,
  placeInText,
  printPattern,
  readBundleText,
  readObservations,
  validateBundle,
  validateObject,
} from './index.ts';
import { bundleOf } from './pattern/testing/observed.ts';
import { growthFactor, measureGrowth } from './testing/growth.ts';

// No input from a stranger makes the node work much harder than its length: sixteen times as much takes about sixteen times as long.

/**
 * Between 16 (linear) and 256 (quadratic), with room for a machine that is busy and for caches: maps of a hundred thousand keys take 30 to
 * 130 times as long, as they no longer fit into the processor's. Work that was made quadratic on purpose took 522 times as long.
 */
const steepest = 160;

const unlimited = { depth: 1e9, objects: 1e9, objectLength: 1e9 };
const many = (size: number, item: (n: number) => string, between = '') =>
  Array.from({ length: size }, (_, n) => item(n)).join(between);
const keyed = (size: number, name: (n: number) => string, value: (n: number) => unknown) =>
  Object.fromEntries(Array.from({ length: size }, (_, n) => [name(n), value(n)]));
const nest = (depth: number): unknown => {
  let value: unknown = 1;
  for (let n = 0; n < depth; n += 1) value = { x_a: [value] };
  return value;
};
const indicator = (more: Readonly<Record<string, unknown>>) => ({
  type: 'indicator',
  spec_version: '2.1',
  id: 'indicator--00000000-0000-4000-8000-000000000001',
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-01-01T00:00:00.000Z',
  pattern: "[ipv4-addr:value = '198.51.100.7']",
  pattern_type: 'stix',
  valid_from: '2026-01-01T00:00:00Z',
  ...more,
});
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const marking = (n: number) => `marking-definition--${uuid(n)}`;

interface Row {
  readonly make: (size: number) => unknown;
  readonly work: (input: never) => unknown;
  readonly most?: number;
}

function row<Input>(make: (size: number) => Input, work: (input: Input) => unknown, most?: number): Row {
  return { make, work, ...(most === undefined ? {} : { most }) };
}

const read = (text: string) => readBundleText(text, unlimited);
/** Sixteen times as much is still short enough to be parsed. */
const longestPart = 1_024;
const parse = (text: string) => parsePattern(text);
const validate = (more: Readonly<Record<string, unknown>>) => validateObject(indicator(more));

const rows: Readonly<Record<string, Row>> = {
  'readBundleText: quotes after backslashes': row((n) => `{"objects":[{"a":"${'\\\\'.repeat(n)}"}]}`, read),
  'readBundleText: one escaped quote after the other': row(
    (n) => `{"objects":[{"a":"${'\\"'.repeat(n)}"}]}`,
    read,
  ),
  'readBundleText: backslashes that never end': row((n) => `{"objects":[{"a":"${'\\'.repeat(n)}`, read),
  'readBundleText: many short objects': row((n) => `{"objects":[${many(n, () => '{}', ',')}]}`, read),
  'readBundleText: many keys': row((n) => `{"objects":[{${many(n, (i) => `"k${i}":0`, ',')}}]}`, read),
  'readBundleText: many keys outside': row((n) => `{${many(n, (i) => `"k${i}":0`, ',')},"objects":[]}`, read),
  'readBundleText: many integer keys': row(
    (n) => `{"objects":[{${many(n, (i) => `"${i * 7919}":0`, ',')}}]}`,
    read,
  ),
  'readBundleText: one key again and again': row(
    (n) => `{"objects":[{${many(n, () => '"k":0', ',')}}]}`,
    read,
  ),
  'readBundleText: brackets': row((n) => `{"objects":[${'['.repeat(n)}`, read),
  'readBundleText: spaces': row((n) => `{"objects":[${' '.repeat(n)}]}`, read),
  'readBundleText: spaces behind an object': row((n) => `{"objects":[${many(n, () => '{} ', ',')}]}`, read),
  'readBundleText: a long number': row((n) => `{"objects":[{"a":${'9'.repeat(n)}}]}`, read, 65_536),
  'readBundleText: surrogates': row(
    (n) => `{"objects":[{"a":"${'\\ud83d\\ude00'.repeat(n)}\\ud800"}]}`,
    read,
  ),
  'readBundleText: text that is none at its end': row((n) => `{"objects":[{"a":"${'a'.repeat(n)}"}]}x`, read),
  'placeInText: many lines': row(
    (n) => '\n'.repeat(n),
    (text) => placeInText(text, text.length),
  ),
  'parsePattern: brackets': row((n) => '('.repeat(n), parse, longestPart),
  'parsePattern: comparisons': row((n) => `[${many(n, (i) => `a:b = ${i}`, ' OR ')}]`, parse, longestPart),
  'parsePattern: observations': row(
    (n) => many(n, (i) => `[a:b = ${i}]`, ' FOLLOWEDBY '),
    parse,
    longestPart,
  ),
  'parsePattern: qualifiers': row((n) => `[a:b = 1] ${'REPEATS 2 TIMES '.repeat(n)}`, parse, longestPart),
  'parsePattern: a set': row((n) => `[a:b IN (${many(n, (i) => `'${i}'`, ',')})]`, parse, longestPart),
  'parsePattern: a path': row((n) => `[a:b${'.c'.repeat(n)} = 1]`, parse, longestPart),
  'parsePattern: quotes that never end': row((n) => `[a:b = '${"\\'".repeat(n)}`, parse, longestPart),
  'parsePattern: a number': row((n) => `[a:b = ${'1'.repeat(n)}]`, parse, longestPart),
  'parsePattern: base64 and hexadecimal digits': row(
    (n) => `[a:b = h'${'0f'.repeat(n)}' OR a:b = b'${'QQ=='.repeat(n)}']`,
    parse,
    longestPart,
  ),
  'parsePattern: spaces and comments': row((n) => `${' \t/**/'.repeat(n)}[a:b = 1]`, parse, longestPart),
  'checkPattern: one mistake after the other': row(
    (n) => parsePattern(`[${many(Math.min(n, 20_000), (i) => `ipv4-addr:valeu = ${i % 9}`, ' OR ')}]`),
    (parsed) => (parsed.ok ? [checkPattern(parsed.pattern), printPattern(parsed.pattern)] : undefined),
    longestPart,
  ),
  'validateObject: unknown properties': row(
    (n) =>
      keyed(
        n,
        (i) => `x_property_${i}`,
        () => 1,
      ),
    validate,
  ),
  'validateObject: properties that are almost known': row(
    (n) =>
      keyed(
        n,
        (i) => `descriptio${i}`,
        () => 1,
      ),
    validate,
  ),
  'validateObject: names that are none': row(
    (n) =>
      keyed(
        n,
        (i) => `-${i}`,
        () => 1,
      ),
    validate,
  ),
  'validateObject: a very long name': row((n) => ({ ['k'.repeat(n)]: 1 }), validate, 262_144),
  'validateObject: labels': row(
    (n) => ({ labels: Array.from({ length: n }, (_, i) => `label-${i}`) }),
    validate,
  ),
  'validateObject: the same label': row((n) => ({ labels: Array(n).fill('label') }), validate),
  'validateObject: markings': row(
    (n) => ({ object_marking_refs: Array.from({ length: n }, (_, i) => marking(i)) }),
    validate,
  ),
  'validateObject: granular markings': row(
    (n) => ({
      labels: ['a'],
      granular_markings: Array.from({ length: n }, (_, i) => ({
        marking_ref: marking(i),
        selectors: ['labels.[0]'],
      })),
    }),
    validate,
  ),
  'validateObject: selectors': row(
    (n) => ({
      labels: Array.from({ length: n }, (_, i) => `l${i}`),
      granular_markings: [
        { marking_ref: marking(1), selectors: Array.from({ length: n }, (_, i) => `labels.[${i}]`) },
      ],
    }),
    validate,
  ),
  'validateObject: a selector of many steps': row(
    (n) => ({ granular_markings: [{ marking_ref: marking(1), selectors: [`x_a${'.b'.repeat(n)}`] }] }),
    validate,
  ),
  'validateObject: external references': row(
    (n) => ({
      external_references: Array.from({ length: n }, (_, i) => ({
        source_name: 'cve',
        external_id: `CVE-2026-${i}`,
      })),
    }),
    validate,
  ),
  'validateObject: kill chain phases': row(
    (n) => ({
      kill_chain_phases: Array.from({ length: n }, (_, i) => ({ kill_chain_name: 'a', phase_name: `p${i}` })),
    }),
    validate,
  ),
  'validateObject: extensions': row(
    (n) => ({
      extensions: keyed(
        n,
        (i) => `extension-definition--${uuid(i)}`,
        () => ({ extension_type: 'property-extension' }),
      ),
    }),
    validate,
  ),
  'validateObject: nesting': row((n) => ({ x_a: nest(Math.min(n, 3_000)) }), validate),
  'validateObject: a text of every length': row(
    (n) => ({ name: '-'.repeat(n), description: '🙂'.repeat(n), lang: 'a-'.repeat(n) }),
    validate,
    262_144,
  ),
  'validateObject: a time': row(
    (n) => ({ created: `2026-01-01T00:00:00.${'0'.repeat(n)}` }),
    validate,
    262_144,
  ),
  'validateObject: an address': row(
    (n) => n,
    (n) => [
      validateObject({ type: 'ipv6-addr', id: `ipv6-addr--${uuid(1)}`, value: ':'.repeat(n) }),
      validateObject({ type: 'ipv6-addr', id: `ipv6-addr--${uuid(1)}`, value: '1:'.repeat(n) }),
      validateObject({ type: 'domain-name', id: `domain-name--${uuid(1)}`, value: 'a.'.repeat(n) }),
      validateObject({ type: 'email-addr', id: `email-addr--${uuid(1)}`, value: 'a@'.repeat(n) }),
      validateObject({ type: 'url', id: `url--${uuid(1)}`, value: `http://${'%'.repeat(n)}` }),
      validateObject({ type: 'mac-addr', id: `mac-addr--${uuid(1)}`, value: '0:'.repeat(n) }),
      validateObject({
        type: 'artifact',
        id: `artifact--${uuid(1)}`,
        payload_bin: 'QQ=='.repeat(n),
        mime_type: 'a/'.repeat(n),
      }),
      validateObject({
        type: 'windows-registry-key',
        id: `windows-registry-key--${uuid(1)}`,
        key: '\\'.repeat(n),
      }),
    ],
    65_536,
  ),
  'validateObject: dictionaries': row(
    (n) => n,
    (n) => [
      validateObject({
        type: 'file',
        id: `file--${uuid(1)}`,
        hashes: keyed(
          n,
          (i) => `HASH-${i}`,
          () => 'a',
        ),
      }),
      validateObject({
        type: 'process',
        id: `process--${uuid(1)}`,
        environment_variables: keyed(
          n,
          (i) => `V${i}`,
          () => 'a',
        ),
      }),
    ],
  ),
  'validateBundle: many objects with one id': row(
    (n) => ({ type: 'bundle', id: `bundle--${uuid(1)}`, objects: Array(n).fill(indicator({})) }),
    (value) => validateBundle(value),
    8_192,
  ),
  'canonicalize: many keys in the wrong order': row(
    (n) =>
      keyed(
        n,
        (i) => `k${(i * 7919) % n}`,
        (i) => i,
      ),
    canonicalize,
  ),
  'canonicalize: a long text': row((n) => `"\\\u0001🙂`.repeat(n), canonicalize),
  'deterministicId: many keys': row(
    (n) => ({
      type: 'file',
      hashes: keyed(
        n,
        (i) => `x${i}`,
        () => 'a',
      ),
      name: 'a'.repeat(n),
    }),
    (object) => deterministicId(object),
  ),
  'effectiveMarking: many markings': row(
    (n) => ({ object_marking_refs: Array.from({ length: n }, (_, i) => marking(i)) }),
    (object) => effectiveMarking(object),
  ),
  'effectiveMarking: many granular markings': row(
    (n) => ({
      granular_markings: Array.from({ length: n }, (_, i) => ({ marking_ref: marking(i), selectors: ['a'] })),
    }),
    (object) => effectiveMarking(object),
  ),
  'matchPattern: a regular expression that backtracks elsewhere': row(
    (n) => ({
      text: `${'a'.repeat(n)}!`,
      pattern: "[file:name MATCHES '^(a+)+$' AND file:name MATCHES '(x+x+)+y']",
    }),
    ({ text, pattern }) => match(pattern, [{ id: 'o', objects: [{ type: 'file', name: text }] }]),
  ),
  'matchPattern: LIKE with many wildcards': row(
    (n) => ({ text: 'a'.repeat(n), pattern: `[file:name LIKE '${'%a'.repeat(50)}b']` }),
    ({ text, pattern }) => match(pattern, [{ id: 'o', objects: [{ type: 'file', name: text }] }]),
  ),
  'matchPattern: many observations': row(
    (n) =>
      Array.from({ length: n }, (_, i) => ({
        id: `o${i}`,
        first: i,
        objects: [{ type: 'file', name: 'a' }],
      })),
    (observed) => match("[file:name = 'a'] FOLLOWEDBY [file:name = 'b'] WITHIN 5 SECONDS", observed),
    8_192,
  ),
  'matchPattern: many repetitions': row(
    (n) =>
      Array.from({ length: n }, (_, i) => ({
        id: `o${i}`,
        first: i,
        objects: [{ type: 'file', name: 'a' }],
      })),
    (observed) =>
      match("([file:name = 'a'] AND [file:name = 'a']) REPEATS 100 TIMES WITHIN 3 SECONDS", observed),
    8_192,
  ),
};

function match(pattern: string, observed: Parameters<typeof bundleOf>[0]) {
  const parsed = parsePattern(pattern);
  assert.ok(parsed.ok, pattern);
  return matchPattern(parsed.pattern, readObservations(bundleOf(observed)).observations);
}

for (const [name, { make, work, most }] of Object.entries(rows)) {
  test(`${name}: takes no more than in proportion to its length`, (t) => {
    // What is measured beside others is measured again before it is believed.
    let growth = measureGrowth(make, work as (input: unknown) => unknown, most);
    for (let again = 0; again < 2 && (growth?.ratio ?? 0) > steepest; again += 1) {
      growth = measureGrowth(make, work as (input: unknown) => unknown, most);
    }
    if (growth === undefined) return;
    t.diagnostic(`${growth.ratio.toFixed(1)} times as long for ${growthFactor} times ${growth.size}`);
    assert.ok(
      growth.ratio <= steepest,
      `${growth.ratio.toFixed(1)} times as long for ${growthFactor} times ${growth.size}`,
    );
  });
}
