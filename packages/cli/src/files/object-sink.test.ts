import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CommandError } from '../command-error.ts';
import { openSink } from './object-sink.ts';

async function temporary() {
  const path = await mkdtemp(join(tmpdir(), 'belltower-sink-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

const id = 'indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f';

function object(more: Readonly<Record<string, unknown>> = {}) {
  const value = { type: 'indicator', id, modified: '2026-01-01T00:00:00.000Z', ...more };
  return { value, offset: 0, text: JSON.stringify(value) };
}

test('A bundle without objects has no list of them, which STIX does not allow to be empty', async () => {
  await using directory = await temporary();
  const out = join(directory.path, 'bundle.json');
  {
    await using sink = await openSink({ out, ndjson: false, allVersions: false });
    await sink.finish();
  }
  assert.deepEqual(Object.keys(JSON.parse(await readFile(out, 'utf8'))), ['type', 'id']);
});

test('A bundle appears whole or not at all', async () => {
  await using directory = await temporary();
  const out = join(directory.path, 'bundle.json');
  {
    await using sink = await openSink({ out, ndjson: false, allVersions: false });
    await sink.add([object()]);
    assert.equal(sink.durable, false);
  }
  assert.deepEqual(await readdir(directory.path), []);
});

test('In a directory the last version has the name of the object; all versions have names of their own', async () => {
  await using directory = await temporary();
  for (const allVersions of [false, true]) {
    await using sink = await openSink({ out: directory.path, ndjson: false, allVersions });
    await sink.add([object(), object({ modified: '2026-02-01T00:00:00.000Z' })]);
  }
  assert.deepEqual(
    (await readdir(directory.path)).sort(),
    [`${id}.json`, `${id}_2026-01-01T000000.000Z.json`, `${id}_2026-02-01T000000.000Z.json`].sort(),
  );
});

test('An id cannot lead out of the directory', async () => {
  await using directory = await temporary();
  await using sink = await openSink({ out: directory.path, ndjson: false, allVersions: false });
  for (const bad of ['../../evil', `../${id}`, '', 7]) {
    await assert.rejects(sink.add([object({ id: bad })]), CommandError);
  }
  await assert.rejects(
    openSink({ out: `${directory.path}/none/`, ndjson: false, allVersions: false }),
    CommandError,
  );
});
