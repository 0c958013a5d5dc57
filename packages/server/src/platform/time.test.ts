import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatMicros, micros } from './time.ts';

test('TAXII §1.4.4 a time has six digits of a second, whatever was written before it', () => {
  const most = Date.UTC(2255, 0) * 1_000;
  const moment = fc.oneof(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 3_000_000 }));
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 5 }), (moments) => {
      for (const at of moments) {
        const date = new Date(Math.floor(at / 1_000)).toISOString().slice(0, -1);
        assert.equal(formatMicros(micros(at)), `${date}${String(at % 1_000).padStart(3, '0')}Z`);
      }
    }),
  );
});
