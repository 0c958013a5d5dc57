import { randomInt, randomUUID } from 'node:crypto';
import { tlpMarkingId } from '../../packages/stix/src/index.ts';

/** Bytes of one object, as an indicator with its context usually has. */
const objectBytes = 1_200;

/** Objects, as text, that a member publishes together. */
export interface Bundle {
  readonly body: Buffer;
  readonly ids: readonly string[];
}

/** Indicators of 1.2 kB each, no two alike, marked and created by an organisation. */
export function makeBundle(count: number, createdBy: string): Bundle {
  const objects = Array.from({ length: count }, () => makeIndicator(createdBy));
  const list = objects.map(({ text }) => text).join(',');
  const body = Buffer.from(`{"type":"bundle","id":"bundle--${randomUUID()}","objects":[${list}]}`);
  return { body, ids: objects.map(({ id }) => id) };
}

function makeIndicator(createdBy: string): { readonly id: string; readonly text: string } {
  const id = `indicator--${randomUUID()}`;
  const address = `203.0.${randomInt(256)}.${randomInt(256)}`;
  const domain = `${randomUUID().slice(0, 8)}.sip.example`;
  const object = {
    type: 'indicator',
    spec_version: '2.1',
    id,
    created_by_ref: createdBy,
    created: '2026-03-01T08:00:00.000Z',
    modified: '2026-03-01T08:00:00.000Z',
    name: `Signalling probe from ${address}`,
    description: '',
    indicator_types: ['malicious-activity', 'anomalous-activity'],
    pattern: `[ipv4-addr:value = '${address}' OR domain-name:value = '${domain}']`,
    pattern_type: 'stix',
    valid_from: '2026-03-01T08:00:00Z',
    valid_until: '2026-09-01T08:00:00Z',
    kill_chain_phases: [
      { kill_chain_name: 'lockheed-martin-cyber-kill-chain', phase_name: 'reconnaissance' },
    ],
    labels: ['ss7', 'roaming', 'location-tracking'],
    confidence: randomInt(101),
    lang: 'en',
    external_references: [
      {
        source_name: 'ticket',
        external_id: `CASE-${randomInt(1_000_000)}`,
        url: `https://cases.example/${id}`,
      },
    ],
    object_marking_refs: [tlpMarkingId('green')],
  };
  const missing = objectBytes - JSON.stringify(object).length;
  const sentence = 'The peer asked for subscriber locations that no roaming agreement covers. ';
  const description = sentence.repeat(Math.ceil(missing / sentence.length)).slice(0, missing);
  return { id, text: JSON.stringify({ ...object, description }) };
}
