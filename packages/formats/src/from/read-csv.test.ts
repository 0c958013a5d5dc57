import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCsv } from './read-csv.ts';

const cells = (text: string) => {
  const csv = readCsv(text);
  return csv.ok ? csv.rows.map((row) => row.cells) : [`${csv.error.at}: ${csv.error.message}`];
};

const table: readonly (readonly [text: string, rows: readonly unknown[]])[] = [
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    '\ufeffa;b\r\n1;2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a\tb\r1\t2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    '"a,x",b\n"1 ""one""",\n',
    [
      ['a,x', 'b'],
      ['1 "one"', ''],
    ],
  ],
  [
    'a,b\n"two\nlines",2\n',
    [
      ['a', 'b'],
      ['two\nlines', '2'],
    ],
  ],
  [
    '# a list, of something\n\n  \na;b\n;\n1;2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\n5" pipe,2',
    [
      ['a', 'b'],
      ['5" pipe', '2'],
    ],
  ],
  ['', []],
];

for (const [text, rows] of table)
  test(`RFC 4180 reads ${JSON.stringify(text)}`, () => assert.deepEqual(cells(text), rows));

test('a quotation mark that is not closed, and text behind one, are told with line and column', () => {
  assert.deepEqual(cells('a,b\n1,"2\n3\n'), [
    'line 2, column 3: A quotation mark opens here, and none closes it.',
  ]);
  assert.deepEqual(cells('a,b\n"x\ny"z,2'), [
    'line 3, column 3: Something stands behind the quotation mark that closes a cell.',
  ]);
});

test('a row knows the line on which it begins, whatever stands in cells before it', () => {
  const csv = readCsv('a\n"x\n\ny"\r\n# note\nb\n');
  assert.deepEqual(csv.ok && csv.rows.map(({ line }) => line), [1, 2, 6]);
});

test('cells, columns and rows are bounded', () => {
  assert.match(String(cells(`a\n${'x'.repeat(40_000)}`)), /^line 2, column 1: A cell has 32767/);
  assert.match(String(cells(','.repeat(300))), /^line 1, column 201: A row has 200/);
  assert.match(String(cells('1\n'.repeat(1_000_001))), /^line 1000001: It has more than 1000000 rows/);
});

test('what was written by RFC 4180 is read as it was, with every separator', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab"\',;\t\n\r #é'), maxLength: 8 });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r'),
      (given, separator, end) => {
        const all = [['x', 'y', 'z'], ...given];
        const text = all
          .map((row) => row.map((content) => `"${content.replaceAll('"', '""')}"`).join(separator))
          .join(end);
        const kept = all.filter((row) => row.some((content) => content.trim() !== ''));
        assert.deepEqual(cells(text), kept);
      },
    ),
  );
});

test('time grows with the length of a list only, whatever stands in it', () => {
  for (const span of ['"', '""', '",', ',', '\n', '#', '#\n', '"\n', 'a"', '\r', ';\t', ' \n']) {
    const text = span.repeat(Math.ceil(500_000 / span.length));
    const started = process.cpuUsage().user;
    readCsv(text);
    const spent = (process.cpuUsage().user - started) / 1_000;
    assert.ok(spent < 2_000, `${spent} ms over 500 kB of ${JSON.stringify(span)}`);
  }
});
