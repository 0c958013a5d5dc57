import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { integerType, textType } from '../column-types.ts';
import { appliedMigrations, tableNames } from '../migration-table.ts';
import type { Migration } from '../migrations.ts';
import { openStorage, type StorageLocation } from '../open-storage.ts';
import type { Storage } from '../storage.ts';
import { postgresPlace, sqlitePlace, type TestPlace, testDatabaseUrl } from '../testing.ts';
import { ArchiveError } from './archive-format.ts';
import { createBackup } from './create-backup.ts';
import { RestoreError, restoreBackup } from './restore-backup.ts';
import { verifyBackup } from './verify-backup.ts';

const first: Migration = {
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

const second: Migration = {
  slice: 'test',
  number: 2,
  name: 'later',
  async up(schema, engine) {
    await schema.schema.alterTable('z_parent').addColumn('later', textType(engine)).execute();
  },
};

const bodies = [
  null,
  '',
  '{"a": "\\u0000\\n"}',
  'line\nline\r\u2028',
  'ünï\u{1F4E1}',
  "'; drop table a_child; --",
  '[]',
];

async function fill(storage: Storage): Promise<void> {
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

async function contents(db: Kysely<object>) {
  const parents = await sql`select id, parent_id from z_parent order by id`.execute(db);
  const children = await sql`select n, parent_id, body, weight, doubled from a_child order by n`.execute(db);
  return { parents: parents.rows, children: children.rows };
}

async function folder(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'belltower-backup-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

const engines: readonly { readonly name: string; place(): Promise<TestPlace> }[] = [
  { name: 'SQLite', place: sqlitePlace },
  ...(testDatabaseUrl === undefined
    ? []
    : [{ name: 'PostgreSQL', place: () => postgresPlace(testDatabaseUrl ?? '') }]),
];

async function placed(t: TestContext, engine: (typeof engines)[number]): Promise<StorageLocation> {
  const place = await engine.place();
  t.after(() => place.remove());
  return place.location;
}

const program = '1.2.3';

/** A backup of filled tables, and what stands in them. */
async function backedUp(t: TestContext, engine: (typeof engines)[number]) {
  const location = await placed(t, engine);
  await using storage = await openStorage({ ...location, migrations: [first] });
  await fill(storage);
  const file = join(await folder(t), 'backup.zst');
  const summary = await createBackup({ location, file, program });
  return { location, file, summary, contents: await contents(storage.read) };
}

for (const from of engines) {
  for (const to of engines) {
    test(`a backup from ${from.name} is restored into ${to.name} with every value as it was`, async (t) => {
      const { file, contents: before } = await backedUp(t, from);
      const location = await placed(t, to);
      const { rows, header } = await restoreBackup({ location, file, migrations: [first, second] });
      assert.equal(rows, 2 + bodies.length);
      assert.equal(header.program, program);
      // The start applies what the backup does not have yet.
      await using storage = await openStorage({ ...location, migrations: [first, second] });
      assert.deepEqual(await contents(storage.read), before);
      assert.deepEqual(
        (await appliedMigrations(storage.read, storage.engine)).map(({ name }) => name),
        ['tables', 'later'],
      );
      assert.deepEqual((await sql`select * from child_fts`.execute(storage.read)).rows, []);
      const orphan = sql`insert into a_child (n, parent_id) values (1, 'nobody')`;
      await assert.rejects(
        storage.write((transaction) => orphan.execute(transaction)),
        /foreign key/i,
      );
    });
  }
}
if (testDatabaseUrl === undefined) {
  test('a backup crosses between the engines', { skip: 'BELLTOWER_TEST_DATABASE_URL is not set' });
}

for (const engine of engines) {
  describe(`a backup of ${engine.name}`, () => {
    test('names what it holds, is readable for its owner alone, and overwrites nothing', async (t) => {
      const { location, file, summary } = await backedUp(t, engine);
      assert.deepEqual(summary.tables, [
        { table: 'a_child', rows: bodies.length },
        { table: 'z_parent', rows: 2 },
      ]);
      assert.deepEqual(summary.skipped, ['child_fts']);
      const { mode, size } = await stat(file);
      assert.equal(mode & 0o777, 0o600);
      assert.equal(summary.bytes, size);
      const verified = await verifyBackup(file);
      assert.equal(verified.rows, 2 + bodies.length);
      await assert.rejects(createBackup({ location, file, program }), /exists already/);
    });

    test('is of one moment while transactions go on', async (t) => {
      const location = await placed(t, engine);
      await using storage = await openStorage({ ...location, migrations: [first] });
      const columns = [
        { name: 'n', type: 'bigint' },
        { name: 'parent_id', type: 'text' },
        { name: 'body', type: 'text' },
      ] as const;
      // Each transaction adds one parent and ten children.
      const add = (number: number) =>
        storage.write(async (transaction) => {
          await sql`insert into z_parent (id) values (${`p${number}`})`.execute(transaction);
          const rows = Array.from(
            { length: 10 },
            (_, index) => [number * 10 + index, `p${number}`, 'x'.repeat(5_000)] as const,
          );
          await storage.bulk.insert(transaction, 'a_child', columns, rows);
        });
      let number = 0;
      while (number < 200) await add(number++);
      let during = true;
      const directory = await folder(t);
      const file = join(directory, 'backup.zst');
      const backup = createBackup({ location, file, program }).finally(() => {
        during = false;
      });
      let added = 0;
      while (during) {
        await add(number++);
        added += 1;
      }
      const summary = await backup;
      assert(added > 0, 'nothing was written meanwhile');
      const [children, parents] = summary.tables.map(({ rows }) => rows);
      assert(parents !== undefined && parents >= 201 && parents <= number + 1);
      // The seed has no children.
      assert.equal(children, (parents - 1) * 10);
      const target = await placed(t, engine);
      await restoreBackup({ location: target, file, migrations: [first] });
    });

    test('leaves no file when it is interrupted', async (t) => {
      const location = await placed(t, engine);
      await using storage = await openStorage({ ...location, migrations: [first] });
      await fill(storage);
      const file = join(await folder(t), 'backup.zst');
      await assert.rejects(createBackup({ location, file, program, signal: AbortSignal.abort() }));
      await assert.rejects(stat(file));
      await assert.rejects(stat(`${file}.partial`));
    });

    test('a column that cannot be carried is refused when the backup is made', async (t) => {
      const location = await placed(t, engine);
      const odd: Migration = {
        ...first,
        up: (schema) => schema.schema.createTable('odd').addColumn('when', 'timestamp').execute(),
      };
      await using _storage = await openStorage({ ...location, migrations: [odd] });
      const file = join(await folder(t), 'backup.zst');
      await assert.rejects(createBackup({ location, file, program }), /odd\.when has the type/);
    });
  });

  describe(`restoring into ${engine.name}`, () => {
    async function refused(
      location: StorageLocation,
      file: string,
      type: new (...values: never[]) => Error,
      message: RegExp,
    ) {
      await assert.rejects(restoreBackup({ location, file, migrations: [first, second] }), (error) => {
        assert(error instanceof type, String(error));
        assert.match(error.message, message);
        return true;
      });
      await using storage = await openStorage({ ...location, migrations: [] });
      assert.deepEqual(await tableNames(storage.read, storage.engine), []);
    }

    async function altered(t: TestContext, alter: (text: string) => string) {
      const { file } = await backedUp(t, engine);
      const text = zstdDecompressSync(await readFile(file)).toString();
      await writeFile(file, zstdCompressSync(alter(text)));
      return { file, location: await placed(t, engine) };
    }

    const unpack = (packed: Buffer) => {
      try {
        return zstdDecompressSync(packed).toString();
      } catch {
        return undefined;
      }
    };

    const resign = (text: string) => {
      const lines = text.trimEnd().split('\n');
      const body = `${lines.slice(0, -1).join('\n')}\n`;
      const sha256 = createHash('sha256').update(body).digest('hex');
      return `${body}${JSON.stringify({ ...JSON.parse(lines.at(-1) ?? ''), sha256 })}\n`;
    };

    for (const [what, alter, message] of [
      ['a value was altered', (text) => text.replace('line\\nline', 'line\\nlime'), /SHA-256/],
      ['a row is missing', (text) => resign(text.replace(/\n\[.*?\]\n\{/, '\n{')), /missing or too many/],
      [
        'a row was doubled',
        (text) => resign(text.replace(/\n(\[.*?\])\n\{/, '\n$1\n$1\n{')),
        /UNIQUE|duplicate|missing or too many/,
      ],
      ['a row is too short', (text) => resign(text.replace(/\n\[.*?\]\n\{/, '\n[1]\n{')), /a row is not/],
      [
        'a table is missing',
        (text) => resign(text.replace('{"table":"a_child"}\n', '')),
        /row stands outside/,
      ],
      [
        'the end is missing',
        (text) => text.trimEnd().split('\n').slice(0, -1).join('\n').concat('\n'),
        /its end is missing/,
      ],
      ['something follows the end', (text) => `${text}[1]\n`, /follows its end/],
      ['a line is cut', (text) => text.slice(0, -20), /middle of a line/],
      ['it is something else', () => '{"hello":1}\n', /not a backup/],
      [
        'its format is newer',
        (text) => text.replace('"formatVersion":1', '"formatVersion":2'),
        /use a newer one/,
      ],
      ['it is empty', () => '', /its end is missing/],
    ] as const satisfies readonly (readonly [string, (text: string) => string, RegExp])[]) {
      test(`keeps nothing when ${what}`, async (t) => {
        const { file, location } = await altered(t, alter);
        await refused(location, file, Error, message);
      });
    }

    test('keeps nothing when the file is cut off or a byte of it differs, wherever that is', async (t) => {
      const { file } = await backedUp(t, engine);
      const whole = await readFile(file);
      const location = await placed(t, engine);
      for (let at = 1; at < whole.length; at += Math.ceil(whole.length / 7)) {
        await writeFile(file, whole.subarray(0, at));
        await refused(location, file, ArchiveError, /damaged|cut off/);
        const flipped = Buffer.from(whole);
        flipped.writeUInt8(whole.readUInt8(at) ^ 0x10, at);
        // Some bits of the compression say nothing about the content.
        if (unpack(flipped) === unpack(whole)) continue;
        await writeFile(file, flipped);
        await refused(location, file, ArchiveError, /damaged|cut off|not a backup/);
      }
      await writeFile(file, Buffer.concat([whole, Buffer.from('more')]));
      await refused(location, file, ArchiveError, /damaged/);
      await writeFile(file, whole);
      await restoreBackup({ location, file, migrations: [first] });
    });

    test('is refused where there is data already', async (t) => {
      const { location, file } = await backedUp(t, engine);
      await assert.rejects(restoreBackup({ location, file, migrations: [first] }), RestoreError);
    });

    test('a backup from a newer program is refused with its version', async (t) => {
      const { file } = await backedUp(t, engine);
      const location = await placed(t, engine);
      await assert.rejects(restoreBackup({ location, file, migrations: [] }), (error) => {
        assert(error instanceof RestoreError);
        assert.match(error.message, /version 1\.2\.3.*test 1 \(tables\)/);
        return true;
      });
    });

    test('a file that is not there is named, and no database is made', async (t) => {
      const location = await placed(t, engine);
      const file = join(await folder(t), 'none.zst');
      await assert.rejects(restoreBackup({ location, file, migrations: [first] }), /ENOENT.*none\.zst/);
    });

    test('what runs after the load is part of it', async (t) => {
      const { file } = await backedUp(t, engine);
      const location = await placed(t, engine);
      const failing = restoreBackup({
        location,
        file,
        migrations: [first],
        afterLoad: async () => {
          throw new Error('not now');
        },
      });
      await assert.rejects(failing, /not now/);
      await restoreBackup({
        location,
        file,
        migrations: [first],
        afterLoad: async (transaction) => {
          await sql`update a_child set body = 'after'`.execute(transaction);
        },
      });
      await using storage = await openStorage({ ...location, migrations: [first] });
      const { rows } = await sql<{ body: string }>`select distinct body from a_child`.execute(storage.read);
      assert.deepEqual(rows, [{ body: 'after' }]);
    });
  });
}
