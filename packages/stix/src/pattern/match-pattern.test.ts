import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuMilliseconds } from '../testing/cpu-milliseconds.ts';
import { matchPattern, type PatternMatch } from './match-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import { readObservations } from './read-observations.ts';
import { bundleOf, type Observed, timestampAt } from './testing/observed.ts';

function person(id: string, at: Omit<Observed, 'id' | 'objects'>, properties: object): Observed {
  return { id, ...at, objects: [{ type: 'person', ...properties }] };
}

const ALICE = person('alice', { first: 0 }, { name: 'alice', age: 10 });
const BOB = person('bob', { first: 5 }, { name: 'bob', age: 15 });
const CAROL = person('carol', { first: 10 }, { name: 'carol', age: 22 });

function match(pattern: string, observed: readonly Observed[], maxSteps?: number): PatternMatch {
  const parsed = parsePattern(pattern);
  assert.ok(parsed.ok, parsed.ok ? '' : `${pattern}: ${parsed.errors[0]?.message}`);
  const { observations, problems } = readObservations(bundleOf(observed));
  assert.deepEqual(problems, []);
  return matchPattern(parsed.pattern, observations, maxSteps === undefined ? {} : { maxSteps });
}

/** Pattern, and the ids that match by time, or undefined for none. */
const PEOPLE: readonly (readonly [string, readonly string[] | undefined])[] = [
  ["[person:name = 'alice']", ['alice']],
  ["[person:name = 'zoe']", undefined],
  ["[person:name = 'bob'] AND [person:name = 'alice']", ['alice', 'bob']],
  ["[person:name = 'alice'] AND [person:age = 10]", undefined],
  ['[person:age < 20] AND [person:age < 20]', ['alice', 'bob']],
  ['[person:age < 20] AND [person:age < 20] AND [person:age < 20]', undefined],
  ["[person:name = 'zoe'] OR [person:name = 'carol']", ['carol']],
  ["[person:name = 'carol'] OR [person:name = 'alice']", ['carol']],
  ["[person:name = 'zoe'] OR [person:name = 'yves']", undefined],
  ["[person:name = 'alice'] FOLLOWEDBY [person:name = 'bob']", ['alice', 'bob']],
  ["[person:name = 'bob'] FOLLOWEDBY [person:name = 'alice']", undefined],
  ["[person:name = 'alice'] FOLLOWEDBY [person:age = 10]", undefined],
  ['[person:age < 20] FOLLOWEDBY [person:age < 20]', ['alice', 'bob']],
  [
    "[person:name = 'alice'] FOLLOWEDBY [person:name = 'bob'] FOLLOWEDBY [person:name = 'carol']",
    ['alice', 'bob', 'carol'],
  ],
  [
    "([person:name = 'bob'] FOLLOWEDBY [person:name = 'carol']) AND [person:name = 'alice']",
    ['alice', 'bob', 'carol'],
  ],
  ["[person:name = 'bob'] FOLLOWEDBY [person:name = 'carol'] AND [person:name = 'alice']", undefined],
  ["[person:age > 20] OR [person:name = 'x'] AND [person:name = 'y']", ['carol']],
  ["([person:age > 20] OR [person:name = 'x']) AND [person:name = 'y']", undefined],
  ['[person:age > 0] REPEATS 3 TIMES', ['alice', 'bob', 'carol']],
  ['[person:age > 0] REPEATS 4 TIMES', undefined],
  ["[person:name = 'bob'] WITHIN 0.0001 SECONDS", ['bob']],
  ["([person:name = 'alice'] AND [person:name = 'bob']) WITHIN 6 SECONDS", ['alice', 'bob']],
  ["([person:name = 'alice'] AND [person:name = 'bob']) WITHIN 5.000001 SECONDS", ['alice', 'bob']],
  ["([person:name = 'alice'] AND [person:name = 'bob']) WITHIN 5 SECONDS", undefined],
  ["[person:name = 'alice'] AND [person:name = 'bob'] WITHIN 1 SECONDS", ['alice', 'bob']],
  ['[person:age > 0] REPEATS 2 TIMES WITHIN 6 SECONDS', ['alice', 'bob']],
  ['[person:age > 0] REPEATS 3 TIMES WITHIN 6 SECONDS', undefined],
  [`[person:name = 'bob'] START t'${timestampAt(5)}' STOP t'${timestampAt(6)}'`, ['bob']],
  [`[person:name = 'bob'] START t'${timestampAt(0)}' STOP t'${timestampAt(5)}'`, undefined],
  [`[person:name = 'bob'] START t'${timestampAt(6)}' STOP t'${timestampAt(6)}'`, undefined],
  [`[person:age > 0] REPEATS 2 TIMES START t'${timestampAt(0)}' STOP t'${timestampAt(6)}'`, ['alice', 'bob']],
  [`[person:age > 0] START t'${timestampAt(0)}' STOP t'${timestampAt(6)}' REPEATS 3 TIMES`, undefined],
  [
    `([person:name = 'alice'] AND [person:name = 'carol']) START t'${timestampAt(0)}' STOP t'${timestampAt(6)}'`,
    undefined,
  ],
  ["[person:name = 'alice'] START t'2020-02-30T00:00:00Z' STOP t'2021-01-01T00:00:00Z'", undefined],
];

for (const [pattern, expected] of PEOPLE) {
  test(`§9.5 ${pattern} ${expected === undefined ? 'matches nothing' : `matches ${expected.join(', ')}`}`, () => {
    const found = match(pattern, [CAROL, ALICE, BOB]);
    assert.deepEqual(
      found,
      expected === undefined ? { kind: 'no-match' } : { kind: 'match', observedDataIds: expected },
    );
  });
}

test('§9.1 an observed-data stands for number_observed observations and no more', () => {
  const many = [
    person('a', { first: 0, count: 2 }, { age: 10 }),
    person('b', { first: 3, count: 3 }, { age: 17 }),
    person('c', { first: 4, count: 2 }, { age: 22 }),
  ];
  const table: readonly (readonly [string, boolean])[] = [
    ['[person:age < 20] REPEATS 5 TIMES', true],
    ['[person:age < 20] REPEATS 6 TIMES', false],
    ['[person:age = 10] AND [person:age = 10]', true],
    ['([person:age < 20] REPEATS 2 TIMES) REPEATS 2 TIMES', true],
    ['([person:age < 20] REPEATS 2 TIMES) REPEATS 3 TIMES', false],
    ['[person:age > 0] REPEATS 5 TIMES WITHIN 2 SECONDS', true],
    ['[person:age > 0] REPEATS 6 TIMES WITHIN 2 SECONDS', false],
    ['([person:age < 30] AND [person:age > 0]) WITHIN 5 SECONDS REPEATS 3 TIMES', true],
    ['([person:age < 30] FOLLOWEDBY [person:age < 20]) REPEATS 2 TIMES', true],
  ];
  for (const [pattern, expected] of table) {
    assert.equal(match(pattern, many).kind, expected ? 'match' : 'no-match', pattern);
  }
});

test('§9.1 an observation of a span may be at any time in it', () => {
  const wide = [
    person('a', { first: 0, last: 10 }, { name: 'a' }),
    person('b', { first: 4, last: 5 }, { name: 'b' }),
  ];
  const table: readonly (readonly [string, boolean])[] = [
    ["[person:name = 'a'] FOLLOWEDBY [person:name = 'b']", true],
    ["[person:name = 'b'] FOLLOWEDBY [person:name = 'a']", true],
    ["([person:name = 'a'] AND [person:name = 'b']) WITHIN 1 SECONDS", true],
    [`[person:name = 'a'] START t'${timestampAt(9)}' STOP t'${timestampAt(20)}'`, true],
    [`[person:name = 'a'] START t'${timestampAt(11)}' STOP t'${timestampAt(20)}'`, false],
    [
      `[person:name = 'a'] START t'${timestampAt(6)}' STOP t'${timestampAt(9)}' FOLLOWEDBY [person:name = 'b']`,
      false,
    ],
    [
      `([person:name = 'a'] START t'${timestampAt(9)}' STOP t'${timestampAt(20)}' AND [person:name = 'b']) WITHIN 4 SECONDS`,
      false,
    ],
  ];
  for (const [pattern, expected] of table) {
    assert.equal(match(pattern, wide).kind, expected ? 'match' : 'no-match', pattern);
  }
});

test('§9.5 all comparisons of an observation expression start from the same object', () => {
  const two: Observed = {
    id: 'two',
    objects: [
      { type: 'network-traffic', id: 'network-traffic--1', src_ref: 'ipv4-addr--1' },
      { type: 'ipv4-addr', id: 'ipv4-addr--1', value: '203.0.113.10' },
      { type: 'network-traffic', id: 'network-traffic--2', dst_ref: 'ipv4-addr--2' },
      { type: 'ipv4-addr', id: 'ipv4-addr--2', value: '198.51.100.58' },
    ],
  };
  const source = "network-traffic:src_ref.value = '203.0.113.10'";
  const destination = "network-traffic:dst_ref.value = '198.51.100.58'";
  assert.equal(match(`[${source}]`, [two]).kind, 'match');
  assert.equal(match(`[${destination}]`, [two]).kind, 'match');
  assert.equal(match(`[${source} AND ${destination}]`, [two]).kind, 'no-match');
  assert.equal(match(`[${source} OR ${destination}]`, [two]).kind, 'match');
  assert.equal(match(`[${source} AND ipv4-addr:value = '203.0.113.10']`, [two]).kind, 'no-match');
  assert.equal(match(`[${source}] AND [${destination}]`, [two]).kind, 'no-match');
});

test('§9.7.4 references are followed, also in lists and in circles', () => {
  const knows: Observed = {
    id: 'knows',
    objects: [
      { type: 'person', id: 'person--a', name: 'alice', knows_ref: 'person--b' },
      {
        type: 'person',
        id: 'person--b',
        name: 'bob',
        knows_refs: ['person--a', 'person--c', 'person--gone'],
      },
      { type: 'person', id: 'person--c', name: 'carol', knows_refs: ['person--c', 'person--b'] },
    ],
  };
  const table: readonly (readonly [string, boolean])[] = [
    ["[person:knows_ref.name = 'bob']", true],
    ["[person:knows_ref = 'person--b']", true],
    ["[person:knows_ref.type = 'person']", true],
    ["[person:knows_ref.knows_refs[*].name = 'carol']", true],
    ["[person:knows_refs[1].name = 'carol' AND person:name = 'bob']", true],
    ["[person:knows_refs[2].name != 'x' AND person:name = 'bob']", false],
    ["[EXISTS person:knows_refs[2] AND person:name = 'bob']", true],
    ["[person:knows_refs.name = 'carol']", false],
    [`[person:${'knows_refs[*].'.repeat(60)}name = 'carol']`, true],
    ['[person:name.length = 5]', false],
  ];
  for (const [pattern, expected] of table) {
    assert.equal(match(pattern, [knows]).kind, expected ? 'match' : 'no-match', pattern);
  }
});

test('a demand that has to leave an observation to another one is satisfied', () => {
  const three = [
    person('x', { first: 0 }, { a: 1, b: 1, c: 1 }),
    person('y', { first: 0 }, { a: 1, b: 1 }),
    person('z', { first: 0 }, { a: 1 }),
  ];
  const pattern = '[EXISTS person:a] AND [EXISTS person:b] AND [EXISTS person:c]';
  assert.deepEqual(match(pattern, three), { kind: 'match', observedDataIds: ['x', 'y', 'z'] });
  assert.equal(match(`(${pattern}) WITHIN 1 SECONDS`, three).kind, 'match');
  assert.equal(match(`${pattern} AND [EXISTS person:a]`, three).kind, 'no-match');
});

test('a search beyond the budget of steps says so', () => {
  const crowd = Array.from({ length: 30 }, (_, index) =>
    person(`p${index}`, { first: index }, { age: index }),
  );
  const pattern = '([person:age >= 0] FOLLOWEDBY [person:age < 29]) REPEATS 15 TIMES';
  const found = match(pattern, crowd, 100);
  assert.ok(found.kind === 'error' && found.code === 'too-complex');
  const nested = match('(([person:age > 0] FOLLOWEDBY [person:age > 0]) REPEATS 1000000 TIMES)', [
    person('a', { first: 0, count: 999_999_999 }, { age: 1 }),
  ]);
  assert.ok(nested.kind === 'error' && nested.code === 'too-complex');
});

test('ten thousand observations take well under a second', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    person(`p${index}`, { first: index * 10 }, { name: `n${index % 100}`, age: index }),
  );
  const parsed = readObservations(bundleOf(many));
  const table: readonly (readonly [string, string])[] = [
    ["([person:name = 'n6'] FOLLOWEDBY [person:name = 'n5']) WITHIN 900 SECONDS", 'no-match'],
    ['([person:age > 1] AND [person:age > 2] AND [person:age > 3]) WITHIN 19 SECONDS', 'no-match'],
    ['[person:age >= 0] REPEATS 10000 TIMES', 'match'],
    ["([person:name = 'n1'] FOLLOWEDBY [person:name = 'n0']) REPEATS 10 TIMES", 'match'],
    ["([person:name = 'n1'] FOLLOWEDBY [person:name = 'n0']) REPEATS 100 TIMES", 'no-match'],
  ];
  for (const [text, expected] of table) {
    const pattern = parsePattern(text);
    assert.ok(pattern.ok);
    const start = cpuMilliseconds();
    assert.equal(matchPattern(pattern.pattern, parsed.observations).kind, expected, text);
    assert.ok(cpuMilliseconds() - start < 2_000, text);
  }
});
