import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { createBackup, readDigests, restoreBackup, verifyBackup } from './backups.ts';
import { folder } from './platform/storage/backup/testing.ts';
import type { StorageLocation } from './platform/storage/storage-location.ts';
import { postgresPlace, sqlitePlace, testDatabaseUrl } from './platform/storage/testing.ts';
import { startTestNode, type TestMember, type TestNode } from './testing.ts';
import { bundle, indicator } from './testing-objects.ts';

type Digest = Awaited<ReturnType<typeof verifyBackup>>['digests'] extends readonly (infer Item)[] | undefined
  ? Item
  : never;

async function publish(node: TestNode, member: TestMember, collection: string, count: number) {
  const objects = Array.from({ length: count }, () => indicator());
  const answer = await node.api('POST', `/collections/${collection}/objects`, {
    token: member.token,
    body: bundle(...objects),
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return objects;
}

/** The digest of a log up to a position, from its definition. */
async function prefixDigest(node: TestNode, { collection, position }: Digest): Promise<string> {
  const { rows } = await sql<Readonly<Record<string, unknown>>>`
    select position, added, object_id, version, kind, text from entry
    where collection_id = ${collection} and position <= ${position} order by position`.execute(
    node.platform.storage.read,
  );
  const hash = createHash('sha256');
  for (const { position: at, added, object_id, version, kind, text } of rows) {
    hash.update(`${JSON.stringify([at, added, object_id, version, kind, text])}\n`);
  }
  return hash.digest('hex');
}

async function emptyPlace(t: TestContext, kind: StorageLocation['kind']): Promise<StorageLocation> {
  const place =
    kind === 'postgres' && testDatabaseUrl !== undefined
      ? await postgresPlace(testDatabaseUrl)
      : await sqlitePlace();
  t.after(() => place.remove());
  return place.location;
}

test('L1 A backup under load holds a prefix of every log, and comes out of either engine with the same digests', async (t) => {
  const directory = await folder(t);
  await using node = await startTestNode();
  const members = await Promise.all(['Nord', 'Sud', 'Ost'].map((name) => node.member(name)));
  const collections = await Promise.all(
    ['one', 'two'].map((alias) => node.collection({ title: alias, alias, audience: 'community' })),
  );
  const [first = ''] = collections;
  const [member] = members;
  assert.ok(member);
  const [gone] = await publish(node, member, first, 200);
  const withdrawal = await node.api('DELETE', `/collections/${first}/objects/${String(gone?.['id'])}`, {
    token: member.token,
  });
  assert.equal(withdrawal.status, 200);

  let during = true;
  const publishers = members.map(async (each, index) => {
    for (let turn = index; during; turn += 1) {
      await publish(node, each, collections[turn % collections.length] ?? '', 5);
    }
  });
  const file = join(directory, 'node.backup');
  const location = node.location;
  await new Promise((resolve) => setTimeout(resolve, 100));
  const backup = await createBackup({ location, file, program: '1' }).finally(() => {
    during = false;
  });
  await Promise.all(publishers);

  assert.equal(backup.digests.length, 2);
  for (const digest of backup.digests) {
    assert.equal(digest.entries, digest.position);
    assert.equal(digest.sha256, await prefixDigest(node, digest));
  }
  const now = await readDigests(location);
  const grown = now?.some((digest, index) => digest.position > (backup.digests[index]?.position ?? 0));
  assert.ok(grown, 'nothing was published after the snapshot');
  assert.deepEqual((await verifyBackup(file)).digests, backup.digests);

  const other = await emptyPlace(t, location.kind === 'sqlite' ? 'postgres' : 'sqlite');
  assert.deepEqual((await restoreBackup({ location: other, file })).digests, backup.digests);
  const again = join(directory, 'again.backup');
  await createBackup({ location: other, file: again, program: '1' });
  const back = await emptyPlace(t, location.kind);
  await restoreBackup({ location: back, file: again });
  assert.deepEqual(await readDigests(back), backup.digests);
});

test('A flipped byte anywhere in a backup is found without restoring it', async (t) => {
  const directory = await folder(t);
  await using node = await startTestNode();
  const member = await node.member('Nord');
  const collection = await node.collection({ title: 'One', alias: 'one', audience: 'community' });
  await publish(node, member, collection, 50);
  const file = join(directory, 'node.backup');
  await createBackup({ location: node.location, file, program: '1' });
  const whole = await readFile(file);
  const expected = await verifyBackup(file);
  for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 60)) {
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(whole.readUInt8(at) ^ 0x20, at);
    await writeFile(file, flipped);
    const outcome = await verifyBackup(file).catch((error: unknown) => error);
    // Some bits of the compression's own header say nothing about the content.
    if (!(outcome instanceof Error)) assert.deepEqual(outcome, expected, `byte ${at}`);
    else assert.equal(outcome.name, 'ArchiveError', `byte ${at}: ${outcome.message}`);
  }
});
