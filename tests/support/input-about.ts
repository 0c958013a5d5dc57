import assert from 'node:assert/strict';
import type { InputAbout } from '../../packages/formats/src/index.ts';
import { isTimestamp } from '../../packages/stix/src/index.ts';

const now = '2026-11-22T00:00:00.000Z';

/** What is known of an input beside itself; the same each time. */
export function inputAbout(): InputAbout {
  assert.ok(isTimestamp(now));
  let made = 0;
  return {
    now,
    name: 'a list',
    creator: 'identity--00000000-0000-4000-8000-00000000000c',
    uuid: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
  };
}
