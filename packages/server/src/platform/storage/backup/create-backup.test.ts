import assert from 'node:assert/strict';
import { lstat, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import type { Migration } from '../migrations.ts';
import { openStorage } from '../open-storage.ts';
import { createBackup } from './create-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import {
  backedUp,
  bodies,
  digestsOfChildren as contents,
  engines,
  fill,
  first,
  folder,
  placed,
  program,
} from './testing.ts';
import { verifyBackup } from './verify-backup.ts';

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
      const verified = await verifyBackup({ file, contents });
      assert.equal(verified.rows, 2 + bodies.length);
      await assert.rejects(createBackup({ location, file, program, contents }), /exists already/);
    });

    test('writes into nothing that lies under its name already', async (t) => {
      const { location } = await backedUp(t, engine);
      const place = await folder(t);
      const [file, other] = [join(place, 'again'), join(place, 'readable by all')];
      await writeFile(other, 'mine');
      await symlink(other, `${file}.partial`);
      await createBackup({ location, file, program, contents });
      assert.equal(await readFile(other, 'utf8'), 'mine');
      assert.equal((await lstat(file)).mode & 0o777, 0o600);
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
      const backup = createBackup({ location, file, program, contents }).finally(() => {
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
      await restoreBackup({ location: target, file, migrations: [first], contents });
    });

    test('leaves no file when it is interrupted', async (t) => {
      const location = await placed(t, engine);
      await using storage = await openStorage({ ...location, migrations: [first] });
      await fill(storage);
      const file = join(await folder(t), 'backup.zst');
      await assert.rejects(createBackup({ location, file, program, contents, signal: AbortSignal.abort() }));
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
      await assert.rejects(createBackup({ location, file, program, contents }), /odd\.when has the type/);
    });
  });
}
