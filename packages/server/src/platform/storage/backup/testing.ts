import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { integerType, textType } from '../column-types.ts';
import type { Migration } from '../migrations.ts';
import { openStorage } from '../open-storage.ts';
import type { Storage } from '../storage.ts';
import type { StorageLocation } from '../storage-location.ts';
import { postgresPlace, sqlitePlace, type TestPlace, testDatabaseUrl } from '../testing.ts';
import type { ContentDigests } from './content-digest.ts';
import { createBackup } from './create-backup.ts';

/** Tables whose foreign keys run in a circle, a generated column, a seeded row and a full-text index. */
export const first: Migration = {
  slice: 'test',
  number: 1,
  name: 'tables',
  async up(schema, engine) {
    const [text, integer] = [textType(engine), integerType(engine)];
    // The names make a load in alphabetical order break the foreign keys, which also run in a circle.
    await schema.schema
      .createTable('z_parent')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('parent_id', text, (column) => column.references('z_parent.id'))
      .execute();
    await schema.schema
      .createTable('a_child')
      .addColumn('n', integer, (column) => column.primaryKey())
      .addColumn('parent_id', text, (column) => column.notNull().references('z_parent.id'))
      .addColumn('body', text)
      .addColumn('weight', 'double precision')
      .addColumn('doubled', integer, (column) => column.generatedAlwaysAs(sql`n * 2`).stored())
      .execute();
    await sql`insert into z_parent (id) values ('seed')`.execute(schema);
    const search =
      engine === 'sqlite'
        ? sql`create virtual table child_fts using fts5 (body)`
        : sql`create table child_fts (n bigint, words tsvector)`;
    await search.execute(schema);
  },
};

/** What a newer program adds. */
export const second: Migration = {
  slice: 'test',
  number: 2,
  name: 'later',
  async up(schema, engine) {
    await schema.schema.alterTable('z_parent').addColumn('later', textType(engine)).execute();
  },
};

/** Texts that a careless format would spoil. */
export const bodies = [
  null,
  '',
  '{"a": "\\u0000\\n"}',
  'line\nline\r\u2028',
  'ünï\u{1F4E1}',
  "'; drop table a_child; --",
  '[]',
];

/** Fills the tables of `first`. */
export async function fill(storage: Storage): Promise<void> {
  await storage.write(async (transaction) => {
    await sql`delete from z_parent`.execute(transaction);
    await sql`insert into z_parent (id) values ('b')`.execute(transaction);
    await sql`insert into z_parent (id, parent_id) values ('a', 'b')`.execute(transaction);
    await sql`update z_parent set parent_id = 'a' where id = 'b'`.execute(transaction);
    for (const [n, body] of bodies.entries()) {
      const weight = n === 0 ? null : n / 3;
      await sql`insert into a_child (n, parent_id, body, weight)
        values (${Number.MAX_SAFE_INTEGER / 2 - 0.5 - n}, 'a', ${body}, ${weight})`.execute(transaction);
    }
    await (storage.engine === 'sqlite'
      ? sql`insert into child_fts (body) values ('word')`
      : sql`insert into child_fts (n, words) values (1, to_tsvector('simple', 'word'))`
    ).execute(transaction);
  });
}

/** Everything that a backup must carry. */
export async function contents(db: Kysely<object>) {
  const parents = await sql`select id, parent_id from z_parent order by id`.execute(db);
  const children = await sql`select n, parent_id, body, weight, doubled from a_child order by n`.execute(db);
  return { parents: parents.rows, children: children.rows };
}

/** Tells the table a_child as if it were one collection's log. */
export const digestsOfChildren: ContentDigests = {
  order: new Map([['a_child', ['n']]]),
  digester() {
    const rows: string[] = [];
    return {
      table: (name, columns) =>
        name === 'a_child'
          ? (row) => rows.push(JSON.stringify([row[columns.indexOf('n')], row[columns.indexOf('body')]]))
          : undefined,
      digests: () => [childrenDigest(rows)],
    };
  },
  async read(db) {
    const { rows } = await sql<{ n: number; body: string }>`select n, body from a_child order by n`.execute(
      db,
    );
    return [childrenDigest(rows.map(({ n, body }) => JSON.stringify([n, body])))];
  },
};

function childrenDigest(rows: readonly string[]) {
  const sha256 = createHash('sha256').update(rows.join('\n')).digest('hex');
  return { collection: 'c1', name: 'children', position: rows.length, entries: rows.length, sha256 };
}

/** A folder that is gone when the test ends. */
export async function folder(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'belltower-backup-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** The engines that this run has. */
export const engines: readonly { readonly name: string; place(): Promise<TestPlace> }[] = [
  { name: 'SQLite', place: sqlitePlace },
  ...(testDatabaseUrl === undefined
    ? []
    : [{ name: 'PostgreSQL', place: () => postgresPlace(testDatabaseUrl ?? '') }]),
];

/** A place for a database that is gone when the test ends. */
export async function placed(t: TestContext, engine: (typeof engines)[number]): Promise<StorageLocation> {
  const place = await engine.place();
  t.after(() => place.remove());
  return place.location;
}

/** A version. */
export const program = '1.2.3';

/** A backup of filled tables, and what stands in them. */
export async function backedUp(t: TestContext, engine: (typeof engines)[number]) {
  const location = await placed(t, engine);
  await using storage = await openStorage({ ...location, migrations: [first] });
  await fill(storage);
  const file = join(await folder(t), 'backup.zst');
  const summary = await createBackup({ location, file, program, contents: digestsOfChildren });
  return { location, file, summary, contents: await contents(storage.read) };
}
