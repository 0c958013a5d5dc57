import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuMilliseconds } from '../testing/cpu-milliseconds.ts';
import { expressionCost } from './expression-cost.ts';
import { parsePattern } from './parse-pattern.ts';
import { compileRegularExpression } from './regular-expression.ts';

test('the cost of a regular expression counts what counts repeat', () => {
  const table: readonly (readonly [string, number])[] = [
    ['', 0],
    ['abc', 3],
    ['a{10}', 10],
    ['ab{3,10}', 11],
    ['a{10,}', 10],
    ['(ab){10}', 30],
    ['((a{10}){10}){10}', 1110],
    ['[a-z0-9\\]]{5}', 5],
    ['[]a]{5}', 5],
    ['\\x{1000}{3}', 3],
    ['\\{10}', 4],
    ['a{b}', 4],
    ['{5}', 0],
    ['a)b', 2],
  ];
  for (const [expression, cost] of table) assert.equal(expressionCost(expression), cost, expression);
  assert.ok(expressionCost('(a{1000}'.repeat(1000)) >= 1_000_000);
});

test('a regular expression that would compile to a huge program is refused at once', () => {
  const start = cpuMilliseconds();
  for (const expression of ['\\pL{1000}'.repeat(100), '(.{30}){30}'.repeat(1000), '(((a{9}){9}){9}){9}{9}']) {
    const compiled = compileRegularExpression(expression);
    assert.ok(!compiled.ok);
  }
  const parsed = parsePattern(Array.from({ length: 60 }, () => "[a:b MATCHES 'x{1000}']").join(' OR '));
  assert.ok(!parsed.ok && parsed.errors[0]?.code === 'limit');
  assert.ok(cpuMilliseconds() - start < 1_000);
});
