import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import type { ListedIndicator } from '../indicator/read-indicator.ts';
import type { Written } from '../loss.ts';
import { writeSigma } from './sigma.ts';
import { hostileIndicators, indicator, read } from './testing/hostile-indicators.ts';
import { type YamlValue, yamlDocument } from './yaml-document.ts';

interface Rule {
  readonly [key: string]: unknown;
  readonly title: string;
  readonly id: string;
  readonly logsource: Readonly<Record<string, string>>;
  readonly detection: Readonly<Record<string, unknown>>;
}

function rulesOf({ text }: Written): readonly Rule[] {
  return parseAllDocuments(text, { version: '1.1', strict: true }).map((document) => {
    assert.deepEqual([document.errors, document.warnings], [[], []]);
    const rule = document.toJS({ maxAliasCount: 0 });
    assertRule(rule);
    return rule;
  });
}

/** What the JSON schema of Sigma's rules (2.0) asks for. */
function assertRule(rule: Rule): asserts rule is Rule {
  const { title, id, logsource, detection } = rule;
  assert.ok(typeof title === 'string' && title.length > 0 && title.length <= 256);
  assert.match(id, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  for (const value of Object.values(logsource)) assert.equal(typeof value, 'string');
  const { condition, ...searches } = detection;
  assert.equal(typeof condition, 'string');
  assert.ok(Object.keys(searches).length > 0);
  for (const search of Object.values(searches)) assert.ok(typeof search === 'object' && search !== null);
  const optional: Readonly<Record<string, (value: unknown) => boolean>> = {
    status: (value) =>
      ['stable', 'test', 'experimental', 'deprecated', 'unsupported'].includes(String(value)),
    level: (value) => ['informational', 'low', 'medium', 'high', 'critical'].includes(String(value)),
    description: (value) => typeof value === 'string' && value.length <= 65_535,
    date: isDay,
    modified: isDay,
    references: (value) => isSet(value, /^./),
    falsepositives: (value) => isSet(value, /^.{2,}$/),
    tags: (value) => isSet(value, /^[a-z0-9_-]+\.[a-z0-9._-]+$/),
  };
  for (const [name, fits] of Object.entries(optional))
    if (rule[name] !== undefined) assert.ok(fits(rule[name]), `${name}: ${JSON.stringify(rule[name])}`);
}

function isDay(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12][0-9]|3[01])$/.test(value);
}

function isSet(value: unknown, form: RegExp): boolean {
  return Array.isArray(value) && new Set(value).size === value.length && value.every((one) => form.test(one));
}

const domain = "[domain-name:value = 'bad.example']";

test('Sigma: each indicator has a rule for every log that can show its values', () => {
  const one = indicator(
    "[domain-name:value = 'bad.example' OR ipv4-addr:value = '198.51.100.7' OR ipv4-addr:value ISSUBSET '203.0.113.0/24'" +
      " OR (ipv6-addr:value = '2001:db8::1' AND network-traffic:dst_port = 443) OR url:value = 'http://bad.example'" +
      " OR url:value = 'http://bad.example/a?b=*' OR file:name = 'evil.exe' OR file:name = 'C:\\\\a\\\\evil.exe'" +
      " OR file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' OR email-addr:value = 'a@bad.example']",
  );
  const { losses, indicators } = read(one);
  assert.deepEqual(losses, []);
  const found = rulesOf(writeSigma(indicators)).map(({ logsource, detection }) => [
    logsource['category'],
    detection,
  ]);
  assert.deepEqual(found, [
    [
      'dns',
      {
        selection_1: { query: ['bad.example'] },
        selection_2: { 'query|endswith': ['.bad.example'] },
        condition: '1 of selection_*',
      },
    ],
    [
      'proxy',
      {
        selection_1: { 'cs-host': ['bad.example'] },
        selection_2: { 'cs-host|endswith': ['.bad.example'] },
        condition: '1 of selection_*',
      },
    ],
    [
      'proxy',
      {
        selection_1: { 'c-uri|startswith': ['http://bad.example/', 'http://bad.example/a\\?b=\\*'] },
        condition: '1 of selection_*',
      },
    ],
    [
      'firewall',
      {
        selection_1: { dst_ip: ['198.51.100.7'] },
        selection_2: { src_ip: ['198.51.100.7'] },
        selection_3: { 'dst_ip|cidr': ['203.0.113.0/24'] },
        selection_4: { 'src_ip|cidr': ['203.0.113.0/24'] },
        selection_5: { dst_ip: '2001:db8::1', dst_port: 443 },
        condition: '1 of selection_*',
      },
    ],
    [
      'process_creation',
      {
        selection_1: { 'Hashes|contains': ['MD5=D41D8CD98F00B204E9800998ECF8427E'] },
        condition: '1 of selection_*',
      },
    ],
    [
      'file_event',
      {
        selection_1: { 'TargetFilename|endswith': ['\\\\evil.exe', '/evil.exe', 'C:\\\\a\\\\evil.exe'] },
        condition: '1 of selection_*',
      },
    ],
    ['email', { selection_1: ['a@bad.example'], condition: '1 of selection_*' }],
  ]);
});

test('Sigma: what an indicator says of itself stands in its rule', () => {
  const amberStrict = 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003';
  const [rule] = rulesOf(
    writeSigma(
      read(
        indicator(domain, {
          name: "It's \u{1f600}\u2028bad",
          confidence: 80,
          created: '2026-02-03T04:05:06Z',
          modified: 'not a day',
          valid_until: '2027-01-01T00:00:00Z',
          object_marking_refs: [amberStrict],
          external_references: [
            {
              source_name: 'mitre-attack',
              external_id: 'T1071.004',
              url: 'https://attack.mitre.org/techniques/T1071/004',
            },
            { source_name: 'mitre-attack', external_id: 'T1071.004\n- x' },
            { source_name: 'cve', external_id: 'CVE-2021-44228', url: 'javascript:x' },
          ],
        }),
      ).indicators,
    ),
  );
  assert.ok(rule !== undefined);
  const { title, level, date, modified, tags, references, description } = rule;
  assert.deepEqual(
    { title, level, date, modified, tags, references },
    {
      title: "It's \u{1f600} bad: asked for in DNS",
      level: 'high',
      date: '2026-02-03',
      modified: undefined,
      tags: ['tlp.amber-strict', 'attack.t1071.004', 'cve.2021-44228'],
      references: ['https://attack.mitre.org/techniques/T1071/004'],
    },
  );
  assert.match(String(description), /Valid until 2027/);
});

test('Sigma: a rule keeps its id from one writing to the next, and its level follows the confidence', () => {
  const all = [undefined, 0, 29, 30, 69, 70, 100].map((confidence) =>
    indicator(domain.replace('bad', `bad${confidence}`), { confidence }),
  );
  const rules = rulesOf(writeSigma(read(...all).indicators)).filter(
    ({ logsource }) => logsource['category'] === 'dns',
  );
  assert.deepEqual(
    rules.map(({ level }) => level),
    ['medium', 'low', 'low', 'medium', 'medium', 'high', 'high'],
  );
  const again = rulesOf(writeSigma(read(...all.toReversed()).indicators));
  assert.deepEqual(
    new Set(rules.map(({ id }) => id)),
    new Set(again.filter(({ logsource }) => logsource['category'] === 'dns').map(({ id }) => id)),
  );
  assert.equal(new Set(again.map(({ id }) => id)).size, again.length);
});

const carried = (pattern: string) => indicator(pattern, { pattern_type: 'sigma' });
const good = `title: Good
id: 929a690e-bef0-4204-a928-ef5e620d6fcc
date: 2026-01-02
logsource: {category: process_creation, product: windows}
detection:
    selection:
        Image|endswith: '\\whoami.exe'
        EventID: [1, 0x10]
    condition: selection
level: high`;

test('Sigma: a rule that an indicator carries is passed on', () => {
  const [rule, ...others] = rulesOf(writeSigma(read(carried(good)).indicators));
  assert.deepEqual(rule, parse(good, { schema: 'core' }));
  assert.deepEqual(others, []);
});

const refused: Readonly<Record<string, RegExp>> = {
  [`${good}\nfilter: {rules: [a]}`]: /filter/,
  [`${good}\naction: global`]: /collection/,
  'title: a\ncorrelation: {type: event_count}': /correlation/,
  'title: a\nlogsource: {category: x}\ndetection: {condition: x}': /looks for/,
  'title: a\ndetection: {a: {b: c}, condition: a}': /which logs/,
  'logsource: {category: x}\ndetection: {a: {b: c}, condition: a}': /no title/,
  [good.replace(/^id: .*$/m, 'id: x')]: /UUID/,
  'just words': /no rule/,
  'a: &a [x]\nb: *a': /alias/,
  'a: "': /no YAML/,
  'a: 1\na: 2': /no YAML/,
  [`a: ${'['.repeat(20)}${']'.repeat(20)}`]: /too deep/,
  [`a: ${'['.repeat(60_000)}`]: /deep|YAML/,
  [`${'- '.repeat(30_000)}a`]: /deep|YAML/,
  [`a: [${'1,'.repeat(11_000)}]`]: /too many/,
  [`a: ${'x'.repeat(70_000)}`]: /longer/,
  'a: .inf': /no rule/,
};

for (const [text, why] of Object.entries(refused)) {
  test(`Sigma: a carried rule is left out that begins ${JSON.stringify(text.slice(-40))}`, () => {
    const started = process.cpuUsage().user;
    const { count, losses } = writeSigma(read(carried(text)).indicators);
    assert.equal(count, 0);
    assert.match(losses[0]?.why ?? '', why);
    assert.ok(process.cpuUsage().user - started < 2_000_000);
  });
}

test('Sigma: of two carried rules with one id the first is taken', () => {
  const again = good.replace(/^id: .*$/m, (line) => line.toUpperCase().replace('ID', 'id'));
  const { count, losses } = writeSigma(read(carried(`${good}\n---\n${good}\n---\n${again}`)).indicators);
  assert.deepEqual([count, losses.length], [1, 2]);
});

test('Sigma: no carried rule takes the id of one that is made of an indicator', () => {
  const made = read(indicator("[domain-name:value = 'bad.example']")).indicators;
  const id = /^id: '(.*)'$/m.exec(writeSigma(made).text)?.[1] ?? '';
  const hostile = read(carried(good.replace(/^id: .*$/m, `id: ${id.toUpperCase()}`))).indicators;
  const { text, losses } = writeSigma([...hostile, ...made]);
  assert.equal(text, writeSigma(made).text);
  assert.equal(losses.length, 1);
});

/** Values that a field of rules looks for, without Sigma's escapes. */
function valuesOf(rules: readonly Rule[], field: string): readonly string[] {
  return rules.flatMap(({ detection }) =>
    Object.values(detection).flatMap((search) => {
      const values = typeof search === 'object' && search !== null ? Reflect.get(search, field) : undefined;
      return Array.isArray(values) ? values.map((value) => String(value).replace(/\\([\\*?])/g, '$1')) : [];
    }),
  );
}

test('Sigma: whatever stands in an indicator, its rules are YAML and look for its values', () => {
  fc.assert(
    fc.property(hostileIndicators, (indicators: readonly ListedIndicator[]) => {
      const written = writeSigma(indicators);
      assert.doesNotMatch(written.text, /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Cf}]/u);
      const rules = rulesOf(written);
      assert.equal(rules.length, written.count);
      const targets = indicators.flatMap(({ targets: own }) => own);
      const of = (kind: string) =>
        new Set(targets.filter((target) => target.kind === kind).map(({ value }) => value));
      assert.deepEqual(new Set(valuesOf(rules, 'query')), of('domain'));
      assert.deepEqual(new Set(valuesOf(rules, 'c-useragent')), of('user-agent'));
    }),
    { numRuns: 300 },
  );
});

test('YAML 1.2: what is written is read as the same, in both versions of YAML', () => {
  const value: fc.Arbitrary<YamlValue> = fc.letrec<{ value: YamlValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
      fc.constantFrom(
        '',
        'no',
        '1',
        '~',
        '2026-01-01',
        '- a',
        'a: b',
        "it's",
        '#',
        '\u{e000}',
        '\u{f0000}',
        '\ufeff',
        '\ufffe',
      ),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 4 },
      ),
    ),
  })).value;
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('a', 'no', 'b|c', 'd e', "f'"), value, { minKeys: 1 }),
      (document) => {
        const text = yamlDocument(document);
        for (const version of ['1.1', '1.2'] as const)
          assert.deepEqual(parse(text, { version, maxAliasCount: 0 }), JSON.parse(JSON.stringify(document)));
      },
    ),
  );
});
