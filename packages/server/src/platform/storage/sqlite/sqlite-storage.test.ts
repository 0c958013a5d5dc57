import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Migration } from '../migrations.ts';
import { openStorage } from '../open-storage.ts';
import { sqlitePlace } from '../testing.ts';
import { DirectoryInUseError } from './directory-lock.ts';
import { SqliteWorkerError } from './sqlite-error.ts';
import { SqliteStorage } from './sqlite-storage.ts';

type Tables = { entry: { n: number } };

const entries: Migration = {
  slice: 'test',
  number: 1,
  name: 'entry',
  async up(schema) {
    await schema.schema
      .createTable('entry')
      .addColumn('n', 'integer', (column) => column.primaryKey())
      .execute();
  },
};

async function directoryFor(t: TestContext): Promise<string> {
  const place = await sqlitePlace();
  t.after(() => place.remove());
  return join(place.directory, 'data');
}

/** A process that opens the directory and, when it writes, prints each number once its transaction is durable. */
function child(directory: string, loop: boolean): ChildProcess {
  const module = new URL('../open-storage.ts', import.meta.url).href;
  const program = `
    import { sql } from 'kysely';
    import { openStorage } from ${JSON.stringify(module)};
    const storage = await openStorage({ kind: 'sqlite', directory: ${JSON.stringify(directory)}, migrations: [{
      slice: 'test', number: 1, name: 'entry',
      up: (schema) => schema.schema.createTable('entry').addColumn('n', 'integer', (c) => c.primaryKey()).execute(),
    }] });
    const { rows: [{ next }] } = await sql\`select coalesce(max(n), 0) + 1 as next from entry\`.execute(storage.read);
    process.stdout.write('open\\n');
    for (let n = next; ${loop}; n += 1) {
      await storage.write((transaction) => sql\`insert into entry (n) values (\${n})\`.execute(transaction));
      process.stdout.write(n + '\\n');
    }`;
  return spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function kill(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, 'exit');
  process.kill('SIGKILL');
  await exit;
}

async function firstLine(process: ChildProcess): Promise<string> {
  assert(process.stdout !== null);
  for await (const line of createInterface(process.stdout)) return line;
  throw new Error('The child ended without a word');
}

test('the data directory is made for its owner alone', async (t) => {
  const directory = await directoryFor(t);
  await using _storage = await openStorage({ kind: 'sqlite', directory, migrations: [] });
  assert.equal(statSync(directory).mode & 0o777, 0o700);
});

test('a second opening in the same process is refused, and granted after the first is closed', async (t) => {
  const directory = await directoryFor(t);
  const options = { kind: 'sqlite', directory, migrations: [] } as const;
  const storage = await openStorage(options);
  await assert.rejects(openStorage(options), DirectoryInUseError);
  await storage[Symbol.asyncDispose]();
  await (await openStorage(options))[Symbol.asyncDispose]();
});

test('a second process is refused with the directory and the pid of the first, until that one is killed', async (t) => {
  const directory = await directoryFor(t);
  const options = { kind: 'sqlite', directory, migrations: [entries] } as const;
  const holder = child(directory, true);
  t.after(() => kill(holder));
  assert.equal(await firstLine(holder), 'open');
  await assert.rejects(openStorage(options), (error) => {
    assert(error instanceof DirectoryInUseError);
    assert(
      error.message.includes(directory) && error.message.includes(`process ${holder.pid}`),
      error.message,
    );
    return true;
  });
  await kill(holder);
  await (await openStorage(options))[Symbol.asyncDispose]();
});

test('L4 a process killed while it writes loses nothing that it has acknowledged', async (t) => {
  const directory = await directoryFor(t);
  let acknowledged = 0;
  for (let round = 0; round < 5; round += 1) {
    const writer = child(directory, true);
    const wanted = acknowledged + 50 + round * 13;
    assert(writer.stdout !== null);
    for await (const line of createInterface(writer.stdout)) {
      if (line !== 'open') acknowledged = Number(line);
      if (acknowledged >= wanted && writer.exitCode === null && !writer.killed) writer.kill('SIGKILL');
    }
    await using storage = await openStorage({ kind: 'sqlite', directory, migrations: [entries] });
    const { rows } = await sql<{
      count: number;
      last: number;
    }>`select count(*) as count, max(n) as last from entry`.execute(storage.read);
    const [found] = rows;
    assert(found !== undefined && found.last >= acknowledged, `${found?.last} of ${acknowledged} were kept`);
    assert.equal(found.count, found.last);
    // A transaction that was durable but not yet told counts as well.
    acknowledged = found.last;
  }
});

test('when the writing thread dies its transaction fails with the cause and is rolled back, and the next one works', async (t) => {
  const deaths: Error[] = [];
  await using storage = new SqliteStorage({
    directory: await directoryFor(t),
    onError: (error) => deaths.push(error),
  });
  await storage.write((transaction) => entries.up(transaction, 'sqlite'));
  const insert = (n: number) =>
    storage.write((transaction) =>
      transaction.withTables<Tables>().insertInto('entry').values({ n }).execute(),
    );
  await insert(1);
  const broken = storage.write(async (transaction) => {
    await transaction.withTables<Tables>().insertInto('entry').values({ n: 2 }).execute();
    await storage.threads.writer.session().terminate();
    await transaction.withTables<Tables>().insertInto('entry').values({ n: 3 }).execute();
  });
  await assert.rejects(broken, SqliteWorkerError);
  await insert(4);
  const rows = await storage.read.withTables<Tables>().selectFrom('entry').select('n').orderBy('n').execute();
  assert.deepEqual(rows, [{ n: 1 }, { n: 4 }]);
  assert.equal(deaths.length, 1);
});

test('when the reading thread dies what was being read fails, and the next query works', async (t) => {
  await using storage = new SqliteStorage({ directory: await directoryFor(t), onError: () => undefined });
  await storage.write((transaction) => entries.up(transaction, 'sqlite'));
  const slow = sql`with recursive c(n) as (select 1 union all select n + 1 from c where n < 2000000) select max(n) from c`;
  const reading = slow.execute(storage.read);
  const failed = assert.rejects(reading, SqliteWorkerError);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await storage.threads.reader.session().terminate();
  await failed;
  assert.deepEqual((await sql`select 1 as one`.execute(storage.read)).rows, [{ one: 1 }]);
});

test('a statement that fails leaves the transaction as it was, and an error names the statement', async (t) => {
  await using storage = await openStorage({
    kind: 'sqlite',
    directory: await directoryFor(t),
    migrations: [entries],
  });
  await storage.write(async (transaction) => {
    const db = transaction.withTables<Tables>();
    await db.insertInto('entry').values({ n: 1 }).execute();
    await assert.rejects(
      db.insertInto('entry').values({ n: 1 }).execute(),
      /UNIQUE.*in: insert into "entry"/,
    );
    await db.insertInto('entry').values({ n: 2 }).execute();
  });
  const rows = await storage.read.withTables<Tables>().selectFrom('entry').select('n').execute();
  assert.equal(rows.length, 2);
});

test('a stream gives all rows in pieces from one snapshot, and can be left early', async (t) => {
  await using storage = await openStorage({
    kind: 'sqlite',
    directory: await directoryFor(t),
    migrations: [entries],
  });
  const rows = Array.from({ length: 1000 }, (_, n) => [n]);
  const insert = (batch: readonly (readonly number[])[]) =>
    storage.write((transaction) =>
      storage.bulk.insert(transaction, 'entry', [{ name: 'n', type: 'integer' }], batch),
    );
  await insert(rows);
  const all = storage.read.withTables<Tables>().selectFrom('entry').select('n').orderBy('n');
  const seen: number[] = [];
  for await (const { n } of all.stream(100)) {
    if (n === 0) await insert([[5000]]);
    seen.push(n);
  }
  assert.deepEqual(seen, rows.flat());
  for await (const { n } of all.stream(10)) if (n === 25) break;
  assert.equal((await all.execute()).length, 1001);
});

test('a select * prepared before the table changed reads the new column', async (t) => {
  await using storage = await openStorage({
    kind: 'sqlite',
    directory: await directoryFor(t),
    migrations: [entries],
  });
  const read = async () => (await sql`select * from entry`.execute(storage.read)).rows;
  await storage.write((transaction) => sql`insert into entry (n) values (1)`.execute(transaction));
  assert.deepEqual(await read(), [{ n: 1 }]);
  await storage.write((transaction) => sql`alter table entry add column note text`.execute(transaction));
  assert.deepEqual(await read(), [{ n: 1, note: null }]);
});

test('what was written moves into the database file as soon as there is time, while the node runs', async (t) => {
  const directory = await directoryFor(t);
  await using storage = await openStorage({ kind: 'sqlite', directory, migrations: [entries] });
  const rows = Array.from({ length: 30_000 }, (_, at) => [at]);
  await storage.write((transaction) =>
    storage.bulk.insert(transaction, 'entry', [{ name: 'n', type: 'integer' }], rows),
  );
  const size = () => statSync(join(directory, 'belltower.db')).size;
  const before = size();
  const end = performance.now() + 20_000;
  while (size() === before && performance.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert(size() > before + 100_000, `${size()} bytes after ${before}`);
});

test('what is shared is readable for its owner alone, also in a directory that others may look into', async (t) => {
  const directory = await directoryFor(t);
  mkdirSync(directory, { mode: 0o755 });
  await using storage = await openStorage({ kind: 'sqlite', directory, migrations: [entries] });
  await storage.write((transaction) => sql`insert into entry (n) values (1)`.execute(transaction));
  const open = readdirSync(directory).filter(
    (name) => name.startsWith('belltower.db') && (statSync(join(directory, name)).mode & 0o077) !== 0,
  );
  assert.deepEqual(open, []);
});
