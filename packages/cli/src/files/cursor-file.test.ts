import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CommandError } from '../command-error.ts';
import { openCursorFile } from './cursor-file.ts';
import { LazyCursor } from './lazy-cursor.ts';
import { openAtomically } from './write-atomically.ts';

const readText = (value: unknown) => (typeof value === 'string' ? value : undefined);
const owner = { command: 'watch', server: 'http://a', filter: undefined };

async function temporary() {
  const path = await mkdtemp(join(tmpdir(), 'belltower-cursor-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test('A cursor is there again for the reader that left it', async () => {
  await using directory = await temporary();
  const file = join(directory.path, 'cursor');
  const first = await openCursorFile(file, owner, readText);
  assert.equal(first.last, undefined);
  await first.save('7');
  await first.save('8');
  assert.equal((await openCursorFile(file, owner, readText)).last, '8');
  assert.deepEqual(await readdir(directory.path), ['cursor']);
});

test('A cursor of another reader, and a file that is none, are refused', async () => {
  await using directory = await temporary();
  const file = join(directory.path, 'cursor');
  await (await openCursorFile(file, owner, readText)).save('7');
  await assert.rejects(openCursorFile(file, { ...owner, server: 'http://b' }, readText), CommandError);
  for (const text of ['', 'x', '{}', 'null', '{"of":{"command":"watch","server":"http://a"},"cursor":1}']) {
    await writeFile(file, text);
    await assert.rejects(openCursorFile(file, owner, readText), CommandError, text);
  }
});

test('A cursor that moves fast is written seldom, and last of all where it stands', async () => {
  await using directory = await temporary();
  const file = join(directory.path, 'cursor');
  const saved: string[] = [];
  const target = await openCursorFile(file, owner, readText);
  {
    await using lazy = new LazyCursor({
      last: undefined,
      save: async (cursor) => {
        saved.push(cursor);
        await target.save(cursor);
      },
    });
    for (let position = 1; position <= 1_000; position += 1) lazy.move(String(position));
  }
  assert.deepEqual(saved, ['1000']);
  assert.match(await readFile(file, 'utf8'), /"cursor": "1000"/);
});

test('A file that is not committed leaves what was there, and nothing beside it', async () => {
  await using directory = await temporary();
  const file = join(directory.path, 'bundle.json');
  await writeFile(file, 'before');
  {
    await using pending = await openAtomically(file);
    await pending.write('half of it');
  }
  assert.equal(await readFile(file, 'utf8'), 'before');
  assert.deepEqual(await readdir(directory.path), ['bundle.json']);
});
