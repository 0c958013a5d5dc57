import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ObjectClass } from './check.ts';
import { objectShapes } from './shapes.ts';

/** Required properties beside the common ones, as the property tables of STIX 2.1 §4 to §8 mark them. */
const required: Readonly<Record<string, string>> = {
  'attack-pattern': 'name',
  campaign: 'name',
  'course-of-action': 'name',
  grouping: 'context object_refs',
  identity: 'name',
  incident: 'name',
  indicator: 'pattern pattern_type valid_from',
  infrastructure: 'name',
  'intrusion-set': 'name',
  location: '',
  malware: 'is_family',
  'malware-analysis': 'product',
  note: 'content object_refs',
  'observed-data': 'first_observed last_observed number_observed',
  opinion: 'object_refs opinion',
  report: 'name object_refs published',
  'threat-actor': 'name',
  tool: 'name',
  vulnerability: 'name',
  relationship: 'relationship_type source_ref target_ref',
  sighting: 'sighting_of_ref',
  artifact: '',
  'autonomous-system': 'number',
  directory: 'path',
  'domain-name': 'value',
  'email-addr': 'value',
  'email-message': 'is_multipart',
  file: '',
  'ipv4-addr': 'value',
  'ipv6-addr': 'value',
  'mac-addr': 'value',
  mutex: 'name',
  'network-traffic': 'protocols',
  process: '',
  software: 'name',
  url: 'value',
  'user-account': '',
  'windows-registry-key': '',
  'x509-certificate': '',
  'language-content': 'contents object_ref',
  'marking-definition': '',
  'extension-definition': 'created_by_ref extension_types name schema version',
  bundle: '',
};

/** Required common properties by class (STIX 2.1 §3.2). */
const common: Readonly<Record<ObjectClass, readonly string[]>> = {
  sdo: ['created', 'id', 'modified', 'spec_version'],
  sro: ['created', 'id', 'modified', 'spec_version'],
  sco: ['id'],
  meta: ['created', 'id', 'modified', 'spec_version'],
  bundle: ['id'],
};

/** ID contributing properties of SCOs (STIX 2.1 §6). */
const contributing: Readonly<Record<string, string>> = {
  artifact: 'hashes payload_bin',
  'autonomous-system': 'number',
  directory: 'path',
  'domain-name': 'value',
  'email-addr': 'value',
  'email-message': 'from_ref subject body',
  file: 'hashes name extensions parent_directory_ref',
  'ipv4-addr': 'value',
  'ipv6-addr': 'value',
  'mac-addr': 'value',
  mutex: 'name',
  'network-traffic': 'start end src_ref dst_ref src_port dst_port protocols extensions',
  process: '',
  software: 'name cpe swid vendor version',
  url: 'value',
  'user-account': 'account_type user_id account_login',
  'windows-registry-key': 'key values',
  'x509-certificate': 'hashes serial_number',
};

function words(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}

describe('the tables of STIX objects', () => {
  it('are 19 SDOs, 2 SROs, 18 SCOs, 3 meta objects and the bundle', () => {
    const classes = [...objectShapes.values()].map((shape) => shape.class);
    const counts = (['sdo', 'sro', 'sco', 'meta', 'bundle'] as const).map(
      (name) => classes.filter((found) => found === name).length,
    );
    assert.deepEqual(counts, [19, 2, 18, 3, 1]);
    assert.deepEqual([...objectShapes.keys()].sort(), Object.keys(required).sort());
  });

  for (const [name, shape] of objectShapes) {
    it(`${name} requires what STIX 2.1 §${shape.section} requires`, () => {
      const found = Object.entries(shape.properties).filter(([, check]) => check.required === true);
      const wanted = [...common[shape.class], ...words(required[name] ?? '')];
      // A marking definition is not versioned (§7.2.1).
      const expected =
        name === 'marking-definition' ? wanted.filter((property) => property !== 'modified') : wanted;
      assert.deepEqual(found.map(([property]) => property).sort(), [...expected].sort());
    });
  }

  it('give the ID contributing properties of every SCO', () => {
    for (const shape of objectShapes.values()) {
      if (shape.class !== 'sco') assert.equal(shape.contributing, undefined);
      else assert.deepEqual(shape.contributing, words(contributing[shape.name] ?? '-'), shape.name);
    }
  });

  it('name constraints and extensions of properties that exist', () => {
    for (const shape of objectShapes.values()) {
      const known = Object.keys(shape.properties);
      for (const constraint of shape.constraints ?? []) {
        const named = Object.values(constraint)
          .flat()
          .filter((value) => known.includes(String(value)));
        assert.ok(named.length >= 2 || constraint.kind === 'at-least-one', shape.name);
      }
      if (shape.extensions !== undefined) assert.ok(known.includes('extensions'));
      for (const property of shape.contributing ?? []) assert.ok(known.includes(property));
    }
  });
});
