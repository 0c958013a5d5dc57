import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { sql, type Transaction } from 'kysely';
import { appliedMigrations, tableNames } from '../migration-table.ts';
import { openStorage } from '../open-storage.ts';
import type { StorageLocation } from '../storage-location.ts';
import { testDatabaseUrl } from '../testing.ts';
import { ArchiveError } from './archive-format.ts';
import { RestoreError, restoreBackup } from './restore-backup.ts';
import {
  backedUp,
  bodies,
  digestsOfChildren as contents,
  contents as contentsOf,
  engines,
  first,
  folder,
  placed,
  program,
  second,
} from './testing.ts';
import { verifyBackup } from './verify-backup.ts';

for (const from of engines) {
  for (const to of engines) {
    test(`a backup from ${from.name} is restored into ${to.name} with every value as it was`, async (t) => {
      const { file, contents: before } = await backedUp(t, from);
      const location = await placed(t, to);
      const restored = await restoreBackup({ location, file, migrations: [first, second], contents });
      const { rows, header, digests, compared } = restored;
      assert.equal(compared, true);
      assert.deepEqual(digests, (await verifyBackup({ file, contents })).digests);
      assert.equal(rows, 2 + bodies.length);
      assert.equal(header.program, program);
      // The start applies what the backup does not have yet.
      await using storage = await openStorage({ ...location, migrations: [first, second] });
      assert.deepEqual(await contentsOf(storage.read), before);
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
  describe(`restoring into ${engine.name}`, () => {
    async function refused(
      location: StorageLocation,
      file: string,
      type: new (...values: never[]) => Error,
      message: RegExp,
    ) {
      await assert.rejects(
        restoreBackup({ location, file, migrations: [first, second], contents }),
        (error) => {
          assert(error instanceof type, String(error));
          assert.match(error.message, message);
          return true;
        },
      );
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
        (text) => text.replace('"formatVersion":2', '"formatVersion":3'),
        /use a newer one/,
      ],
      ['it is empty', () => '', /its end is missing/],
      [
        'a value was altered and the hash made to fit',
        (text) => resign(text.replace('line\\nline', 'line\\nlime')),
        /digest of the collection "children"/,
      ],
      [
        'a digest was altered',
        (text) => text.replace(/"digests":\[\{(.*?)"sha256":"./, '"digests":[{$1"sha256":"g'),
        /digest of the collection "children"/,
      ],
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
      await restoreBackup({ location, file, migrations: [first], contents });
    });

    test('a backup of an older program, which has no digests, is restored without comparing', async (t) => {
      const { file, location } = await altered(t, (text) =>
        resign(text.replace('"formatVersion":2', '"formatVersion":1').replace(/"digests":\[.*?\],/, '')),
      );
      assert.equal((await verifyBackup({ file, contents })).digests, undefined);
      const { compared, digests } = await restoreBackup({ location, file, migrations: [first], contents });
      assert.deepEqual([compared, digests.length], [false, 1]);
    });

    test('what comes out otherwise than it went in is not kept', async (t) => {
      const { file } = await backedUp(t, engine);
      const location = await placed(t, engine);
      const afterLoad = async (transaction: Transaction<object>) => {
        await sql`update a_child set body = 'otherwise'`.execute(transaction);
      };
      const restoring = restoreBackup({ location, file, migrations: [first], contents, afterLoad });
      await assert.rejects(restoring, /"children" would not be what it was/);
      await restoreBackup({ location, file, migrations: [first], contents });
    });

    test('is refused where there is data already', async (t) => {
      const { location, file } = await backedUp(t, engine);
      await assert.rejects(restoreBackup({ location, file, migrations: [first], contents }), RestoreError);
    });

    test('a backup from a newer program is refused with its version', async (t) => {
      const { file } = await backedUp(t, engine);
      const location = await placed(t, engine);
      await assert.rejects(restoreBackup({ location, file, migrations: [], contents }), (error) => {
        assert(error instanceof RestoreError);
        assert.match(error.message, /version 1\.2\.3.*test 1 \(tables\)/);
        return true;
      });
    });

    test('a file that is not there is named, and no database is made', async (t) => {
      const location = await placed(t, engine);
      const file = join(await folder(t), 'none.zst');
      await assert.rejects(
        restoreBackup({ location, file, migrations: [first], contents }),
        /ENOENT.*none\.zst/,
      );
    });

    test('what runs after the load is part of it', async (t) => {
      const { file } = await backedUp(t, engine);
      const location = await placed(t, engine);
      const failing = restoreBackup({
        location,
        file,
        migrations: [first],
        contents,
        afterLoad: async () => {
          throw new Error('not now');
        },
      });
      await assert.rejects(failing, /not now/);
      await restoreBackup({
        location,
        file,
        migrations: [first],
        contents,
        afterLoad: async (transaction) => {
          await sql`insert into z_parent (id) values ('after')`.execute(transaction);
        },
      });
      await using storage = await openStorage({ ...location, migrations: [first] });
      const { rows } = await sql`select id from z_parent where id = 'after'`.execute(storage.read);
      assert.deepEqual(rows, [{ id: 'after' }]);
    });
  });
}

describe('restoring into a directory', () => {
  const [sqlite] = engines;

  test('that did not exist leaves none behind when it fails, and can be started again', async (t) => {
    assert.ok(sqlite);
    const { file } = await backedUp(t, sqlite);
    const directory = join(await folder(t), 'new');
    const location = { kind: 'sqlite', directory } as const;
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, whole.length - 9));
    await assert.rejects(restoreBackup({ location, file, migrations: [first], contents }), ArchiveError);
    assert.equal(existsSync(directory), false);
    const stopped = restoreBackup({
      location,
      file,
      migrations: [first],
      contents,
      signal: AbortSignal.abort(new Error('enough')),
    });
    await assert.rejects(stopped, /enough/);
    assert.equal(existsSync(directory), false);
    await writeFile(file, whole);
    await restoreBackup({ location, file, migrations: [first], contents });
  });

  test('that holds data or other files leaves them as they are', async (t) => {
    assert.ok(sqlite);
    const { file, location } = await backedUp(t, sqlite);
    assert.ok(location.kind === 'sqlite');
    const before = await readdir(location.directory);
    await assert.rejects(restoreBackup({ location, file, migrations: [first], contents }), RestoreError);
    assert.deepEqual(await readdir(location.directory), before);
    const other = await folder(t);
    await writeFile(join(other, 'note.txt'), 'mine');
    const failing = restoreBackup({
      location: { kind: 'sqlite', directory: other },
      file,
      migrations: [],
      contents,
    });
    await assert.rejects(failing, RestoreError);
    assert.deepEqual(await readdir(other), ['note.txt']);
  });
});
