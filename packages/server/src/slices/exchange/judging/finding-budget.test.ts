import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createFindingBudget } from './finding-budget.ts';

test('G1 every object that has findings is told of one, and all together of no more than the budget besides', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100)), fc.nat(300), (counts, most) => {
      const budget = createFindingBudget(most);
      const finding = { path: '$', rule: 'x', message: 'x' };
      let told = 0;
      for (const count of counts) {
        const findings = budget.take(Array(count).fill(finding));
        assert.ok(findings.length <= count && findings.length >= Math.min(count, 1));
        told += findings.length;
      }
      assert.ok(told <= most + counts.length);
    }),
  );
});
