import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startTestNode } from '../../testing.ts';
import { campaign, envelope, resources } from './testing.ts';

const run = promisify(execFile);

interface CurlAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

const media = 'application/taxii+json;version=2.1';

/** One request with curl, as somebody types it. Brackets in a URL are taken as they are (-g). */
async function curl(url: string, ...options: readonly string[]): Promise<CurlAnswer> {
  const command = ['-sS', '-g', '-i', '-H', `Accept: ${media}`, ...options, url];
  const { stdout } = await run('curl', command, { maxBuffer: 64_000_000 }).catch((cause: unknown) => {
    throw new Error('This test drives the node with curl, which has to be installed', { cause });
  });
  const end = stdout.indexOf('\r\n\r\n');
  const [first = '', ...lines] = stdout.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(first.split(' ')[1]), headers: new Map(headers), text: stdout.slice(end + 4) };
}

function body<Schema extends z.ZodType>(
  answer: CurlAnswer,
  status: number,
  schema: Schema,
): z.output<Schema> {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers.get('content-type'), media);
  return schema.parse(JSON.parse(answer.text));
}

test('A whole session with curl: discover, post, look at the status, page while another process writes, delete.', async (t) => {
  const node = await startTestNode(t);
  const reader = await node.member('Reader');
  const writer = await node.member('Writer');
  await node.collection({ title: 'Shared', alias: 'shared', audience: 'community' });
  const directory = await mkdtemp(join(tmpdir(), 'belltower-session-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const file = async (name: string, content: string) => {
    await writeFile(join(directory, name), content);
    return `@${join(directory, name)}`;
  };
  const as = (token: string) => ['-u', `taxii:${token}`];
  const get = (path: string) => curl(`${node.url}${path}`, ...as(reader.token));

  const found = body(await curl(`${node.url}/taxii2/`), 200, z.object({ default: z.string() }));
  const root = new URL(found.default, node.url).pathname;
  const about = body(
    await get(root),
    200,
    z.object({ versions: z.array(z.string()), max_content_length: z.number() }),
  );
  assert.deepEqual(about.versions, [media]);
  assert.equal((await curl(`${node.url}${root}collections/`)).status, 401);
  const listed = body(await get(`${root}collections/`), 200, resources.collections);
  const id = listed.collections?.[0]?.id ?? '';
  const collection = `${root}collections/${id}/`;
  assert.equal((await get(`${root}collections/shared/`)).text, (await get(collection)).text);

  const post = async (name: string, content: string) =>
    curl(
      `${node.url}${collection}objects/`,
      ...as(writer.token),
      '-H',
      `Content-Type: ${media}`,
      '--data-binary',
      await file(name, content),
    );
  const one = campaign();
  const two = { ...one, modified: '2026-01-02T00:00:00.000Z' };
  const status = body(
    await post('first.json', envelope(one, two, { type: 'campaign' })),
    202,
    resources.status,
  );
  assert.deepEqual([status.success_count, status.failure_count], [2, 1]);
  const statusPath = `${node.url}${root}status/${status.id}/`;
  assert.deepEqual(body(await curl(statusPath, ...as(writer.token)), 200, resources.status), status);
  assert.equal((await curl(statusPath, ...as(reader.token))).status, 404);

  const manifest = body(await get(`${collection}manifest/?match[version]=all`), 200, resources.manifest);
  assert.deepEqual(
    manifest.objects?.map((record) => record.version),
    [one.modified, two.modified],
  );
  const versions = body(await get(`${collection}objects/${one.id}/versions/`), 200, resources.versions);
  assert.deepEqual(versions.versions, [one.modified, two.modified]);

  // Another process writes, a request at a time, while this one pages through with added_after.
  const posts = Array.from({ length: 20 }, () => Array.from({ length: 3 }, () => campaign()));
  for (const [index, objects] of posts.entries()) await file(`post-${index}.json`, envelope(...objects));
  const script = `for i in $(seq 0 19); do curl -sS -f -o "$DIR/answer-$i.json" -u "taxii:$TOKEN" \\
    -H 'Accept: ${media}' -H 'Content-Type: ${media}' --data-binary "@$DIR/post-$i.json" "$URL" || exit 1; done`;
  const environment = {
    ...process.env,
    DIR: directory,
    TOKEN: writer.token,
    URL: `${node.url}${collection}objects/`,
  };
  let writing = true;
  const process2 = run('sh', ['-c', script], { env: environment }).finally(() => {
    writing = false;
  });
  const seen: string[] = [];
  let after = '1970-01-01T00:00:00.000000Z';
  for (let wasWriting = true; ; ) {
    wasWriting = writing;
    const answer = await get(`${collection}objects/?limit=4&match[type]=campaign&added_after=${after}`);
    const { objects = [] } = body(answer, 200, resources.envelope);
    seen.push(...objects.map((object) => object.id));
    after = answer.headers.get('x-taxii-date-added-last') ?? '';
    if (objects.length === 0 && !wasWriting) break;
  }
  await process2;
  assert.deepEqual(seen, [one.id, ...posts.flat().map((object) => object.id)]);

  const object = `${collection}objects/${one.id}/`;
  const remove = (path: string) => curl(`${node.url}${path}`, ...as(writer.token), '-X', 'DELETE');
  assert.equal((await remove(`${object}?match[version]=last`)).status, 200);
  assert.deepEqual(body(await get(`${object}versions/`), 200, resources.versions).versions, [one.modified]);
  assert.equal((await remove(object)).status, 200);
  assert.equal(body(await get(object), 404, resources.error).http_status, '404');
  const rest = body(await get(`${collection}manifest/`), 200, resources.manifest);
  assert.deepEqual(
    rest.objects?.map((record) => record.id),
    seen.slice(1),
  );
});
