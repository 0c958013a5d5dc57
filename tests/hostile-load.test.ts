import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bundle, indicator } from '../packages/server/src/testing-objects.ts';
import { refusalLine, startHostileTarget } from './support/hostile-target.ts';
import { openSocket } from './support/raw-http.ts';

// Whoever asks too often, tries out tokens, or fills the node's memory is told so, and the others do not notice.

const taxii = 'application/taxii+json;version=2.1';

test('a token that asks too often is told when to come back, over TAXII and elsewhere, and others go on', async () => {
  await using target = await startHostileTarget({ BELLTOWER_MAX_REQUESTS_PER_TOKEN: '40' });
  const { node, member, taxiiPath } = target;
  const other = await node.member('Other').catch(() => undefined);
  const ask = (path: string, token = member.token) =>
    fetch(`${node.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  let answer = await ask(taxiiPath);
  let count = 1;
  for (; answer.status === 200 && count < 50; count += 1) answer = await ask(taxiiPath);
  assert.ok(count > 20 && count < 40, `${count}`);
  for (const path of [taxiiPath, '/api/me', target.livePath]) {
    const refused = await ask(path);
    assert.match(refused.headers.get('retry-after') ?? '', /^[1-9]\d?$/);
    assert.equal(refused.headers.get('ratelimit-policy'), '"token";q=40;w=60');
    assert.match(refused.headers.get('ratelimit') ?? '', /^"token";r=0;t=\d+$/);
    assert.equal(await refusalLine(path, refused), '429 too-many-requests');
  }
  if (other !== undefined) assert.equal((await ask(taxiiPath, other.token)).status, 200);
});

test('an address without a token, and one that tries out tokens, is bounded; known tokens go on from there', async () => {
  await using target = await startHostileTarget({
    BELLTOWER_MAX_REQUESTS_PER_ADDRESS: '10',
    BELLTOWER_MAX_BAD_TOKENS_PER_ADDRESS: '10',
  });
  const { node, member, taxiiPath } = target;
  const before = await target.stored();
  const ask = async (headers: Readonly<Record<string, string>>, path = taxiiPath) => {
    const answer = await fetch(`${node.url}${path}`, { headers });
    return answer.status;
  };
  const statuses = async (count: number, ask: (n: number) => Promise<number>) => {
    const found: number[] = [];
    for (let n = 0; n < count; n += 1) found.push(await ask(n));
    return found;
  };
  const anonymous = await statuses(20, () => ask({}));
  assert.equal(anonymous.at(0), 401);
  assert.equal(anonymous.at(-1), 429);
  const bad = (n: number) => `bt_${n.toString(16).padStart(16, '0')}_${'a'.repeat(43)}`;
  const guesses = await statuses(20, (n) => ask({ authorization: `Bearer ${bad(n)}` }));
  assert.deepEqual(guesses, [...Array(10).fill(401), ...Array(10).fill(429)]);
  assert.equal(await ask({ authorization: 'Basic eDp5' }), 429, 'whatever the form');
  const enrolment = await fetch(`${node.url}/api/enrolments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ enrolment: 'x' }),
  });
  assert.equal(enrolment.status, 429, 'nor may other secrets be tried');
  const stolen = `${member.token.slice(0, -43)}${'a'.repeat(43)}`;
  assert.equal(
    await ask({ authorization: `Bearer ${stolen}` }),
    429,
    'nor the secret of a token that is known',
  );
  // X-Forwarded-For is anybody's word where no proxy is trusted.
  assert.equal(await ask({ 'x-forwarded-for': '198.51.100.7' }), 429);
  assert.equal(await ask({ authorization: `Bearer ${member.token}` }), 200);
  await target.unharmed(before);
});

test('behind a proxy that is trusted, clients are told apart by what it says of them', async () => {
  await using target = await startHostileTarget({
    BELLTOWER_MAX_REQUESTS_PER_ADDRESS: '10',
    BELLTOWER_TRUSTED_PROXIES: '127.0.0.1',
  });
  const ask = async (client: string) => {
    const answer = await fetch(`${target.node.url}${target.taxiiPath}`, {
      headers: { 'x-forwarded-for': client },
    });
    return answer.status;
  };
  for (let n = 0; n < 12; n += 1) await ask('198.51.100.1');
  assert.equal(await ask('198.51.100.1'), 429);
  assert.equal(await ask('203.0.113.5, 198.51.100.1'), 429, 'what the client adds changes nothing');
  assert.equal(await ask('198.51.100.2'), 401);
});

test('bodies that fill the memory kept for them are refused with 503, and the memory comes back', async () => {
  const most = 1_000_000;
  const settings = {
    BELLTOWER_MAX_BODY_BYTES: String(most),
    BELLTOWER_MAX_DECOMPRESSED_BYTES: String(most),
    BELLTOWER_MAX_BODY_MEMORY_BYTES: '1024',
    BELLTOWER_REQUEST_TIMEOUT_SECONDS: '5',
  };
  await using target = await startHostileTarget(settings);
  const { node, member, apiPath, taxiiPath } = target;
  const before = await target.stored();
  const { host } = new URL(node.url);
  const head = `POST ${apiPath} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${member.token}\r\nContent-Type: application/json\r\n`;
  // Two that hold what a body and what it becomes may be together, and never end.
  const holders = [1, 2].map(() => {
    const socket = openSocket(node.url);
    socket.write(`${head}Content-Length: ${most}\r\n\r\n${' '.repeat(most - 10)}`);
    return socket;
  });
  const post = () =>
    fetch(`${node.url}${taxiiPath}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${member.token}`, 'content-type': taxii },
      body: `{"objects":[${' '.repeat(50_000)}]}`,
    });
  const deadline = performance.now() + 4_000;
  let refused = await post();
  while (refused.status !== 503 && performance.now() < deadline) refused = await post();
  assert.equal(refused.headers.get('retry-after'), '2');
  assert.equal(await refusalLine(taxiiPath, refused), '503 unavailable');
  for (const socket of holders) socket.destroy();
  let again = await post();
  while (again.status === 503 && performance.now() < deadline + 10_000) again = await post();
  assert.equal(await refusalLine(taxiiPath, again), '422 unprocessable $.objects', 'there is room again');
  await target.unharmed(before);
});

test('a hundred compressed bombs at once leave the node as it was', async (t) => {
  await using target = await startHostileTarget();
  const { node, member, taxiiPath } = target;
  const before = await target.stored();
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(100_000_000, ' ')));
  const started = process.memoryUsage().rss;
  let peak = started;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const answers = await Promise.all(
    Array.from({ length: 100 }, () =>
      fetch(`${node.url}${taxiiPath}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${member.token}`,
          'content-type': taxii,
          'content-encoding': 'gzip',
        },
        body: bomb,
      }).then(async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      }),
    ),
  );
  clearInterval(watch);
  assert.ok(
    answers.every((status) => status === 422 || status === 503),
    answers.join(' '),
  );
  t.diagnostic(`${Math.round((peak - started) / 1_048_576)} MiB more than before at the peak`);
  assert.ok(peak - started < 900 * 1_048_576, 'bounded by what bodies may take, and not by what was sent');
  await target.unharmed(before);
});

test('a body is taken, and its memory with it, for as long as its request lasts', async () => {
  await using target = await startHostileTarget({
    BELLTOWER_MAX_BODY_BYTES: '100000',
    BELLTOWER_MAX_DECOMPRESSED_BYTES: '100000',
    BELLTOWER_MAX_BODY_MEMORY_BYTES: '1024',
  });
  const { node, member, apiPath } = target;
  // Each would be the last if any of them kept its share.
  for (let n = 0; n < 20; n += 1) {
    const answer = await fetch(`${node.url}${apiPath}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${member.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(bundle(indicator())).padEnd(90_000, ' '),
    });
    assert.equal(answer.status, 200);
  }
});
