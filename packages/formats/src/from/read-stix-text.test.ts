import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readStixText } from './read-stix-text.ts';

/** Texts of the objects, with the index of the bundle that each stands in. */
function outline(text: string): readonly string[] {
  const read = readStixText(text);
  if (!read.ok) return [`error: ${read.message}`];
  return read.items.flatMap((item) =>
    item.kind === 'bundle'
      ? [`bundle of ${item.objects.length}`, ...item.objects.map((object) => object.text)]
      : [item.object.text],
  );
}

const bundle = (objects: string) => `{"type":"bundle","id":"bundle--1","objects":[${objects}]}`;

const table: readonly (readonly [title: string, text: string, wanted: readonly string[]])[] = [
  ['one object keeps its text', ' {"type":"a", "n":1.50}\n', ['{"type":"a", "n":1.50}']],
  ['a bundle', bundle('{"type":"a"}, {"type":"b"}'), ['bundle of 2', '{"type":"a"}', '{"type":"b"}']],
  ['a bundle without objects', '{"type":"bundle","id":"bundle--1"}', ['bundle of 0']],
  ['an envelope', '{"more":false,"objects":[{"type":"a"}]}', ['{"type":"a"}']],
  [
    'an object that has a list of objects of its own',
    '{"type":"a","objects":[1]}',
    ['{"type":"a","objects":[1]}'],
  ],
  ['a list of objects', '[{"type":"a"},{"type":"b"}]', ['{"type":"a"}', '{"type":"b"}']],
  ['an empty list', '[]', []],
  [
    'a list of bundles',
    `[${bundle('{"type":"a"}')},${bundle('')}]`,
    ['bundle of 1', '{"type":"a"}', 'bundle of 0'],
  ],
  ['NDJSON', '{"type":"a"}\r\n\n{"type":"b"}\n', ['{"type":"a"}', '{"type":"b"}']],
  [
    'NDJSON of bundles',
    `${bundle('{"type":"a"}')}\n${bundle('')}`,
    ['bundle of 1', '{"type":"a"}', 'bundle of 0'],
  ],
];

for (const [title, text, wanted] of table) {
  test(`A file is read: ${title}`, () => assert.deepEqual(outline(text), wanted));
}

const broken: readonly (readonly [title: string, text: string, message: RegExp])[] = [
  ['nothing', ' \n', /it is empty/],
  ['no JSON', 'type: bundle', /.+/],
  ['a slip of the pen, with its place', '{"type":"a",\n "b" 1}', /line 2, column 6/],
  ['a line of NDJSON, with its number', '{"type":"a"}\n{"type":\n', /^line 2: /],
  ['something after a list', '[], "type": [1]', /not JSON/],
  ['something after a list that closes it', '[{"type":"a"}]} , {"b":[', /.+/],
];

for (const [title, text, message] of broken) {
  test(`A file that cannot be used says why: ${title}`, () => {
    const read = readStixText(text);
    assert.equal(read.ok, false);
    assert.match(read.ok ? '' : read.message, message);
  });
}

test('The objects of any bundle come out as they went in, whatever the layout', () => {
  const layouts = [
    (texts: readonly string[]) => bundle(texts.join(',')),
    (texts: readonly string[]) => `[\n${texts.join(',\n')}\n]`,
    (texts: readonly string[]) => texts.join('\n'),
  ];
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...layouts),
      (values, layout) => {
        const texts = values.map((value) => `{"type":"x-a","value":${JSON.stringify(value)}}`);
        const found = outline(layout(texts)).filter((line) => !line.startsWith('bundle of'));
        assert.deepEqual(found, texts);
      },
    ),
  );
});
