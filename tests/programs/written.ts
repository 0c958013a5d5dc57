import assert from 'node:assert/strict';
import type { OutputAbout } from '../../packages/formats/src/index.ts';
import { isTimestamp } from '../../packages/stix/src/index.ts';

const now = '2026-11-22T00:00:00Z';
assert.ok(isTimestamp(now));

export const about: OutputAbout = {
  now,
  serial: 2026112200,
  uuid: '11111111-1111-4111-8111-111111111111',
  files: true,
};

let made = 0;

/** An indicator whose name would be more than a name in each format, were it not written as one. */
export function indicator(pattern: string, more: Readonly<Record<string, unknown>> = {}) {
  made += 1;
  return {
    type: 'indicator',
    id: `indicator--00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    name: 'evil "; drop \n } flush ruleset ; \\ $INCLUDE /etc/passwd',
    pattern,
    pattern_type: 'stix',
    valid_from: '2026-01-01T00:00:00Z',
    ...more,
  };
}
