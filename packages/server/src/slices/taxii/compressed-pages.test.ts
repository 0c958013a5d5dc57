import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { TestNode } from '../../testing.ts';
import { startTestNode } from '../../testing.ts';
import { campaign, envelope } from './testing.ts';

interface RawAnswer {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** As it comes over the wire: `fetch` would decompress. */
function askRaw(
  node: TestNode,
  path: string,
  { method = 'GET', encoding }: { readonly method?: string; readonly encoding?: string | undefined } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const headers = encoding === undefined ? {} : { 'accept-encoding': encoding };
    const asked = request(
      `${node.url}/taxii2/community/collections/${path}`,
      { method, headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

const decoders = { gzip: gunzipSync, zstd: zstdDecompressSync } as const;

async function publish(node: TestNode, collection: string, ...objects: readonly unknown[]): Promise<void> {
  const { status } = await node.api('POST', `/collections/${collection}/objects`, {
    body: envelope(...objects),
  });
  assert.equal(status, 200);
}

for (const cache of ['0', '1000000']) {
  test(`TAXII §3.4 a page is the same in every coding, and HEAD tells its length, with a cache of ${cache} bytes`, async (t) => {
    const node = await startTestNode(t, { BELLTOWER_CACHE_BYTES: cache });
    const id = await node.collection({ title: 'Coded', audience: 'public' });
    await publish(node, id, ...Array.from({ length: 30 }, () => campaign()));
    for (const path of [`${id}/objects/?limit=20`, `${id}/objects/?match[type]=campaign`, `${id}/objects/`]) {
      const plain = await askRaw(node, path);
      assert.equal(plain.headers['content-encoding'], undefined);
      assert.equal(plain.headers['vary'], 'Accept-Encoding');
      for (const encoding of ['gzip', 'zstd'] as const) {
        const coded = await askRaw(node, path, { encoding });
        assert.equal(coded.headers['content-encoding'], encoding);
        assert.equal(coded.headers['vary'], 'Accept-Encoding');
        assert.ok(coded.body.length < plain.body.length / 3);
        assert.equal(decoders[encoding](coded.body).toString(), plain.body.toString());
        const head = await askRaw(node, path, { method: 'HEAD', encoding });
        assert.equal(head.headers['content-length'], String(coded.body.length));
        assert.equal(head.body.length, 0);
      }
      const head = await askRaw(node, path, { method: 'HEAD' });
      assert.equal(head.headers['content-length'], String(plain.body.length));
      for (const name of [
        'content-type',
        'x-taxii-date-added-first',
        'x-taxii-date-added-last',
        'cache-control',
      ])
        assert.equal(head.headers[name], plain.headers[name], name);
      assert.equal(head.headers['cache-control'], 'no-store');
      assert.ok(head.headers['x-request-id'] !== undefined && head.headers['x-frame-options'] !== undefined);
    }
    const small = await askRaw(node, `${id}/objects/?limit=1`, { encoding: 'gzip' });
    assert.equal(small.headers['content-encoding'], undefined);
  });
}

test('L6 what was withdrawn or superseded is in no compressed page either', async (t) => {
  const node = await startTestNode(t);
  const id = await node.collection({ title: 'Withdrawn', audience: 'public' });
  const objects = Array.from({ length: 12 }, (_, index) => campaign({ name: `Number ${index} of them` }));
  await publish(node, id, ...objects);
  const names = async (encoding: 'gzip' | 'zstd') => {
    const { body } = await askRaw(node, `${id}/objects/?limit=12`, { encoding });
    const page: { objects: { name: string }[] } = JSON.parse(decoders[encoding](body).toString());
    return page.objects.map(({ name }) => name);
  };
  for (const encoding of ['gzip', 'zstd'] as const) assert.equal((await names(encoding)).length, 12);
  await node.api('DELETE', `/collections/${id}/objects/${objects[3]?.id}`);
  for (const encoding of ['gzip', 'zstd'] as const) {
    const left = await names(encoding);
    assert.equal(left.length, 11);
    assert.ok(!left.includes('Number 3 of them'));
  }
  await publish(node, id, { ...objects[5], modified: '2026-03-01T00:00:00.000Z', name: 'Anew' });
  for (const encoding of ['gzip', 'zstd'] as const) assert.equal((await names(encoding)).at(-1), 'Anew');
});

test('R4 a client that takes a large page slowly gets all of it, and one that goes away leaves nothing behind', async (t) => {
  const node = await startTestNode(t);
  const id = await node.collection({ title: 'Large', audience: 'public' });
  const description = 'x'.repeat(1_000_000);
  await publish(node, id, ...Array.from({ length: 12 }, () => campaign({ description })));
  const open = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      request(`${node.url}/taxii2/community/collections/${id}/objects/`, resolve).on('error', reject).end();
    });
  const gone = await open();
  gone.destroy();
  const slow = await open();
  let bytes = 0;
  for await (const chunk of slow) {
    if (chunk instanceof Buffer) bytes += chunk.length;
    if (bytes < 4_000_000) await sleep(1);
  }
  assert.ok(bytes > 12_000_000);
  assert.equal(bytes, Number(slow.headers['content-length']));
});
