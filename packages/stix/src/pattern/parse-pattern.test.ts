import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePattern } from './parse-pattern.ts';
import { PATTERN_MAX_DEPTH, PATTERN_MAX_LENGTH } from './pattern.ts';
import { withoutOffsets } from './testing/without-offsets.ts';

const ACCEPTED: readonly string[] = [
  '[file:size = 25536]',
  '[file:size = -5]',
  '[a:b = -0.5]',
  '[a:b = true]',
  '[a:b != false]',
  "[a:b = '']",
  "[a:b = b'ABI=']",
  "[a:b = b'AB\nI=']",
  "[a:b = b'']",
  "[a:b = h'ffc3']",
  "[a:b = h'']",
  "[a:b = t'2014-01-13T07:03:17Z']",
  "[a:b = t'2016-12-31T23:59:60Z']",
  "[a:b = t'2014-01-13T07:03:17.123456789Z']",
  "[a:b < 'x']",
  '[a:b <= 1 AND a:b >= 2 AND a:b > 1.5]',
  '[a:b NOT = 1]',
  '[a:b NOT != 1]',
  '[a:b NOT IN (1)]',
  '[a:b IN ()]',
  "[a:b NOT LIKE 'x%']",
  "[a:b MATCHES'^x$']",
  "[a:b NOT MATCHES 'x']",
  "[ipv4-addr:value ISSUBSET '198.51.100.0/24']",
  "[ipv4-addr:value NOT ISSUPERSET '198.51.100.0/24']",
  '[EXISTS windows-registry-key:values]',
  '[NOT EXISTS a:b]',
  "[a:'b-c' = 1]",
  "[a:b.'c.d'.e[*].f[0][1] = 1]",
  "[a:b.'' = 1]",
  '[a:b[-1] = 1]',
  '[_a:_b = 1]',
  "[x509-certificate:issuer = 'CN=WEBMAIL']",
  '[a:t = 1]',
  '[((a:b = 1))]',
  '(([a:b = 1]))',
  "[a:b = 1] START t'2016-06-01T00:00:00Z' STOP t'2016-07-01T00:00:00Z'",
  '[a:b = 1] REPEATS 5 TIMES WITHIN 1800 SECONDS',
  '[a:b = 1] WITHIN 0.5 SECONDS',
  '([a:b = 1] REPEATS 2 TIMES) REPEATS 2 TIMES',
  '[a:b = 1]\u2003AND\u00a0[a:b\r\n=\t2]',
  '[a:b = 1] /* note */ AND // more\n [a:b = 2]',
];

for (const text of ACCEPTED) {
  test(`${JSON.stringify(text)} parses`, () => {
    const parsed = parsePattern(text);
    assert.ok(parsed.ok, parsed.ok ? '' : parsed.errors[0]?.message);
  });
}

/** Text, offset of the error, and words of its message. */
const REJECTED: readonly (readonly [string, number, RegExp])[] = [
  ['', 0, /the pattern ends here/],
  ['file:size = 1280', 0, /square brackets/],
  ['[file:size = 1280', 17, /'\]' to close/],
  ['[file:size = ]', 13, /a constant/],
  ['[file.size = 1]', 5, /colon: file:size/],
  ['[file:hashes.MD5 = cead]', 19, /apostrophes: 'cead'/],
  ['[file:hashes.SHA-256 = 1]', 13, /'SHA-256'/],
  ['[a:b-c = 1]', 3, /hyphen/],
  ['[a:b = "x"]', 7, /apostrophes/],
  ['[a:b = \u2018x\u2019]', 7, /apostrophes/],
  ["[a:b = 'x]", 7, /never closed/],
  ["[a:b = 'C:\\Windows']", 10, /backslash is written twice/],
  ["[a:b = h'abc']", 8, /even number/],
  ["[a:b = h'xy']", 8, /hex/],
  ["[a:b = b'A']", 8, /Base64/],
  ["[a:b = b'A===']", 8, /Base64/],
  ["[a:b = t'2014-01-13T07:03:17']", 8, /ends with 'Z'/],
  ["[a:b = t'2014-01-13t07:03:17z']", 8, /capitals/],
  ["[a:b = t'2014-13-13T07:03:17Z']", 8, /timestamp/],
  ['[a:b = +5]', 7, /without a plus sign/],
  ['[a:b = 007]', 7, /leading zeros/],
  ['[a:b = 9007199254740992]', 7, /2\^53/],
  [`[a:b = ${'9'.repeat(400)}.0]`, 7, /range/],
  ['[a:b = null]', 7, /no null/],
  ['[a:b > true]', 7, /order/],
  ['[a:b =? 1]', 6, /comparison signs/],
  ['[a:b LIKE x]', 10, /apostrophes/],
  ['[a:b MATCHES /x/]', 13, /regular expression is a string/],
  ['[a:b LIKE 5]', 10, /string/],
  ['[a:b CONTAINS 5]', 5, /LIKE/],
  ['[a:b in (1)]', 5, /capitals: IN/],
  ['[a:b IN 1]', 8, /'\('/],
  ['[a:b IN (1,)]', 11, /constant/],
  ['[NOT a:b = 1]', 1, /before the operator/],
  ['[EXISTS a]', 9, /':'/],
  ['[a:b.AND = 1]', 5, /apostrophes/],
  ['[a:b[x] = 1]', 5, /list index/],
  ['[a:b[1.5] = 1]', 5, /list index/],
  ['[a:b = 1 a:c = 2]', 9, /AND or OR/],
  ['[a:b = 1] and [a:c = 1]', 10, /capitals: AND/],
  ['[a:b = 1] THEN [a:c = 1]', 10, /FOLLOWEDBY/],
  ['[a:b = 1] AND', 13, /'\['/],
  ['([a:b = 1]', 10, /'\)'/],
  ['[a:b = 1])', 9, /end of the pattern/],
  ['[a:b = 1] WITHIN 5 MINUTES', 19, /SECONDS only/],
  ['[a:b = 1] WITHIN 0 SECONDS', 17, /positive/],
  ['[a:b = 1] WITHIN -5 SECONDS', 17, /positive/],
  ['[a:b = 1] REPEATS 0 TIMES', 18, /positive/],
  ['[a:b = 1] REPEATS 1.5 TIMES', 18, /integer/],
  ['[a:b = 1] REPEATS 5 TIME', 20, /TIMES/],
  ["[a:b = 1] START '2016-06-01T00:00:00Z' STOP t'2016-06-01T00:00:00Z'", 16, /prefix t/],
  ["[a:b = 1] START t'2016-06-01T00:00:00Z'", 39, /STOP/],
  ['[a:b = 1] WITHIN 5 SECONDS WITHIN 6 SECONDS', 27, /at most one WITHIN/],
  ['[a:b = 1] REPEATS 2 TIMES REPEATS 2 TIMES', 26, /at most one REPEATS/],
  ['[a:b = 1] /* open', 10, /never closed/],
  ['[a:b = 1] # x', 10, /Unexpected character/],
];

for (const [text, offset, message] of REJECTED) {
  test(`${JSON.stringify(text.slice(0, 80))} is refused at ${offset}`, () => {
    const parsed = parsePattern(text);
    assert.ok(!parsed.ok);
    assert.match(parsed.errors[0]?.message ?? '', message);
    assert.equal(parsed.errors[0]?.offset, offset);
    assert.match(parsed.errors[0]?.section ?? '', /^STIX 2\.1 §\d/);
  });
}

test('an error tells its line and its column in code points', () => {
  const parsed = parsePattern("[a:b = '\u{1f600}']\r\nAND\n  [a:'\u{1f600}' ? 1]");
  assert.ok(!parsed.ok);
  assert.equal(parsed.errors[0]?.line, 3);
  assert.equal(parsed.errors[0]?.column, 10);
});

test('§9.5.3 in patterns AND binds more than OR, and OR more than FOLLOWEDBY', () => {
  const parsed = parsePattern('[a:b=1] FOLLOWEDBY [a:b=2] OR [a:b=3] AND [a:b=4]');
  assert.ok(parsed.ok && parsed.pattern.kind === 'followedby');
  const or = parsed.pattern.operands[1];
  assert.ok(or?.kind === 'or');
  assert.equal(or.operands[1]?.kind, 'and');
});

test('§9.5.2 a qualifier belongs to the expression just before it', () => {
  const loose = parsePattern('[a:b=1] FOLLOWEDBY [c:d=1] REPEATS 5 TIMES');
  const tight = parsePattern('[a:b=1] FOLLOWEDBY ([c:d=1] REPEATS 5 TIMES)');
  assert.ok(loose.ok && tight.ok);
  assert.deepEqual(withoutOffsets(loose.pattern), withoutOffsets(tight.pattern));
});

test('a hundred thousand parentheses are refused at the limit', () => {
  for (const [open, middle, close] of [
    ['(', '[a:b=1]', ')'],
    ['', `[${'('.repeat(100_000)}a:b=1`, ''],
  ] as const) {
    const parsed = parsePattern(open.repeat(100_000) + middle + close.repeat(100_000));
    assert.ok(!parsed.ok);
    assert.equal(parsed.errors[0]?.code, 'limit');
  }
  const allowed = `${'('.repeat(PATTERN_MAX_DEPTH)}[a:b=1]${')'.repeat(PATTERN_MAX_DEPTH)}`;
  assert.ok(parsePattern(allowed).ok);
});

test('a text beyond the limit of length is refused', () => {
  const parsed = parsePattern(`[a:b = '${'x'.repeat(PATTERN_MAX_LENGTH)}']`);
  assert.ok(!parsed.ok);
  assert.equal(parsed.errors[0]?.code, 'limit');
});

test('long chains of operators parse without deep recursion', () => {
  const pattern = Array.from({ length: 20_000 }, () => '[a:b=1]').join(' OR ');
  assert.ok(parsePattern(pattern).ok);
  assert.ok(parsePattern(`[${Array.from({ length: 20_000 }, () => 'a:b=1').join(' AND ')}]`).ok);
});
