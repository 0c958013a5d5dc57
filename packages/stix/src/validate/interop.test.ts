import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isJsonObject, type JsonObject, own } from '../json/json-object.ts';
import type { ExtensionShape } from '../model/check.ts';
import { extendTypes } from '../model/shapes.ts';
import type { ObjectResult, ValidationOptions } from './report.ts';
import { ruleIds } from './rules.ts';
import { validateBundle } from './validate-bundle.ts';
import { validateObject } from './validate-object.ts';

interface Example {
  readonly about: string;
  readonly title: string;
  readonly options: ValidationOptions;
  readonly input: unknown;
  readonly findings: readonly string[];
}

function strings(value: unknown): readonly string[] {
  assert.ok(value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string')));
  return value ?? [];
}

/** Tables as they stand in the file: plain data. */
function readShapes(value: unknown): readonly ExtensionShape[] {
  return (value ?? []) as readonly ExtensionShape[];
}

function readOptions(value: JsonObject): ValidationOptions {
  return {
    disabled: new Set(strings(own(value, 'disabled'))),
    pedantic: own(value, 'pedantic') === true,
    types: extendTypes(readShapes(own(value, 'types'))),
    definedTypes: own(value, 'definedTypes') === true,
    definedProperties: own(value, 'definedProperties') === true,
  };
}

function readExample(line: string): Example {
  const value: unknown = JSON.parse(line);
  assert.ok(isJsonObject(value));
  const options = own(value, 'options') ?? {};
  assert.ok(isJsonObject(options));
  return {
    about: String(own(value, 'about')),
    title: String(own(value, 'title')),
    options: readOptions(options),
    input: own(value, 'input'),
    findings: strings(own(value, 'findings')),
  };
}

const corpus = readFileSync(new URL('interop.ndjson', import.meta.url), 'utf8');
const examples = corpus.trimEnd().split('\n').map(readExample);

function results(example: Example, options: ValidationOptions): readonly ObjectResult[] {
  if (!isJsonObject(example.input) || own(example.input, 'type') !== 'bundle') {
    return [validateObject(example.input, options)];
  }
  const { bundle, objects } = validateBundle(example.input, options);
  return [bundle, ...objects];
}

function rulesFound(example: Example, options: ValidationOptions): readonly string[] {
  const findings = results(example, options).flatMap((result) => [...result.errors, ...result.warnings]);
  return [...new Set(findings.map((finding) => finding.rule))].sort();
}

describe('interop examples', () => {
  for (const example of examples) {
    it(`${example.about}: ${example.title}`, () => {
      assert.deepEqual(rulesFound(example, example.options), example.findings);
    });
  }

  it('have, for every rule, one that breaks it and one that keeps it', () => {
    for (const rule of ruleIds) {
      const own = examples.filter((example) => example.about === rule);
      assert.ok(
        own.some((example) => example.findings.includes(rule)),
        `nothing breaks ${rule}`,
      );
      assert.ok(
        own.some((example) => !example.findings.includes(rule)),
        `nothing keeps ${rule}`,
      );
    }
  });

  it('have no warnings left when validation is strict', () => {
    for (const example of examples) {
      const strict = results(example, { ...example.options, strict: true });
      assert.ok(
        strict.every((result) => result.warnings.length === 0),
        example.title,
      );
    }
  });

  it('lose exactly the findings of a rule that is disabled', () => {
    for (const example of examples.filter(({ findings }) => findings.length === 1)) {
      const rule = example.findings[0] ?? '';
      // The rules about names of custom content stand in for one another.
      if (rule.startsWith('custom-')) continue;
      const disabled = new Set([...(example.options.disabled ?? []), rule]);
      assert.deepEqual(rulesFound(example, { ...example.options, disabled }), [], example.title);
    }
  });

  it('never change what they are given', () => {
    for (const example of examples) {
      const before = JSON.stringify(example.input);
      results(example, example.options);
      assert.equal(JSON.stringify(example.input), before);
    }
  });
});
