import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { textType } from './column-types.ts';
import { isUniqueViolation } from './is-unique-violation.ts';
import { appliedMigrations, tableNames } from './migration-table.ts';
import { type Migration, MigrationError } from './migrations.ts';
import { openStorage } from './open-storage.ts';
import { planMigrations } from './plan-migrations.ts';
import { describeEngines, openTestStorageAt, type TestPlace } from './testing.ts';

function migration(slice: string, number: number, name = `${slice}_${number}`): Migration {
  return {
    slice,
    number,
    name,
    async up(schema, engine) {
      await schema.schema
        .createTable(name)
        .addColumn('id', textType(engine), (column) => column.primaryKey())
        .execute();
    },
  };
}

const [a1, a2, b1] = [migration('a', 1), migration('a', 2), migration('b', 1)];

describeEngines('migrations', (place: () => Promise<TestPlace>) => {
  async function start(t: TestContext) {
    const there = await place();
    t.after(() => there.remove());
    const { location } = there;
    return {
      location,
      tables: async (migrations: readonly Migration[]) => {
        await using storage = await openStorage({ ...location, migrations });
        return await tableNames(storage.read, storage.engine);
      },
      applied: async (migrations: readonly Migration[]) => {
        await using storage = await openStorage({ ...location, migrations });
        const found = await appliedMigrations(storage.read, storage.engine);
        return found.map(({ slice, number, name }) => `${slice} ${number} ${name}`);
      },
      refused: (migrations: readonly Migration[], message: RegExp) =>
        assert.rejects(openStorage({ ...location, migrations }), (error) => {
          assert(error instanceof MigrationError);
          assert.match(error.message, message);
          return true;
        }),
    };
  }

  test('an empty list leaves the database empty', async (t) => {
    const { tables } = await start(t);
    assert.deepEqual(await tables([]), []);
  });

  test('what is pending is applied in the order of the list, and once', async (t) => {
    const { tables, applied } = await start(t);
    assert.deepEqual(await tables([a1, b1]), ['a_1', 'b_1', 'migration']);
    assert.deepEqual(await applied([a1, b1, a2]), ['a 1 a_1', 'b 1 b_1', 'a 2 a_2']);
    assert.deepEqual(await applied([a1, b1, a2]), ['a 1 a_1', 'b 1 b_1', 'a 2 a_2']);
  });

  test('a migration that fails keeps nothing of itself and everything before it, and the next start goes on there', async (t) => {
    const { location, tables, applied } = await start(t);
    const broken: Migration = {
      ...a2,
      async up(schema, engine) {
        await a2.up(schema, engine);
        await sql`select * from nowhere`.execute(schema);
      },
    };
    await assert.rejects(openStorage({ ...location, migrations: [a1, broken, b1] }), (error) => {
      assert(error instanceof MigrationError && error.cause instanceof Error);
      assert.match(error.message, /a 2 \(a_2\) failed/);
      assert.match(error.cause.message, /nowhere/);
      return true;
    });
    assert.deepEqual(await tables([a1]), ['a_1', 'migration']);
    assert.deepEqual(await applied([a1, a2, b1]), ['a 1 a_1', 'a 2 a_2', 'b 1 b_1']);
  });

  test('a database from a newer program is refused with what to do', async (t) => {
    const { tables, refused } = await start(t);
    await tables([a1, a2, b1]);
    await refused([a1, b1], /a 2 \(a_2\).*does not know.*newer version.*restore the backup/);
  });

  test('a migration that the database knows by another name is refused', async (t) => {
    const { tables, refused } = await start(t);
    await tables([a1]);
    await refused([migration('a', 1, 'other')], /a 1 \(a_1\).*a 1 \(other\)/);
  });

  test('a new migration before one that was applied is refused', async (t) => {
    const { tables, refused } = await start(t);
    await tables([a2]);
    await refused([a1, a2], /a 1 \(a_1\) is new.*a 2 \(a_2\)/);
  });

  test('a list that is not in order, or names a number twice, is refused', async (t) => {
    const { refused } = await start(t);
    await refused([a2, a1], /a 1 \(a_1\) is not numbered after/);
    await refused([a1, migration('a', 1, 'again')], /a 1 \(again\) is not numbered after/);
  });

  test('the plan tells what a start would apply, and applies nothing', async (t) => {
    const { location, tables } = await start(t);
    const names = async (migrations: readonly Migration[]) => {
      const { applied, pending } = await planMigrations(location, migrations);
      return [applied.map(({ name }) => name), pending.map(({ name }) => name)];
    };
    assert.deepEqual(await names([a1, a2]), [[], ['a_1', 'a_2']]);
    await tables([a1]);
    assert.deepEqual(await names([a1, a2]), [['a_1'], ['a_2']]);
    assert.deepEqual(await tables([a1]), ['a_1', 'migration']);
    await assert.rejects(planMigrations(location, []), MigrationError);
  });

  test('a text column that would sort by the locale fails the tests on PostgreSQL', async (t) => {
    const there = await place();
    const careless: Migration = {
      ...a1,
      up: (schema) => schema.schema.createTable('careless').addColumn('name', 'text').execute(),
    };
    const opening = openTestStorageAt(there, [careless], t);
    if (there.location.kind === 'sqlite') await opening;
    else await assert.rejects(opening, /textType.*careless\.name/);
  });

  test('a key that exists already is told from every other error', async (t) => {
    const { location } = await start(t);
    await using storage = await openStorage({ ...location, migrations: [a1] });
    const insert = (id: string | null) =>
      storage.write((transaction) => sql`insert into a_1 (id) values (${id})`.execute(transaction));
    await insert('x');
    await assert.rejects(insert('x'), isUniqueViolation);
    await assert.rejects(
      storage.write((transaction) => sql`insert into nowhere (id) values ('x')`.execute(transaction)),
      (error) => !isUniqueViolation(error),
    );
  });
});
