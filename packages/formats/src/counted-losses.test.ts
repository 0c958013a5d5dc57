import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLosses } from './counted-losses.ts';

test('a thousand kinds of losses are told, and how many there are besides', () => {
  const losses = countLosses();
  for (let kind = 0; kind < 1_500; kind += 1)
    for (let time = 0; time < 2; time += 1)
      losses.add({ at: `line ${kind}`, what: `field ${kind}`, why: 'STIX has no property for it.' });
  const all = losses.all();
  assert.equal(all.length, 1_001);
  assert.equal(all[999]?.what, 'field 999 (2 times, here first)');
  assert.deepEqual([all[1_000]?.at, all[1_000]?.what], ['line 1000', '1000 more']);
});
