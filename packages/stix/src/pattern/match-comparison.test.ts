import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuMilliseconds } from '../testing/cpu-milliseconds.ts';
import { matchPattern } from './match-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import { readObservations } from './read-observations.ts';
import { bundleOf } from './testing/observed.ts';

const THING = {
  type: 'thing',
  int: 5,
  float: 12.658,
  whole: 12.0,
  bool: true,
  text: 'hello',
  nothing: null,
  lines: 'one\ntwo\n',
  wide: '\u0103lice',
  name: 'alice',
  name_hex: '616c696365',
  name_bin: 'YWxpY2U=',
  bad_hex: 'xyz',
  bad_bin: '=',
  raw_bin: 'A/+A',
  at: '2020-01-01T00:00:00.5Z',
  fine: '2020-01-01T00:00:00.1234567891Z',
  composed: 'caf\u00e9',
  decomposed: 'cafe\u0301',
  combining: 'o\u0300',
  astral: '\u{1f600}',
  private: '\uff5e',
  ip: '198.51.100.17',
  cidr: '198.51.100.0/24',
  ip6: '2001:db8::1',
  list: [1, 2, 3],
  words: ['x', 'y'],
  empty: [],
  deep: [[1, 2], [3]],
  rows: [
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ],
  dict: { 'key-1': 'v', key_2: 7, '': 'blank', 'a.b': 'dot' },
  hashes: { 'SHA-256': 'ab', MD5: 'cd' },
};

const { observations } = readObservations(bundleOf([{ id: 'observed-data--1', objects: [THING] }]));

function matches(pattern: string): boolean {
  const parsed = parsePattern(pattern);
  assert.ok(parsed.ok, parsed.ok ? '' : `${pattern}: ${parsed.errors[0]?.message}`);
  const found = matchPattern(parsed.pattern, observations);
  assert.notEqual(found.kind, 'error');
  return found.kind === 'match';
}

const TABLE: Readonly<
  Record<string, { readonly match: readonly string[]; readonly noMatch: readonly string[] }>
> = {
  '§9.6.1 integers compare with integers and floats': {
    match: [
      'int = 5',
      'int = 5.0',
      'int != 6',
      'int > 4.9',
      'int >= 5',
      'int < 5.1',
      'int <= 5',
      'int NOT < 5',
      'whole = 12',
      'int IN (4, 5.0)',
      'int NOT IN (1)',
    ],
    noMatch: [
      'int = 5.5',
      'int != 5',
      'int > 5',
      'int < 5',
      'int NOT = 5',
      'float = 12',
      'int IN (1)',
      'int NOT IN (5, 6)',
      'int IN ()',
    ],
  },
  '§9.6.1 types that cannot be compared are unequal and have no order': {
    match: [
      "int != 'world'",
      'int != true',
      "int NOT = 'x'",
      "int != h'05'",
      "int != t'2020-01-01T00:00:00Z'",
      'bool != 1',
      "int NOT LIKE '5'",
      "int NOT MATCHES '5'",
      "int NOT ISSUBSET '1.2.3.4'",
      "nothing != 'x'",
      'list != 1',
      "dict != 'v'",
      'text NOT IN (1, 2)',
    ],
    noMatch: [
      "int = 'world'",
      "int > 'a'",
      "int < 'a'",
      'bool = 1',
      "int = h'05'",
      "int LIKE '5'",
      "int MATCHES '5'",
      "int ISSUBSET '1.2.3.4'",
      "nothing = 'x'",
      "nothing < 'x'",
      'list = 1',
      'text > 1',
      "float NOT != 'world'",
    ],
  },
  '§9.2 booleans are equal or not': {
    match: ['bool = true', 'bool != false', 'bool NOT = false', 'bool IN (true, false)'],
    noMatch: ['bool = false', 'bool != true', "bool = 'true'"],
  },
  '§9.6.2 strings compare by code points without normalisation': {
    match: [
      "text = 'hello'",
      "text > 'alice'",
      "text < 'hellp'",
      "text > 'hell'",
      "text <= 'hello'",
      "text < 'hello!'",
      "composed != 'cafe\u0301'",
      "combining < 'z'",
      "astral > '\uff5e'",
      "private < '\u{1f600}'",
      "text IN ('a', 'hello')",
    ],
    noMatch: [
      "text = 'Hello'",
      "text < 'alice'",
      "composed = 'cafe\u0301'",
      "composed < 'cafz'",
      "astral < '\uff5e'",
    ],
  },
  '§9.6.1 LIKE matches the whole text with % and _, in normal form': {
    match: [
      "text LIKE 'he%'",
      "text LIKE '%'",
      "text LIKE 'he__o'",
      "text LIKE '%l%l%'",
      "text LIKE 'hello'",
      "text NOT LIKE 'x%'",
      "composed LIKE 'cafe\u0301'",
      "decomposed LIKE 'caf_'",
      "astral LIKE '_'",
      "lines LIKE 'one%'",
    ],
    noMatch: [
      "text LIKE 'ell'",
      "text LIKE 'HE%'",
      "text LIKE 'he_o'",
      "text LIKE ''",
      "text NOT LIKE 'he%'",
      "astral LIKE '__'",
    ],
  },
  '§9.6.1 MATCHES searches, and dots match line feeds': {
    match: [
      "text MATCHES 'l+'",
      "text MATCHES '^h.*o$'",
      "text MATCHES ''",
      "lines MATCHES 'one.two'",
      "lines MATCHES 'two$'",
      "text MATCHES '(?i)HELLO'",
      "text NOT MATCHES 'z'",
      "decomposed MATCHES '^caf.$'",
      "composed MATCHES 'cafe\u0301'",
      "astral MATCHES '^.$'",
      "text MATCHES '\\\\x68'",
    ],
    noMatch: [
      "text MATCHES 'L+'",
      "text MATCHES '^ell'",
      "lines MATCHES 'one$'",
      "lines MATCHES 'two\\\\z'",
      "text NOT MATCHES 'l'",
    ],
  },
  '§9.6.4 binary properties compare as octets': {
    match: [
      "name_hex = h'616c696365'",
      "name_hex = b'YWxpY2U='",
      "name_hex = 'alice'",
      "name_bin = h'616C696365'",
      "name_bin = b'YWxpY2U='",
      "name_bin = 'alice'",
      "name_bin > 'aardvark'",
      "name_bin < h'616c69636500'",
      "raw_bin = h'03ff80'",
      "raw_bin > h'03fe'",
      "name_bin != '\u0103lice'",
      "name_bin NOT LIKE '%\u0103%'",
      "name_bin LIKE '%lic_'",
      "name_bin MATCHES '^\\\\x61lice$'",
      "raw_bin MATCHES '\\\\xff.'",
      "bad_hex != 'x'",
      "bad_bin != 'x'",
    ],
    noMatch: [
      "name_bin = 'YWxpY2U='",
      "name_hex = '616c696365'",
      "name_bin = '\u0103lice'",
      "name_bin < '\u0103lice'",
      "name_bin > '\u0103lice'",
      "name_bin LIKE '\u0103lice'",
      "bad_hex = 'xyz'",
      "bad_bin = '='",
      "raw_bin = h'03ff'",
    ],
  },
  '§9.2 binary constants compare with strings of low code points': {
    match: ["name = h'616c696365'", "name = b'YWxpY2U='", "name > h'616172'", "wide != h'616c'"],
    noMatch: ["wide = h'616c'", "wide < h'616c'", "wide > h'616c'"],
  },
  '§9.2 timestamps compare as points in time': {
    match: [
      "at = t'2020-01-01T00:00:00.500Z'",
      "at > t'2020-01-01T00:00:00Z'",
      "at < t'2020-01-01T00:00:01Z'",
      "fine > t'2020-01-01T00:00:00.123456789Z'",
      "at IN (t'2020-01-01T00:00:00.50Z')",
      "text != t'2020-01-01T00:00:00Z'",
      "at = '2020-01-01T00:00:00.5Z'",
    ],
    noMatch: [
      "at = t'2020-01-01T00:00:00Z'",
      "text = t'2020-01-01T00:00:00Z'",
      "text < t'2020-01-01T00:00:00Z'",
      "at != t'2020-01-01T00:00:00.5Z'",
    ],
  },
  '§9.6.1 ISSUBSET and ISSUPERSET compare ranges of addresses': {
    match: [
      "ip ISSUBSET '198.51.100.0/24'",
      "ip ISSUBSET '198.51.100.17'",
      "ip ISSUBSET '198.51.100.17/32'",
      "ip ISSUBSET '0.0.0.0/0'",
      "cidr ISSUBSET '198.51.100.99/24'",
      "cidr ISSUPERSET '198.51.100.0/27'",
      "cidr ISSUPERSET '198.51.100.3'",
      "ip6 ISSUBSET '2001:0db8::/32'",
      "ip6 ISSUBSET '2001:db8:0:0:0:0:0:1'",
      "ip NOT ISSUBSET '2001:db8::/32'",
      "cidr NOT ISSUBSET '198.51.100.0/25'",
    ],
    noMatch: [
      "ip ISSUBSET '198.51.101.0/24'",
      "cidr ISSUBSET '198.51.100.0/25'",
      "cidr ISSUPERSET '198.51.0.0/16'",
      "ip ISSUBSET '::/0'",
      "ip6 ISSUBSET '0.0.0.0/0'",
      "ip ISSUBSET 'nonsense'",
      "text ISSUBSET '0.0.0.0/0'",
      "ip ISSUBSET '198.51.100.0/33'",
    ],
  },
  '§9.7.2 list elements by index, or any of them': {
    match: [
      'list[0] = 1',
      'list[*] = 3',
      'list[*] != 1',
      "words[1] = 'y'",
      'deep[*][*] = 3',
      'deep[0][1] = 2',
      'rows[*].b = 4',
      'rows[*].a = 1 AND thing:rows[*].b = 4',
      'list[*] NOT = 2',
      'list[2] IN (3)',
    ],
    noMatch: [
      'list[3] = 1',
      'list[-1] = 3',
      'list[*] = 9',
      'list[3] != 1',
      'empty[*] != 1',
      'deep[*] = 3',
      'int[*] = 5',
      'rows.a = 1',
      'list NOT != 1 AND thing:list[9] = 1',
    ],
  },
  '§9.7.3 dictionary members by key': {
    match: [
      "dict.'key-1' = 'v'",
      'dict.key_2 > 6',
      "dict.'' = 'blank'",
      "dict.'a.b' = 'dot'",
      "hashes.MD5 = 'cd'",
      "hashes.'SHA-256' = 'ab'",
      "hashes[*] = 'ab'",
    ],
    noMatch: [
      "dict.missing = 'v'",
      "dict.missing != 'v'",
      "dict.a.b = 'dot'",
      "hashes.md5 = 'cd'",
      "dict.toString != 'x'",
      "dict.__proto__ != 'x'",
    ],
  },
  '§9.6 a path that is not present is false under every operator': {
    match: [],
    noMatch: [
      'missing = 1',
      'missing != 1',
      'missing NOT = 1',
      'missing NOT != 1',
      "missing NOT LIKE 'x'",
      'missing NOT IN (1)',
      'missing.more[0] != 1',
      "text.more != 'x'",
    ],
  },
};

for (const [title, { match, noMatch }] of Object.entries(TABLE)) {
  test(title, () => {
    for (const comparison of match) assert.ok(matches(`[thing:${comparison}]`), comparison);
    for (const comparison of noMatch) assert.ok(!matches(`[thing:${comparison}]`), comparison);
  });
}

test('§9.6.1 EXISTS asks for the property whatever it holds', () => {
  for (const path of ['thing:int', 'thing:nothing', 'thing:empty', "thing:dict.'a.b'", 'thing:rows[1].a']) {
    assert.ok(matches(`[EXISTS ${path}]`), path);
    assert.ok(!matches(`[NOT EXISTS ${path}]`), path);
  }
  for (const path of ['thing:missing', 'thing:empty[0]', 'thing:int.more']) {
    assert.ok(!matches(`[EXISTS ${path}]`), path);
    assert.ok(matches(`[NOT EXISTS ${path}]`), path);
  }
  assert.ok(!matches('[NOT EXISTS other:int]'), 'there is no object of this type at all');
});

test('§9.5.3 AND binds more than OR between comparisons', () => {
  assert.ok(matches("[thing:int = 5 OR thing:int = 6 AND thing:text = 'x']"));
  assert.ok(!matches("[(thing:int = 5 OR thing:int = 6) AND thing:text = 'x']"));
});

test('§9.4 a regular expression that cannot be evaluated is an error and never a match', () => {
  const parsed = parsePattern("[thing:text MATCHES '(?=x)'] OR [thing:int = 5]");
  assert.ok(parsed.ok);
  const found = matchPattern(parsed.pattern, observations);
  assert.ok(found.kind === 'error' && found.code === 'invalid-pattern');
});

test('a regular expression that backtracks elsewhere takes linear time here', () => {
  const { observations: long } = readObservations(
    bundleOf([{ id: 'observed-data--1', objects: [{ type: 'thing', text: `${'a'.repeat(50_000)}!` }] }]),
  );
  for (const comparison of ["MATCHES '^(a+)+$'", "MATCHES '(a|aa)+$'", "LIKE '%a%a%a%a%a%b'"]) {
    const parsed = parsePattern(`[thing:text ${comparison}]`);
    assert.ok(parsed.ok);
    const start = cpuMilliseconds();
    assert.equal(matchPattern(parsed.pattern, long).kind, 'no-match');
    assert.ok(cpuMilliseconds() - start < 5_000, comparison);
  }
});
