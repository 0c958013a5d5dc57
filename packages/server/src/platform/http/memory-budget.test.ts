import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createMemoryBudget } from './memory-budget.ts';

test('what all take together stays within the budget, and comes back when it is given back, once', () => {
  const action = fc.record({ who: fc.nat(4), octets: fc.option(fc.nat(60), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(action), (actions) => {
      const budget = createMemoryBudget(100);
      const shares = Array.from({ length: 5 }, () => budget.share());
      const held = [0, 0, 0, 0, 0];
      for (const { who, octets } of actions) {
        if (octets === undefined) {
          shares[who]?.[Symbol.dispose]();
          held[who] = 0;
        } else {
          const fits = budget.taken + octets <= 100;
          assert.equal(shares[who]?.take(octets), fits);
          if (fits) held[who] = (held[who] ?? 0) + octets;
        }
        assert.equal(
          budget.taken,
          held.reduce((sum, own) => sum + own, 0),
        );
      }
    }),
  );
});
