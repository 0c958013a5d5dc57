import { randomUUID } from 'node:crypto';
import type { TlpLevel } from '@belltower/stix';
import { tlpMarkingId } from '@belltower/stix';

/** A valid indicator for tests; `more` replaces or adds properties. */
export function indicator(
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> & { readonly id: string } {
  const id = `indicator--${randomUUID()}`;
  return {
    type: 'indicator',
    spec_version: '2.1',
    id,
    created: '2026-01-01T00:00:00.000Z',
    modified: '2026-01-01T00:00:00.000Z',
    name: 'Roaming partner polls for locations',
    description: 'Made for a test',
    indicator_types: ['anomalous-activity'],
    pattern: "[ipv4-addr:value = '198.51.100.7']",
    pattern_type: 'stix',
    valid_from: '2026-01-01T00:00:00Z',
    ...more,
  };
}

/** The property that marks an object with a level of TLP 2.0. */
export function marked(level: TlpLevel): { readonly object_marking_refs: readonly string[] } {
  return { object_marking_refs: [tlpMarkingId(level)] };
}

export function bundle(...objects: readonly unknown[]): Readonly<Record<string, unknown>> {
  return { type: 'bundle', id: `bundle--${randomUUID()}`, objects };
}
