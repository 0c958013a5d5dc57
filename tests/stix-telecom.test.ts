import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import {
  checkPattern,
  deterministicId,
  matchPattern,
  parsePattern,
  readObservations,
  validateObject,
} from '../packages/stix/src/index.ts';
import { telecomShapes, telecomTypes } from '../packages/telecom/src/index.ts';

// The interop file of the specification, as any implementation can run it, against ours and against the JSON schemas.

type Json = Readonly<Record<string, unknown>>;

interface ObjectExample {
  readonly type: string;
  readonly title: string;
  readonly valid: boolean;
  readonly object: Json;
  readonly rule?: string;
  readonly warnings?: readonly string[];
  readonly id?: string;
}

interface PatternExample {
  readonly title: string;
  readonly pattern: string;
  readonly findings: readonly string[];
  readonly matches?: readonly Json[];
  readonly matchesNot?: readonly Json[];
}

const folder = new URL('../docs/stix-telecom/', import.meta.url);
const lines: readonly (ObjectExample | PatternExample)[] = readFileSync(
  new URL('interop.ndjson', folder),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const objects = lines.filter((line) => 'object' in line);
const patterns = lines.filter((line) => 'pattern' in line);

for (const { type, title, valid, object, rule, warnings = [], id } of objects) {
  test(`${type}: ${title} is ${valid ? 'valid' : `refused by ${rule}`}`, () => {
    const found = validateObject(object, { types: telecomTypes });
    const errors = new Set(found.errors.map((finding) => finding.rule));
    if (valid) {
      assert.deepEqual([...errors], [], JSON.stringify(found.errors));
      assert.deepEqual(
        found.warnings.map((finding) => finding.rule),
        warnings,
      );
      assert.equal(deterministicId(object, telecomTypes), id);
      if (!warnings.includes('sco-id-value')) assert.equal(object['id'], id);
    } else {
      assert.deepEqual([...errors], [rule], JSON.stringify(found.errors));
    }
  });
}

/** What a JSON schema cannot say: check digits, order, numbers in strings. Everything else that is not valid, it refuses. */
const beyondSchemas: ReadonlySet<string> = new Set([
  'mobile-equipment-id: a wrong check digit',
  'phone-number-range: ends of different length',
  'phone-number-range: an end before the beginning',
  'mobile-cell: a cell above 65535',
  'mobile-cell: zeros before an area',
  'mobile-subscriber-id: a SUCI in capitals',
  'network-slice: all bits of the differentiator, which say that there is none',
  'signalling-message: an end before the beginning',
  'sip-identity: capitals in the host',
  'sip-identity: the port that is meant without one',
  'sip-identity: parameters',
  'sip-identity: a password',
  'sip-identity: separators in a number',
  'sms-sender: capitals',
  'sms-sender: twelve characters',
  'sms-sender: a number without +',
]);

const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: false });
const schemas: ReadonlyMap<string, ValidateFunction> = new Map(
  telecomShapes.map(({ name }) => {
    const text = readFileSync(new URL(`schemas/${name}.json`, folder), 'utf8');
    return [name, ajv.compile(JSON.parse(text))];
  }),
);

test('the JSON schemas let pass what is valid, and refuse what they can tell is not', () => {
  const passed = new Set<string>();
  for (const { type, title, valid, object } of objects) {
    const isPassed = schemas.get(type)?.(object) === true;
    if (valid) assert.ok(isPassed, `${type}: ${title}: ${ajv.errorsText(schemas.get(type)?.errors)}`);
    else if (isPassed) passed.add(`${type}: ${title}`);
  }
  assert.deepEqual([...passed].sort(), [...beyondSchemas].sort());
});

test('each type has four valid examples and five others', () => {
  for (const { name } of telecomShapes) {
    const own = objects.filter(({ type }) => type === name);
    assert.ok(own.filter(({ valid }) => valid).length >= 4, name);
    assert.ok(own.filter(({ valid }) => !valid).length >= 5, name);
  }
});

for (const { title, pattern, findings, matches, matchesNot } of patterns) {
  test(`STIX 2.1 §9: a pattern about ${title}`, () => {
    const parsed = parsePattern(pattern);
    assert.ok(parsed.ok);
    assert.deepEqual(
      checkPattern(parsed.pattern, telecomTypes).map(({ code }) => code),
      findings,
    );
    for (const [given, kind] of [
      [matches, 'match'],
      [matchesNot, 'no-match'],
    ] as const) {
      if (given === undefined) continue;
      const observed = {
        type: 'observed-data',
        id: 'observed-data--6c3d9c5e-3a0b-4f6b-8d1e-2f7a1c9b4e50',
        first_observed: '2026-01-15T09:00:00Z',
        last_observed: '2026-01-15T09:00:00Z',
        number_observed: 1,
        object_refs: given.map(({ id }) => id),
      };
      const { observations } = readObservations([observed, ...given]);
      assert.equal(matchPattern(parsed.pattern, observations).kind, kind);
    }
  });
}
