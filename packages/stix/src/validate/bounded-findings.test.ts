import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validateObject } from './validate-object.ts';

const long = 'k'.repeat(100_000);
const odd = `\ud800'\\${'-'.repeat(100_000)}`;
const base = {
  type: 'indicator',
  spec_version: '2.1',
  id: 'indicator--00000000-0000-4000-8000-000000000001',
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-01-01T00:00:00.000Z',
  pattern: "[ipv4-addr:value = '198.51.100.7']",
  pattern_type: 'stix',
  valid_from: '2026-01-01T00:00:00Z',
};

/** Every place in which a message could repeat what somebody sent. */
const objects: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a property': { ...base, [long]: 1, [odd]: 1 },
  'a property within': { ...base, x_a: { [long]: { [odd]: 1 } } },
  'a type': { ...base, type: long },
  'an id': { ...base, id: long },
  'a reference': { ...base, created_by_ref: long, object_marking_refs: [odd] },
  'an extension': { ...base, extensions: { [long]: {}, [odd]: 5 } },
  'a selector': { ...base, granular_markings: [{ marking_ref: long, selectors: [long, odd] }] },
  'an external reference': { ...base, external_references: [{ source_name: long, hashes: { [long]: odd } }] },
  'a pattern': { ...base, pattern: `[ipv4-addr:${long} = 1]` },
  'a constant': { ...base, pattern: `[ipv4-addr:value = ${long}]` },
  'a language': { ...base, lang: odd },
  'a time': { ...base, created: long },
  'a hash': {
    type: 'file',
    id: 'file--00000000-0000-5000-8000-000000000001',
    name: odd,
    hashes: { [long]: odd },
  },
};

for (const [name, object] of Object.entries(objects)) {
  test(`${name} that is very long is repeated in part, as text that can be shown`, () => {
    const { errors, warnings } = validateObject(object);
    assert.ok(errors.length + warnings.length > 0);
    for (const { path, message } of [...errors, ...warnings]) {
      assert.ok(message.length <= 500, `a message of ${message.length}`);
      assert.ok(path.length <= 1_000, `a path of ${path.length}`);
      assert.ok(message.isWellFormed() && path.isWellFormed());
    }
  });
}
