import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { isRuleId, validateBundle, validateObject } from '../../packages/stix/src/index.ts';
import { cpuMilliseconds } from '../../packages/stix/src/testing/cpu-milliseconds.ts';
import { fuzz, propertyBounds } from '../support/fuzzing.ts';
import { generatedBundle } from '../support/generated-bundle.ts';

// The validator says what is wrong with whatever it is given, soon, and never throws.

const corpus = [
  ...readFileSync(new URL('../../packages/stix/src/validate/interop.ndjson', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.stringify(JSON.parse(line).input)),
  ...generatedBundle(39).map((object) => JSON.stringify(object)),
];
const pieces = [
  '""',
  '0',
  '-1',
  '1e308',
  'null',
  'true',
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '{"":{}}',
  '"__proto__"',
  '"constructor"',
  '"extensions":{"extension-definition--x":{"extension_type":"new-sdo"}}',
  '"granular_markings":[{"selectors":["a.[0]"]}]',
  '"pattern":"[a:b = 1]"',
  '"pattern_type":"stix"',
  '"type":"indicator"',
  '"type":"file"',
  '"hashes":{"MD5":"x"}',
  '"object_marking_refs":["marking-definition--x"]',
  '"2026-13-45T99:99:99Z"',
  '"\\ud800"',
  '"a]]]]"',
];

function check(value: unknown): void {
  const started = cpuMilliseconds();
  const result = validateObject(value);
  for (const finding of [...result.errors, ...result.warnings]) {
    assert.ok(isRuleId(finding.rule), finding.rule);
    assert.ok(finding.message.length < 2_000, `a message of ${finding.message.length} characters`);
  }
  validateBundle({ type: 'bundle', id: 'bundle--5f0d1a52-3b1f-4c52-9a43-5bb1ad0f5e0a', objects: [value] });
  const took = cpuMilliseconds() - started;
  assert.ok(took < 1_000, `${took} ms`);
}

test('G1 the validator judges whatever JSON it is given', async (t) => {
  await fuzz(t, {
    corpus,
    pieces,
    check(text) {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return;
      }
      check(value);
    },
  });
});

test('G1 the validator judges objects whose properties hold anything', () => {
  const values = corpus
    .map((text): unknown => JSON.parse(text))
    .filter((value) => typeof value === 'object' && value !== null);
  const spoilt = fc
    .tuple(
      fc.constantFrom(...values),
      fc.array(fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 3 })), { minLength: 1, maxLength: 4 }),
    )
    .map(([value, changes]) => {
      const copy: Record<string, unknown> = { ...value };
      const keys = Object.keys(copy);
      for (const [at, other] of changes) copy[keys[at % keys.length] ?? 'type'] = other;
      return copy;
    });
  fc.assert(fc.property(spoilt, check), propertyBounds);
});
