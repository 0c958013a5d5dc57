import type { TestContext } from 'node:test';
import { integerType, textType } from './column-types.ts';
import type { Migration } from './migrations.ts';
import { openTestStorageAt, type TestPlace } from './testing.ts';

/** The table of the storage tests. */
export type Tables = { thing: { id: string; amount: number | null; note: string | null } };

/** Makes it. */
export const things: Migration = {
  slice: 'things',
  number: 1,
  name: 'things',
  async up(schema, engine) {
    await schema.schema
      .createTable('thing')
      .addColumn('id', textType(engine), (column) => column.primaryKey())
      .addColumn('amount', integerType(engine))
      .addColumn('note', textType(engine))
      .execute();
    await schema.schema
      .createIndex('thing_noted')
      .on('thing')
      .column('note')
      .where('note', 'is not', null)
      .execute();
  },
};

/** Its columns, for bulk. */
export const columns = [
  { name: 'id', type: 'text' },
  { name: 'amount', type: 'bigint' },
  { name: 'note', type: 'text' },
] as const;

/** Opens the place with the table `thing`, and what the tests do with it. */
export async function openThings(place: TestPlace, t: TestContext) {
  const storage = await openTestStorageAt(place, [things], t);
  const read = storage.read.withTables<Tables>();
  const ids = async () =>
    (await read.selectFrom('thing').select('id').orderBy('id').execute()).map(({ id }) => id);
  const add = (id: string, amount: number | null = null) =>
    storage.write((transaction) => insert(transaction.withTables<Tables>(), id, amount));
  const insert = async (
    db: ReturnType<typeof storage.read.withTables<Tables>>,
    id: string,
    amount: number | null = null,
  ) => {
    await db.insertInto('thing').values({ id, amount, note: null }).execute();
  };
  return { storage, read, ids, add, insert };
}
