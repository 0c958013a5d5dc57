import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable } from './printable.ts';
import { formatTable } from './table.ts';

test('Columns line up, and what is missing is a dash', () => {
  const rows = [
    { id: 'a', name: 'Telco' },
    { id: 'long', name: undefined },
  ];
  const lines = formatTable(rows, [
    ['ID', ({ id }) => id],
    ['NAME', ({ name }) => name],
  ]);
  assert.deepEqual(lines, ['ID    NAME', 'a     Telco', 'long  -']);
});

test('What others wrote cannot steer the terminal', () => {
  assert.equal(printable('a\u001B[2Jb\u009Bc\u202Ed\ne'), 'a␛[2Jb\uFFFDc\uFFFDd␊e');
  assert.equal(printable('Télécom Ñ 电信'), 'Télécom Ñ 电信');
});
