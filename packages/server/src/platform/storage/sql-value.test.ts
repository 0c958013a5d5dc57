import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { inList } from './in-list.ts';
import { describeEngines } from './testing.ts';
import { columns, openThings } from './testing-things.ts';

describeEngines('values', (place) => {
  const open = async (t: TestContext) => openThings(await place(), t);

  test('inList finds a thousand values with one parameter, and nothing with none', async (t) => {
    const { storage, read } = await open(t);
    const rows = Array.from({ length: 1000 }, (_, index) => [`id-${index}`, index, null] as const);
    await storage.write((transaction) => storage.bulk.insert(transaction, 'thing', columns, rows));
    const find = (ids: readonly string[], amounts: readonly number[]) =>
      read
        .selectFrom('thing')
        .select('id')
        .where((eb) => eb.or([inList(eb.ref('id'), ids), inList(eb.ref('amount'), amounts)]));
    const wanted = rows.map(([id]) => id);
    assert.equal(find(wanted, []).compile().parameters.length, 2);
    assert.equal((await find(wanted, []).execute()).length, 1000);
    assert.equal((await find([], [3, 5, -1]).execute()).length, 2);
    assert.equal((await find(['"},id-1', "'", 'id-7'], []).execute()).length, 1);
    assert.equal((await find([], []).execute()).length, 0);
  });

  test('text sorts by its bytes, and integers beside the largest safe one are exact', async (t) => {
    const { read, add, ids } = await open(t);
    const names = ['a', 'B', 'ä', 'Z', '~', '€', '_', 'a b', '\u{1F4E1}', '\uFFFD'];
    await Promise.all(names.map((name, index) => add(name, Number.MAX_SAFE_INTEGER - index)));
    const expected = names.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    assert.deepEqual(await ids(), expected);
    const row = await read
      .selectFrom('thing')
      .selectAll()
      .where('amount', '=', Number.MAX_SAFE_INTEGER)
      .execute();
    assert.deepEqual(row, [{ id: 'a', amount: Number.MAX_SAFE_INTEGER, note: null }]);
  });

  test('comparisons, counts and sums come back as numbers', async (t) => {
    const { read, add } = await open(t);
    await add('a', 2);
    await add('b', 3);
    const row = await read
      .selectFrom('thing')
      .select((eb) => [
        eb.fn.countAll<number>().as('count'),
        eb.fn.sum<number>('amount').as('sum'),
        sql<number>`count(*) > 1`.as('several'),
        sql<number>`max(amount) / ${2}`.as('half'),
      ])
      .executeTakeFirstOrThrow();
    assert.deepEqual(row, { count: 2, sum: 5, several: 1, half: 1 });
  });

  test('an integer that a number cannot hold is an error, in reading and in writing', async (t) => {
    const { storage, read, add } = await open(t);
    await assert.rejects(add('a', 2 ** 53), /not a number that both engines store exactly/);
    await storage.write((transaction) =>
      sql`insert into thing (id, amount) values ('b', 9007199254740993)`.execute(transaction),
    );
    await assert.rejects(read.selectFrom('thing').selectAll().execute(), /too large/);
  });

  for (const [what, value] of [
    ['a boolean', true],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(1)],
    ['NaN', Number.NaN],
    ['text with U+0000', 'a\0b'],
  ] as const) {
    test(`a parameter that is ${what} is refused`, async (t) => {
      const { storage } = await open(t);
      await assert.rejects(async () => sql`select ${value} as x`.execute(storage.read), TypeError);
    });
  }
});
