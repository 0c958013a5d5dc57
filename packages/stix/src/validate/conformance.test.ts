import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { isJsonObject, type JsonObject, own, ownString } from '../json/json-object.ts';
import { sharedPath } from '../testing/shared-folder.ts';
import type { Finding, ObjectResult, ValidationOptions } from './report.ts';
import { isRuleId, type RuleId, ruleIds, rules } from './rules.ts';
import { validateBundle } from './validate-bundle.ts';
import { validateObject } from './validate-object.ts';

/** Check groups of the OASIS validator, and the rules that are about the same. */
const groups: Readonly<Record<string, readonly RuleId[]>> = {
  'extensions-use': ['custom-object', 'custom-property', 'custom-extension'],
  'custom-prefix': ['custom-object-prefix', 'custom-property-prefix', 'custom-extension-prefix'],
  'custom-prefix-lax': [
    'custom-object-prefix-lax',
    'custom-property-prefix-lax',
    'custom-extension-prefix-lax',
  ],
  'uuid-check': ['id-uuid-version'],
  'extension-description': ['extension-definition-description'],
  'indicator-properties': ['indicator-name-description'],
  'observable-object-keys': ['container-key'],
  'deprecated-properties': ['deprecated-property'],
  'pdf-doc-info': ['pdf-info-key'],
  'hash-algo': ['hash-algorithm'],
  'kill-chain-names': ['kill-chain-form'],
  countries: ['country-code'],
  protocols: ['protocol-name'],
  'malware-analysis-product': ['malware-analysis-product'],
  'network-traffic-ports': ['network-traffic-ports'],
  'relationship-types': ['relationship-types'],
  'account-type': ['vocabulary-value'],
  'attack-motivation': ['vocabulary-value'],
  'attack-resource-level': ['vocabulary-value'],
  'indicator-pattern-types': ['vocabulary-value'],
  'indicator-types': ['vocabulary-value'],
  'industry-sector': ['vocabulary-value'],
  'malware-types': ['vocabulary-value'],
  region: ['vocabulary-value'],
  'report-types': ['vocabulary-value'],
  'threat-actor-sophistication': ['vocabulary-value'],
  'threat-actor-types': ['vocabulary-value'],
};

/**
 * What this package asks beyond that validator, with the clause: its examples carry made-up UUIDv5s throughout.
 * §2.9: "the UUID portion of the UUIDv5-based identifier SHOULD be generated according to the following rules".
 */
const beyond: readonly RuleId[] = ['sco-id-value'];

/**
 * Verdicts that are not the standard's. They come from a schema that the user of that validator gave it beside the standard, or from its
 * interoperability profile: neither is known here. What is not listed has to agree, and what is listed has to differ.
 */
const exceptions: ReadonlyMap<string, string> = new Map([
  [
    'test_additional_schema',
    'an additional schema wants the name "Foobar"; §4.7.1: name is "(optional) string, A name used to identify the Indicator"',
  ],
  [
    'test_interop_sro_specifics_Non_Compliant',
    'the interoperability profile requires created_by_ref; §3.2: "If this attribute is omitted, the source of this information is undefined."',
  ],
  [
    'test_additional_schemas_custom_extension',
    'an additional schema requires foo_value in an extension; §7.3.1: "the schema property is the normative definition of the extension"',
  ],
]);

interface Repair {
  readonly property: string;
  readonly wrong: string;
  readonly right: string;
  readonly rule: RuleId;
}

/**
 * Slips in the inputs that the standard forbids and that validator overlooks. Each is first seen to be refused, by this rule, and then
 * repaired, so that the verdict about what the example is meant for can be compared.
 */
const repairs: readonly Repair[] = [
  {
    // §3.2: "the id property of the identity object that describes the entity that created this object".
    property: 'created_by_ref',
    wrong: 'source--f431f809-377b-45e0-aa1c-6a4751cae5ff',
    right: 'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff',
    rule: 'reference-type',
  },
  {
    // §2.9: "the UUID MUST be an RFC 4122-compliant UUID"; this one has 35 characters.
    property: 'src_ref',
    wrong: 'ipv4-addr--e42c19c8-f9fe-5ae9-9fc8-22c398f78fb',
    right: 'ipv4-addr--e42c19c8-f9fe-5ae9-9fc8-22c398f78fb7',
    rule: 'reference-form',
  },
];

interface Case {
  readonly line: number;
  readonly name: string;
  readonly input: unknown;
  readonly options: ValidationOptions;
  readonly valid: boolean;
}

function groupRules(value: unknown): readonly RuleId[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((group) => {
    const known = groups[String(group)];
    assert.ok(known !== undefined, `unknown check group ${String(group)}`);
    return known;
  });
}

function readOptions(value: JsonObject): ValidationOptions {
  const disabled = new Set<string>([...beyond, ...groupRules(own(value, 'disabled'))]);
  const enabled = groupRules(own(value, 'enabled'));
  // When groups are named as enabled, that validator checks these and no other recommendations.
  if (enabled.length > 0) {
    for (const id of ruleIds) if (rules[id].level === 'should' && !enabled.includes(id)) disabled.add(id);
  }
  return {
    strict: own(value, 'strict') === true,
    disabled,
    definedTypes: own(value, 'strict_types') === true,
    definedProperties: own(value, 'strict_properties') === true,
  };
}

function readCase(text: string, at: number): Case {
  const value: unknown = JSON.parse(text);
  assert.ok(isJsonObject(value));
  const options = own(value, 'options');
  const input = own(value, 'input');
  assert.ok(isJsonObject(options));
  return {
    line: at + 1,
    name: ownString(value, 'name') ?? '',
    input: typeof input === 'string' ? JSON.parse(input) : input,
    options: readOptions(options),
    valid: own(value, 'valid') === true,
  };
}

function results(input: unknown, options: ValidationOptions): readonly ObjectResult[] {
  if (Array.isArray(input)) return input.flatMap((object) => results(object, options));
  if (!isJsonObject(input) || own(input, 'type') !== 'bundle') return [validateObject(input, options)];
  const { bundle, objects } = validateBundle(input, options);
  return [bundle, ...objects];
}

function errors(input: unknown, options: ValidationOptions): readonly Finding[] {
  return results(input, options).flatMap((result) => result.errors);
}

/** Repairs an input, after making sure that the slip is seen. */
function repaired({ input, options }: Case): unknown {
  if (!isJsonObject(input)) return input;
  const repair = repairs.find(({ property, wrong }) => own(input, property) === wrong);
  if (repair === undefined) return input;
  const path = `$.${repair.property}`;
  assert.ok(errors(input, options).some((error) => error.path === path && error.rule === repair.rule));
  return { ...input, [repair.property]: repair.right };
}

function withoutData(context: TestContext): void {
  context.diagnostic(
    'reference data not found: set BELLTOWER_SHARED; the examples in interop.ndjson stand in for it',
  );
  context.skip('reference data not found');
}

describe('conformance', () => {
  it('gives the verdicts of the OASIS validator on all of its examples', (context) => {
    const path = sharedPath('data', 'conformance', 'stix-validation.ndjson');
    if (path === undefined) return withoutData(context);
    const cases = readFileSync(path, 'utf8').trimEnd().split('\n').map(readCase);
    const differing = new Set<string>();
    for (const test of cases) {
      const found = errors(repaired(test), test.options);
      if ((found.length === 0) === test.valid) continue;
      const verdict = test.valid ? 'valid' : 'invalid';
      assert.ok(
        exceptions.has(test.name),
        `line ${test.line}, ${test.name}, is ${verdict}: ${JSON.stringify(found)}`,
      );
      differing.add(test.name);
    }
    for (const name of exceptions.keys())
      assert.ok(differing.has(name), `${name} agrees: no exception any more`);
    context.diagnostic(`${cases.length} verdicts compared, ${differing.size} exceptions`);
  });

  it('finds in the OASIS examples of STIX 2.1 only a UUID that two types share, against §2.9', (context) => {
    const folder = sharedPath('data', 'stix', 'examples');
    if (folder === undefined) return withoutData(context);
    // "a producer MUST NOT reuse the UUID portion of the identifier for objects of different types".
    const expected: Readonly<Record<string, readonly string[]>> = {
      'apt1.json': ['uuid-reuse $.objects[50]'],
      'poisonivy.json': ['uuid-reuse $.objects[128]'],
    };
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
      const found = errors(JSON.parse(readFileSync(join(folder, name), 'utf8')), {});
      assert.deepEqual(
        found.map(({ rule, path }) => `${rule} ${path}`),
        expected[name] ?? [],
        name,
      );
    }
  });

  it('accepts the whole of ATT&CK for ICS', (context) => {
    const path = sharedPath('data', 'stix', 'attack', 'ics-attack.json');
    if (path === undefined) return withoutData(context);
    assert.deepEqual(errors(JSON.parse(readFileSync(path, 'utf8')), {}), []);
  });

  it('maps check groups to rules that exist', () => {
    for (const rule of Object.values(groups).flat()) assert.ok(isRuleId(rule));
  });
});
