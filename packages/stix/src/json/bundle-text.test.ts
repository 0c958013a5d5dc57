import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { placeInText, readBundleText } from './bundle-text.ts';

const limits = { depth: 20, objects: 1_000, objectLength: 100_000 };

function read(text: string) {
  const result = readBundleText(text, limits);
  assert.ok(result.ok, result.ok ? '' : result.error.message);
  return result.value;
}

function errorOf(text: string) {
  const result = readBundleText(text, limits);
  assert.ok(!result.ok, `accepted: ${text}`);
  return result.error;
}

test('L1 an object keeps its own spelling', () => {
  const object =
    '{ "big": 12345678901234567890123, "n":1.50e+2,\n "s":"\\u00e9\\/" , "__proto__": {"a":[1,{}]} }';
  const { objects } = read(`{"type":"bundle","objects" : [ ${object} ,\t{"b":"]}\\\\"} ], "id":"x"}`);
  assert.deepEqual(
    objects?.map((item) => item.text),
    [object, '{"b":"]}\\\\"}'],
  );
});

test('L1 whatever JSON is put into a bundle comes out as the same text and value', () => {
  fc.assert(
    fc.property(fc.array(fc.json({ maxDepth: 8 })), fc.constantFrom('', ' ', '\n\t'), (texts, space) => {
      const joined = texts.join(`${space},${space}`);
      const result = readBundleText(
        `{${space}"objects"${space}:[${space}${joined}${space}]${space}}`,
        limits,
      );
      if (!result.ok) return assert.equal(result.error.code, 'too-deep');
      assert.deepEqual(
        result.value.objects?.map((item) => item.text),
        texts.map((text) => text.trim()),
      );
      assert.deepEqual(
        result.value.objects?.map((item) => item.value),
        texts.map((text) => JSON.parse(text)),
      );
    }),
  );
});

test('it accepts exactly the objects that JSON.parse accepts', () => {
  const fragment = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '"objects"',
    '1',
    'null',
    '\\',
    ' ',
    '-',
    '"a":1',
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 14 }), (parts) => {
      for (const text of [parts.join(''), `{"objects":[${parts.join('')}]}`]) {
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          parsed = undefined;
        }
        const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
        const result = readBundleText(text, limits);
        const refusedForKeys = !result.ok && result.error.code === 'duplicate-key';
        assert.equal(result.ok, isObject && !refusedForKeys, text);
      }
    }),
    { numRuns: 3_000 },
  );
});

test('what is white space elsewhere but not in JSON is no part of a bundle', () => {
  for (const space of ['\ufeff', '\u00a0', '\u2028', '\v', '\f']) {
    for (const text of [`{"objects":[{}${space}]}`, `{"objects":[${space}{}]}`, `{"objects":[{}]${space}}`]) {
      assert.equal(errorOf(text).code, 'not-json', JSON.stringify(text));
    }
  }
});

test('a key that stands twice is told, in the object that has it', () => {
  const { objects } = read('{"objects":[{"a":1,"a":1},{"a":{"b":1,"b":2}},{"a":{"b":1},"b":[{"a":1}]}]}');
  assert.deepEqual(
    objects?.map((item) => item.flaw),
    ['duplicate-key', 'duplicate-key', undefined],
  );
  assert.equal(errorOf('{"objects":[],"objects":[]}').code, 'duplicate-key');
  assert.equal(errorOf('{"id":1,"id":2,"objects":[]}').code, 'duplicate-key');
});

test('half of a surrogate pair is told', () => {
  const { objects } = read('{"objects":[{"a":"\\ud83d"},{"a":"\\ud83d\\ude00"},{"\\udc00":1}]}');
  assert.deepEqual(
    objects?.map((item) => item.flaw),
    ['lone-surrogate', undefined, 'lone-surrogate'],
  );
});

test('every bound has its own error, with the place', () => {
  const deep = `{"objects":[${'['.repeat(30)}${']'.repeat(30)}]}`;
  assert.equal(errorOf(deep).code, 'too-deep');
  assert.equal(errorOf(`{"objects":[${'1,'.repeat(1_000)}1]}`).code, 'too-many-objects');
  assert.equal(errorOf(`{"objects":["${'x'.repeat(100_001)}"]}`).code, 'object-too-long');
  assert.equal(errorOf('[]').code, 'not-an-object');
  assert.equal(errorOf('').code, 'not-json');
  assert.equal(errorOf('nonsense').code, 'not-json');
  const text = '{"objects": [\n  {"a": 1},\n  {"a": tru}\n]}';
  const { code, offset } = errorOf(text);
  assert.equal(code, 'not-json');
  assert.deepEqual(placeInText(text, offset).line, 3);
});

test('what is no bundle is told by how it begins, whatever follows', () => {
  for (const [text, code] of [
    ['['.repeat(5_000_000), 'not-an-object'],
    [' "text"', 'not-an-object'],
    ['-1', 'not-an-object'],
    ['null', 'not-an-object'],
    ['nulls', 'not-json'],
    ['\u00a0{}', 'not-json'],
  ] as const) {
    assert.equal(errorOf(text).code, code, text.slice(0, 20));
  }
});
