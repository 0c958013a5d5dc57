import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeStixId } from '../identifier/stix-id.ts';
import { isTimestamp, type StixTimestamp } from '../timestamp.ts';
import { validateObject } from '../validate/validate-object.ts';
import type { File, Indicator, NetworkTraffic, Opinion, Relationship, StixObject } from './objects.ts';

function at(text: string): StixTimestamp {
  assert.ok(isTimestamp(text));
  return text;
}

const created = at('2026-03-01T09:30:00.000Z');

describe('types of STIX objects', () => {
  it('let a well-formed indicator compile, and it validates', () => {
    const indicator: Indicator = {
      type: 'indicator',
      spec_version: '2.1',
      id: makeStixId('indicator', '8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f'),
      created,
      modified: created,
      name: 'Signalling scan',
      description: 'A global title that scans for subscribers',
      pattern: "[ipv4-addr:value = '198.51.100.3']",
      pattern_type: 'stix',
      valid_from: created,
      indicator_types: ['malicious-activity', 'a-term-of-our-own'],
    };
    assert.deepEqual(validateObject(indicator).errors, []);
  });

  it('narrow by the property type', () => {
    const pick = (object: StixObject): string | undefined =>
      object.type === 'relationship' ? object.relationship_type : undefined;
    const relationship: Relationship = {
      type: 'relationship',
      spec_version: '2.1',
      id: makeStixId('relationship', '8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f'),
      created,
      modified: created,
      relationship_type: 'indicates',
      source_ref: makeStixId('indicator', '8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f'),
      target_ref: makeStixId('malware', '8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f'),
    };
    assert.equal(pick(relationship), 'indicates');
  });

  it('know the predefined extensions and their properties', () => {
    const file: Pick<File, 'extensions'> = { extensions: { 'ntfs-ext': { sid: '1234567' } } };
    assert.equal(file.extensions?.['ntfs-ext']?.sid, '1234567');
    const traffic: Pick<NetworkTraffic, 'protocols'> = { protocols: ['ipv4', 'sctp'] };
    assert.equal(traffic.protocols.length, 2);
  });

  it('refuse terms outside of an enumeration, and missing required properties', () => {
    // @ts-expect-error opinion-enum has no such term
    const opinion: Pick<Opinion, 'opinion'> = { opinion: 'perhaps' };
    // @ts-expect-error pattern is required
    const indicator: Pick<Indicator, 'pattern'> = {};
    assert.ok(opinion !== undefined && indicator !== undefined);
  });
});
