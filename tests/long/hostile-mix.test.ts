import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describeEngines } from '../../packages/server/src/platform/storage/testing.ts';
import { follow, followerKinds } from '../support/follower.ts';
import { checkLedger, publishOnce, type Sent, type Target } from '../support/ledger.ts';
import { positionsOf } from '../support/read-log.ts';
import { startCommunity } from '../support/start-community.ts';

// Members publish, poll and follow beside clients that mean no good. They are served all the time, nothing of theirs is lost,
// and the node does not grow.

const seconds = Number(process.env['BELLTOWER_TEST_MIX_SECONDS'] ?? 25);
/** Milliseconds: no request of a member takes longer, or ten times as long as the slowest before anybody was hostile. */
const longest = 10_000;
/**
 * Megabytes: what the node has in memory at the most, and what it may grow by in a minute after it has warmed up, beside noise. Half a
 * minute tells nothing of growth.
 */
const memory = { most: 2_000, perMinute: 30, noise: 150, telling: 180 };

/** One kind of request, done over and over. */
interface Lane {
  readonly name: string;
  readonly run: () => Promise<number | undefined>;
}

interface Sample {
  readonly lane: string;
  readonly milliseconds: number;
}

const hostile = fileURLToPath(new URL('./hostile-clients.ts', import.meta.url));

/** Runs the lanes for a while; every request has to be answered, and soon enough. */
async function serve(
  lanes: readonly Lane[],
  { duration, bound }: { duration: number; bound: number },
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const end = performance.now() + duration;
  const keepAsking = async ({ name, run }: Lane) => {
    while (performance.now() < end) {
      const started = performance.now();
      const status = await run();
      const milliseconds = performance.now() - started;
      assert.equal(status, 200, `a member's ${name} was answered ${status}`);
      assert.ok(milliseconds < bound, `a member's ${name} took ${milliseconds.toFixed(0)} ms`);
      samples.push({ lane: name, milliseconds });
      await sleep(20);
    }
  };
  await Promise.all(lanes.map(keepAsking));
  return samples;
}

function figures(samples: readonly Sample[]): string {
  return [...Map.groupBy(samples, ({ lane }) => lane)]
    .map(([lane, group]) => {
      const sorted = group.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
      const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
      return `${lane} ${sorted.length} times, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
    })
    .join('; ');
}

/** What the process has in memory, of which the Linux kernel tells in a file, and others by a program. */
function megabytes(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1]) / 1_024;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024;
}

/** Megabytes a minute by which a straight line through the samples rises (least squares). */
function slope(samples: readonly (readonly [minute: number, size: number])[]): number {
  const mean = (index: 0 | 1) => samples.reduce((sum, sample) => sum + sample[index], 0) / samples.length;
  const [x, y] = [mean(0), mean(1)];
  const over = samples.reduce((sum, [minute, size]) => sum + (minute - x) * (size - y), 0);
  return over / samples.reduce((sum, [minute]) => sum + (minute - x) ** 2, 0);
}

/** The most of each tenth: caches that fill rise and then stay, a leak goes on. */
function tenths(sizes: readonly number[]): string {
  return Array.from({ length: 10 }, (_, tenth) => {
    const part = sizes.slice(
      Math.floor((tenth * sizes.length) / 10),
      Math.floor(((tenth + 1) * sizes.length) / 10),
    );
    return Math.max(0, ...part).toFixed(0);
  }).join(' ');
}

function memberLanes(target: Target, sent: Sent[]): readonly Lane[] {
  const publish = async () => {
    const one = await publishOnce(target, { count: 3 });
    sent.push(one);
    return one.status;
  };
  const get = (path: string, accept: string) => async () => {
    const headers = { authorization: `Bearer ${target.token}`, accept };
    const response = await fetch(`${target.url()}${path}`, { headers });
    await response.arrayBuffer();
    return response.status;
  };
  const taxii = 'application/taxii+json;version=2.1';
  const page = get('/taxii2/community/collections/log/objects/?limit=50', taxii);
  return [
    { name: 'publish', run: publish },
    { name: 'publish', run: publish },
    { name: 'page', run: page },
    { name: 'page', run: page },
    { name: 'manifest', run: get('/taxii2/community/collections/log/manifest/?limit=50', taxii) },
    { name: 'collections', run: get('/api/collections', '*/*') },
  ];
}

describeEngines('members beside hostile clients', (place) => {
  test('R4 members are served all the time, lose nothing, and the node does not grow', async (t) => {
    const here = await place();
    t.after(() => here.remove());
    const settings = { BELLTOWER_MAX_BODY_MEMORY_BYTES: '134217728' };
    await using community = await startCommunity(here.location, settings);
    const { target } = community;
    const { pid } = community.node();
    assert.ok(pid !== undefined);
    const junk = await fetch(`${target.url()}/api/collections`, {
      method: 'POST',
      headers: { authorization: `Bearer ${target.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Junk', alias: 'junk', audience: 'public' }),
    });
    assert.equal(junk.status, 201);
    await using stack = new AsyncDisposableStack();
    const followers = followerKinds.map((kind) => stack.use(follow(kind, target)));
    const sent: Sent[] = [];
    const lanes = memberLanes(target, sent);
    const calm = await serve(lanes, { duration: seconds * 200, bound: 60_000 });
    const bound = Math.max(longest, ...calm.map(({ milliseconds }) => 10 * milliseconds));

    const enemy = spawn(process.execPath, [hostile, target.url(), target.token], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    stack.defer(() => void enemy.kill('SIGKILL'));
    let said = '';
    enemy.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const started = performance.now();
    const sizes: (readonly [number, number])[] = [];
    const meter = setInterval(
      () => sizes.push([(performance.now() - started) / 60_000, megabytes(pid)]),
      500,
    );
    stack.defer(() => clearInterval(meter));
    const busy = await serve(lanes, { duration: seconds * 800, bound });
    clearInterval(meter);
    const ended = once(enemy, 'exit');
    enemy.stdin.end();
    assert.deepEqual(await ended, [0, null], 'the hostile clients did what they could');

    const warm = sizes.slice(Math.floor(sizes.length / 3));
    const rise = slope(warm);
    const [first = 0, last = 0] = [warm[0]?.[1], warm.at(-1)?.[1]];
    const peak = Math.max(...sizes.map(([, size]) => size));
    t.diagnostic(`alone: ${figures(calm)}`);
    t.diagnostic(`beside hostile clients: ${figures(busy)}`);
    t.diagnostic(
      `memory after ${Math.round(seconds * 0.27)} s of warming up ${first.toFixed(0)} MB, at the end ${last.toFixed(0)} MB, ` +
        `${rise.toFixed(1)} MB a minute, at most ${peak.toFixed(0)} MB; ` +
        `by tenths of the time: ${tenths(sizes.map(([, size]) => size))}`,
    );
    t.diagnostic(`hostile clients were answered: ${said.trim()}`);
    const marker = await publishOnce(target);
    for (const follower of followers) {
      await follower.until(marker.ids[0] ?? '', 60_000);
      assert.deepEqual(follower.seen, followers[0]?.seen, follower.kind);
      assert.ok(follower.breaks() < 3, `the ${follower.kind} broke ${follower.breaks()} times`);
    }
    checkLedger(positionsOf(followers[0]?.seen ?? []), sent);
    assert.ok(peak < memory.most, `it had ${peak.toFixed(0)} MB in memory`);
    const allowed = seconds < memory.telling ? memory.most : memory.noise + (memory.perMinute * seconds) / 60;
    assert.ok(last - first < allowed, `it grew by ${(last - first).toFixed(0)} MB in ${seconds} s`);
    await stack.disposeAsync();
    assert.doesNotMatch(community.node().said(), /request\.failed/);
    assert.equal(await community.node().stop('SIGTERM'), 0, 'it stops in order');
  });
});
