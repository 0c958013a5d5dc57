import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { isUniqueViolation } from './is-unique-violation.ts';
import { openStorage } from './open-storage.ts';
import { describeEngines } from './testing.ts';
import { columns, openThings, type Tables, things } from './testing-things.ts';

describeEngines('storage', (place) => {
  const open = async (t: TestContext) => openThings(await place(), t);

  test('what a transaction wrote is read once it has committed, and not before', async (t) => {
    const { storage, ids, insert } = await open(t);
    const seen = await storage.write(async (transaction) => {
      await insert(transaction.withTables<Tables>(), 'a');
      return ids();
    });
    assert.deepEqual(seen, []);
    assert.deepEqual(await ids(), ['a']);
  });

  test('a transaction whose work throws keeps nothing and passes on what was thrown', async (t) => {
    const { storage, ids, insert } = await open(t);
    const refusal = new Error('refused');
    const attempt = storage.write(async (transaction) => {
      await insert(transaction.withTables<Tables>(), 'a');
      throw refusal;
    });
    await assert.rejects(attempt, (error) => error === refusal);
    assert.deepEqual(await ids(), []);
  });

  test('a hundred transactions that each add one to the same row lose none', async (t) => {
    const { storage, read, add } = await open(t);
    await add('counter', 0);
    const increment = () =>
      storage.write(async (transaction) => {
        const db = transaction.withTables<Tables>();
        const row = await db
          .selectFrom('thing')
          .select('amount')
          .where('id', '=', 'counter')
          .forUpdate()
          .executeTakeFirstOrThrow();
        await db
          .updateTable('thing')
          .set({ amount: (row.amount ?? 0) + 1 })
          .where('id', '=', 'counter')
          .execute();
      });
    await Promise.all(Array.from({ length: 100 }, increment));
    assert.equal((await read.selectFrom('thing').select('amount').executeTakeFirstOrThrow()).amount, 100);
  });

  test('reading goes on while a transaction that writes is open', async (t) => {
    const { storage, ids, insert, add } = await open(t);
    await add('before');
    const wait = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const writing = storage.write(async (transaction) => {
      await insert(transaction.withTables<Tables>(), 'during');
      began.resolve();
      await wait.promise;
    });
    await began.promise;
    assert.deepEqual(await ids(), ['before']);
    wait.resolve();
    await writing;
    assert.deepEqual(await ids(), ['before', 'during']);
  });

  test('a transaction that reads keeps its snapshot while others write and read', async (t) => {
    const { storage, ids, add } = await open(t);
    await add('a');
    await storage.read
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (snapshot) => {
        const count = async () =>
          (await snapshot.withTables<Tables>().selectFrom('thing').selectAll().execute()).length;
        assert.equal(await count(), 1);
        await add('b');
        assert.deepEqual(await ids(), ['a', 'b']);
        assert.equal(await count(), 1);
      });
    assert.deepEqual(await ids(), ['a', 'b']);
  });

  test('a write through read is refused, and so is locking a row', async (t) => {
    const { read, insert, ids } = await open(t);
    await assert.rejects(insert(read, 'a'), /read-?only/i);
    await assert.rejects(
      async () => read.selectFrom('thing').selectAll().forUpdate().execute(),
      /read-only|write\(\)/,
    );
    assert.deepEqual(await ids(), []);
  });

  test('a write inside a write is refused instead of waiting for itself', async (t) => {
    const { storage, add, ids } = await open(t);
    await assert.rejects(
      storage.write(() => add('a')),
      /inside write/,
    );
    await add('b');
    assert.deepEqual(await ids(), ['b']);
  });

  test('work that a transaction started may write once the transaction is over', async (t) => {
    const { storage, add, ids } = await open(t);
    const over = Promise.withResolvers<void>();
    const later = await storage.write(async () => ({ done: over.promise.then(() => add('later')) }));
    over.resolve();
    await later.done;
    assert.deepEqual(await ids(), ['later']);
  });

  test('bulk inserts a thousand rows in the transaction that is given', async (t) => {
    const { storage, read } = await open(t);
    const rows = Array.from(
      { length: 1000 },
      (_, index) => [`id-${index}`, index, index % 2 === 0 ? null : `"ü\\${index}`] as const,
    );
    await assert.rejects(
      storage.write(async (transaction) => {
        await storage.bulk.insert(transaction, 'thing', columns, rows);
        throw new Error('no');
      }),
    );
    assert.equal((await read.selectFrom('thing').selectAll().execute()).length, 0);
    await storage.write((transaction) => storage.bulk.insert(transaction, 'thing', columns, rows));
    const found = await read.selectFrom('thing').selectAll().orderBy('amount').execute();
    assert.deepEqual(
      found.map(({ id, amount, note }) => [id, amount, note]),
      rows,
    );
  });

  test('three thousand transactions at once are all written, on SQLite in the order of asking', async (t) => {
    const { storage, read } = await open(t);
    let order = 0;
    const insert = (index: number) =>
      storage.write(async (transaction) => {
        order += 1;
        const values = { id: String(index), amount: order, note: null };
        await transaction.withTables<Tables>().insertInto('thing').values(values).execute();
      });
    await Promise.all(Array.from({ length: 3000 }, (_, index) => insert(index)));
    const rows = await read.selectFrom('thing').selectAll().orderBy('amount').execute();
    assert.equal(rows.length, 3000);
    if (storage.engine === 'sqlite') assert(rows.every(({ id, amount }) => Number(id) + 1 === amount));
  });

  test('bulk refuses a row of the wrong width, and inserting no rows does nothing', async (t) => {
    const { storage, ids } = await open(t);
    await assert.rejects(
      storage.write((transaction) => storage.bulk.insert(transaction, 'thing', columns, [['a', 1]])),
      /2 values for 3 columns/,
    );
    await storage.write((transaction) => storage.bulk.insert(transaction, 'thing', columns, []));
    assert.deepEqual(await ids(), []);
  });

  test('a bulk insert that fails somewhere in thousands of rows keeps none of them', async (t) => {
    const { storage, ids, add } = await open(t);
    const rows = Array.from({ length: 3_000 }, (_, at) => [`id-${at === 1_800 ? 7 : at}`, at, null] as const);
    await assert.rejects(
      storage.write((transaction) => storage.bulk.insert(transaction, 'thing', columns, rows)),
      isUniqueViolation,
    );
    assert.deepEqual(await ids(), []);
    await add('later');
    assert.deepEqual(await ids(), ['later']);
  });

  test('numAffectedRows tells how many rows were changed, and returning gives them', async (t) => {
    const { storage, add } = await open(t);
    await Promise.all(['a', 'b', 'c'].map((id) => add(id)));
    await storage.write(async (transaction) => {
      const db = transaction.withTables<Tables>();
      const changed = await db
        .updateTable('thing')
        .set({ amount: 1 })
        .where('id', '<', 'c')
        .executeTakeFirstOrThrow();
      assert.equal(changed.numUpdatedRows, 2n);
      const deleted = await db.deleteFrom('thing').where('amount', '=', 1).returning('id').execute();
      assert.deepEqual(deleted.map(({ id }) => id).sort(), ['a', 'b']);
    });
  });

  test('closing waits for the transaction that runs and refuses the next', async () => {
    const there = await place();
    const storage = await openStorage({ ...there.location, migrations: [things] });
    const writing = storage.write(async (transaction) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await transaction
        .withTables<Tables>()
        .insertInto('thing')
        .values({ id: 'a', amount: 1, note: null })
        .execute();
    });
    await storage[Symbol.asyncDispose]();
    await writing;
    await assert.rejects(
      storage.write(async () => undefined),
      /closed/,
    );
    await assert.rejects(sql`select 1`.execute(storage.read));
    await there.remove();
  });
});
