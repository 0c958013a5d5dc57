import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readBundleText } from '../../packages/stix/src/index.ts';
import { fuzz } from '../support/fuzzing.ts';
import { generatedBundle } from '../support/generated-bundle.ts';

// Bundles that were spoilt are read as JSON.parse reads them, and every object keeps its own text.

const limits = { depth: 40, objects: 500, objectLength: 100_000 };

const interop = readFileSync(
  new URL('../../packages/stix/src/validate/interop.ndjson', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.stringify(JSON.parse(line).input));
const corpus = [
  ...Array.from({ length: 20 }, (_, number) => {
    const objects = generatedBundle(13).slice(number % 5, (number % 5) + 3);
    return JSON.stringify({ type: 'bundle', id: 'bundle--1', objects }, undefined, number % 3);
  }),
  ...interop.map((text) => `{"type":"bundle","objects":[${text}, ${text}]}`),
  '{"objects":[1,2.50,-0,1e400,12345678901234567890,"\\ud83d\\ude00","\\ud83d",null,true,[[]],{"__proto__":{"a":1}}]}',
  '{"objects":[{"a":1,"a":2},{"b":{"c":[{"d":1,"\\u0064":2}]}}],"more":false}',
];
const pieces = [
  ...'{}[]",:\\0-.eE',
  '"objects"',
  '"objects":[',
  '"__proto__":',
  '\\u0000',
  '\\ud83d',
  '\\"',
  '\\\\',
  'null',
  'true',
  '1e999',
  '-0',
  '[[[[[[[[[[[[[[[[[[[[',
  ']]]]]]]]]]]]]]]]]]]]',
  '{"a":',
  '\ufeff',
];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return undefined;
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test('L1 a bundle is read exactly where JSON.parse reads it, with the same values and each object in its own text', async (t) => {
  await fuzz(t, {
    corpus,
    pieces,
    check(text) {
      const value = parsed(text);
      const result = readBundleText(text, limits);
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      if (!result.ok) {
        const { code } = result.error;
        if (code === 'not-json') assert.equal(value, undefined, 'JSON.parse takes it');
        if (code === 'not-an-object') assert.ok(!isObject, 'it is an object');
        if (code === 'too-deep' && value !== undefined) assert.ok(text.split(/[[{]/).length > limits.depth);
        return;
      }
      assert.ok(isObject, 'JSON.parse does not take it');
      assert.ok(depthOf(value) <= limits.depth);
      const objects: unknown = Reflect.get(value, 'objects');
      if (!Array.isArray(objects)) {
        assert.equal(result.value.objects, undefined);
        return assert.deepEqual(result.value.envelope, value);
      }
      assert.ok(result.value.objects !== undefined);
      assert.deepEqual(
        result.value.objects.map((object) => object.value),
        objects,
      );
      for (const object of result.value.objects) {
        assert.equal(object.text, text.slice(object.offset, object.offset + object.text.length));
        assert.equal(object.text, object.text.trim());
        assert.deepEqual(JSON.parse(object.text), object.value);
      }
      assert.deepEqual({ ...result.value.envelope, objects }, value);
    },
  });
});
