import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readBundleText } from './bundle-text.ts';
import { flawPlace } from './flaw-place.ts';

const table: readonly [text: string, flaw: 'duplicate-key' | 'lone-surrogate', place: string][] = [
  ['{"a":1,"a":2}', 'duplicate-key', '$.a'],
  ['{"a":{"b":1},"c":[{},{"b":[1,2],"b":1}]}', 'duplicate-key', '$.c[1].b'],
  ['{"a":"a","b":{"a":"b"},"\\u0062":1}', 'duplicate-key', '$.b'],
  ['{"a":["{","}","\\"",",",{"x-y":1,"x-y":2}]}', 'duplicate-key', "$.a[4]['x-y']"],
  ['{"__proto__":1,"__proto__":2}', 'duplicate-key', '$.__proto__'],
  ['{"a":1,"b":["\\ud83d\\ude00","\\ud83d"]}', 'lone-surrogate', '$.b[1]'],
  ['{"a":{"\\udc00":1}}', 'lone-surrogate', "$.a['\ufffd']"],
];
for (const [text, flaw, place] of table) {
  test(`${flaw} in ${text} stands at ${place}`, () => assert.equal(flawPlace(text, flaw), place));
}

test('a key that is put in once more, anywhere, is found at its place', () => {
  const objects = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }), {
    minKeys: 1,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 2 })), objects, (before, object) => {
      const [key = ''] = Object.keys(object);
      const twice = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(key)}:1}`;
      const text = `{"list":[${[...before.map((value) => JSON.stringify(value)), twice].join(',')}]}`;
      const read = readBundleText(`{"objects":[${text}]}`, { depth: 100, objects: 1, objectLength: 1e9 });
      assert.ok(read.ok && read.value.objects?.[0]?.flaw === 'duplicate-key');
      const place = flawPlace(text, 'duplicate-key');
      assert.ok(place.startsWith(`$.list[${before.length}]`), place);
    }),
  );
});
