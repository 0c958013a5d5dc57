import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGlobalTitle, telecomExtensionDefinitions, telecomObservable } from '@belltower/telecom';
import { judgeBundle } from './judge-bundle.ts';

const limits = { depth: 64, bundleObjects: 100, objectBytes: 100_000 };

const parsed = parseGlobalTitle('+32 475 00 00 01');
assert.ok(parsed.ok);
const title = telecomObservable(parsed.value);
assert.ok(title !== undefined);

function judge(...objects: readonly object[]) {
  const outcome = judgeBundle(JSON.stringify({ type: 'bundle', objects }), limits);
  assert.ok(outcome.ok);
  return [...outcome.value];
}

test('G1 objects of telecom types are validated like those of the standard', () => {
  const judged = judge(
    title,
    { ...title, value: '+32475000001' },
    { ...title, numbering_plan: 'e165' },
    { ...title, extensions: {} },
    { ...title, id: 'ss7-global-title--60bc3ff5-37c4-5b5a-9aeb-6c4d116534bd' },
  );
  const rules = judged.map((one) =>
    one.facts === undefined
      ? one.refusal.errors?.map(({ rule }) => rule)
      : one.warnings.map(({ rule }) => rule),
  );
  assert.deepEqual(rules, [
    [],
    ['value-form'],
    ['enum-value'],
    ['extension-missing', 'dictionary-empty'],
    ['sco-id-value'],
  ]);
  assert.equal(judged.filter(({ facts }) => facts === undefined).length, 3);
});

test('G1 an observable of an extension has no version of its own, whatever it says, unless its extension makes it something else', () => {
  const times = { created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' };
  const elsewhere = (extension_type: string) => ({
    ...title,
    ...times,
    extensions: { 'extension-definition--60bc3ff5-37c4-4b5a-9aeb-6c4d116534bd': { extension_type } },
  });
  const [own, domain, observable] = judge({ ...title, ...times }, elsewhere('new-sdo'), {
    ...elsewhere('new-sco'),
    type: 'x-line',
    id: 'x-line--60bc3ff5-37c4-4b5a-9aeb-6c4d116534bd',
  });
  assert.equal(own?.facts?.version, undefined);
  assert.equal(observable?.facts?.version, undefined);
  assert.notEqual(domain?.facts?.version, undefined);
});

test('G1 the definitions of the telecom extensions can be published, and passed on by everybody', () => {
  for (const { facts } of judge(...telecomExtensionDefinitions)) assert.equal(facts?.marking, 'clear');
});
