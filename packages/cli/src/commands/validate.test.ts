import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deterministicId } from '@belltower/stix';
import { telecomExtensionIds, telecomTypes } from '@belltower/telecom';
import { validateText } from './validate.ts';

const bundleId = 'bundle--0d92a97d-3d5e-44a8-8079-364e80c7baf8';

test('A bundle has a row of its own only where it breaks a rule itself', () => {
  const identity = {
    type: 'identity',
    spec_version: '2.1',
    id: 'identity--81cade27-7df8-4730-836b-62d880e6d9d3',
    created: '2026-01-01T00:00:00.000Z',
    modified: '2026-01-01T00:00:00.000Z',
    name: 'A',
    identity_class: 'organization',
  };
  const rows = (objects: readonly unknown[]) =>
    validateText('x', JSON.stringify({ type: 'bundle', id: bundleId, objects }), {}).map(({ type }) => type);
  assert.deepEqual(rows([identity]), ['identity']);
  assert.deepEqual(rows([identity, identity]), ['bundle', 'identity', 'identity']);
});

test('Objects of telecom types are checked like those of the standard', () => {
  const title = {
    type: 'ss7-global-title',
    spec_version: '2.1',
    id: deterministicId(
      { value: '32475000001', numbering_plan: 'e164', type: 'ss7-global-title' },
      telecomTypes,
    ),
    value: '32475000001',
    numbering_plan: 'e164',
    extensions: { [telecomExtensionIds['ss7-global-title']]: { extension_type: 'new-sco' } },
  };
  const rules = (object: object) =>
    validateText('x', JSON.stringify(object), {}).flatMap(({ errors, warnings }) =>
      [...errors, ...warnings].map(({ rule }) => rule),
    );
  assert.deepEqual(rules(title), []);
  assert.deepEqual(rules({ ...title, value: 'Belgium' }), ['value-form', 'sco-id-value']);
});
