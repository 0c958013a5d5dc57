import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { definePackingStatement, defineStatement, packStatement, runStatement } from './statement.ts';
import type { TestPlace } from './testing.ts';
import { describeEngines, openTestStorageAt } from './testing.ts';

const find = defineStatement(
  'select number from line where number <= $2 and number = any($1) order by number',
);
const pack = definePackingStatement(
  ['number', 'twice'],
  'select number, number * 2 as twice, text from line where number > $1 order by number limit $2',
);

async function openWith(place: () => Promise<TestPlace>, texts: readonly string[]) {
  const storage = await openTestStorageAt(await place(), []);
  await storage.write(async (transaction) => {
    await sql`create table line (number bigint primary key, text text)`.execute(transaction);
    const rows = texts.map((text, index) => [index + 1, text]);
    const columns = [
      { name: 'number', type: 'bigint' },
      { name: 'text', type: 'text' },
    ] as const;
    await storage.bulk.insert(transaction, 'line', columns, rows);
  });
  return storage;
}

describeEngines('statements of constant text', (place) => {
  test('a parameter can stand anywhere, more than once, and be a list', async () => {
    await using storage = await openWith(place, ['a', 'b', 'c', 'd']);
    assert.deepEqual(await runStatement(storage.read, find, [[4, 2, 1, 9], 3]), [
      { number: 1 },
      { number: 2 },
    ]);
    assert.deepEqual(await runStatement(storage.read, find, [[], 3]), []);
  });

  test('a parameter that the engines would store differently is refused', async () => {
    await using storage = await openWith(place, []);
    await assert.rejects(runStatement(storage.read, find, [['\0'], 3]), TypeError);
    await assert.rejects(runStatement(storage.read, find, [[1], Number.NaN]), TypeError);
  });

  test('texts are packed with a comma after each, as many as fit and always the first', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), { maxLength: 12 });
    const asked = fc.record({ after: fc.nat(6), limit: fc.integer({ min: 1, max: 12 }), bytes: fc.nat(200) });
    await fc.assert(
      fc.asyncProperty(texts, fc.array(asked, { minLength: 1, maxLength: 6 }), async (given, questions) => {
        const stored = given.map((text) => text.replaceAll('\0', '0').toWellFormed());
        await using storage = await openWith(place, stored);
        for (const { after, limit, bytes } of questions) {
          const found = await packStatement(storage.read, pack, [after, limit], bytes);
          const rows = stored.slice(after, after + limit);
          let octets = 0;
          const tooMany = rows.findIndex((text, index) => {
            octets += Buffer.byteLength(text);
            return index > 0 && octets > bytes;
          });
          const fitting = tooMany === -1 ? rows : rows.slice(0, tooMany);
          assert.equal(found.whole, tooMany === -1);
          assert.equal(Buffer.from(found.bytes).toString(), fitting.map((text) => `${text},`).join(''));
          const numbers = fitting.map((_, index) => after + index + 1);
          assert.deepEqual(
            found.numbers.map((column) => [...column]),
            [numbers, numbers.map((number) => number * 2)],
          );
          const ends = fitting.map((_, index) =>
            fitting.slice(0, index + 1).reduce((sum, text) => sum + Buffer.byteLength(text) + 1, -1),
          );
          assert.deepEqual([...found.ends], ends);
        }
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });
});
