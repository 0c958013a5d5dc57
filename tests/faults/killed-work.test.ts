import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestPlace } from '../../packages/server/src/platform/storage/testing.ts';
import { describeEngines } from '../../packages/server/src/platform/storage/testing.ts';
import { follow } from '../support/follower.ts';
import { publishOnce, type Target } from '../support/ledger.ts';
import { readLog } from '../support/read-log.ts';
import { type CliResult, runCli, startCli, temporaryDirectory } from '../support/run-cli.ts';
import { settingsFor, startServing } from '../support/serving-node.ts';
import { startCommunity } from '../support/start-community.ts';

// `kill -9` at any moment of what is done less often than publishing: the first start, a backup, a restore, a withdrawal, a
// change of audience. The same thing done again works, by itself.

const rounds = Number(process.env['BELLTOWER_TEST_KILLS'] ?? 3);

/** Starts a command and kills it after a while; answers whether it had ended by itself. */
async function killedAfter(
  milliseconds: number,
  args: readonly string[],
  env: Record<string, string>,
): Promise<boolean> {
  await using command = startCli(args, { env });
  await Promise.race([sleep(milliseconds), command.ended]);
  return (await command.stop('SIGKILL')) !== null;
}

async function change(
  target: Target,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response | undefined> {
  const headers = { authorization: `Bearer ${target.token}`, 'content-type': 'application/json' };
  const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  try {
    return await fetch(`${target.url()}/api/collections/log${path}`, request);
  } catch {
    return undefined;
  }
}

function succeeded(result: CliResult): void {
  assert.equal(result.code, 0, result.stderr);
}

describeEngines('what is killed half-way', (place) => {
  async function places(t: { after(work: () => Promise<void>): void }): Promise<TestPlace> {
    const here = await place();
    t.after(() => here.remove());
    return here;
  }

  test('a first start that is killed while it makes its tables is made up for by the next', async (t) => {
    for (let round = 0; round < rounds; round += 1) {
      const { location } = await places(t);
      for (let kill = 0; kill < 3; kill += 1) {
        await killedAfter(250 + Math.random() * 700, ['serve', '--port', '0'], { ...settingsFor(location) });
      }
      await using community = await startCommunity(location);
      assert.ok((await publishOnce(community.target)).positions !== undefined);
      await readLog(community.target);
    }
  });

  test('a backup that is killed leaves no file under its name, and is made anew beside what it left', async (t) => {
    await using directory = await temporaryDirectory();
    const { location } = await places(t);
    await using community = await startCommunity(location);
    await publishOnce(community.target, { count: 2_000, padding: 3_000 });
    const settings = { ...settingsFor(location) };
    for (let round = 0; round < rounds; round += 1) {
      const file = join(directory.path, `${round}.backup`);
      const ended = await killedAfter(300 + Math.random() * 900, ['backup', '--out', file], settings);
      if (!ended && !existsSync(file)) succeeded(await runCli(['backup', '--out', file], { env: settings }));
      succeeded(await runCli(['backup', 'verify', file], { env: settings }));
    }
  });

  test('a restore that is killed leaves a place where the same command works, and everything is there', async (t) => {
    await using directory = await temporaryDirectory();
    const file = join(directory.path, 'all.backup');
    const { location } = await places(t);
    await using community = await startCommunity(location);
    await publishOnce(community.target, { count: 2_000, padding: 3_000 });
    const log = await readLog(community.target);
    succeeded(await runCli(['backup', '--out', file], { env: { ...settingsFor(location) } }));
    for (let round = 0; round < rounds; round += 1) {
      const other = await places(t);
      const settings = { ...settingsFor(other.location) };
      let ended = false;
      for (let kill = 0; kill < 3 && !ended; kill += 1) {
        ended = await killedAfter(300 + Math.random() * 900, ['restore', file], settings);
      }
      if (!ended) {
        const again = await runCli(['restore', file], { env: settings });
        // The last kill may have come when all was done and nothing but the end of the process was left: what is there is compared below.
        if (!/There is data in this \w+ already/.test(again.stderr)) succeeded(again);
      }
      await using node = await startServing(other.location);
      const restored = await readLog({ ...community.target, url: () => node.url });
      assert.deepEqual([...restored].slice(0, log.size), [...log]);
    }
  });

  test('L6, G5 a withdrawal and a change of audience that are killed are done whole or not at all', async (t) => {
    const { location } = await places(t);
    await using community = await startCommunity(location);
    const { target } = community;
    const withdrawn = new Set<string>();
    let unknown = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { ids } = await publishOnce(target, { count: 40 });
      let [told, asked] = ['', ''];
      const withdrawing = (async () => {
        for (const id of ids) {
          const answer = await change(target, 'DELETE', `/objects/${id}`);
          if (answer?.status === 200) withdrawn.add(id);
          else unknown += 1;
        }
      })();
      const changing = (async () => {
        for (let turn = 0; turn < 60; turn += 1) {
          asked = turn % 2 === 0 ? 'public' : 'community';
          const answer = await change(target, 'PATCH', '', { audience: asked });
          if (answer?.status !== 200) return;
          told = asked;
        }
      })();
      await sleep(20 + Math.random() * 300);
      await community.node().stop('SIGKILL');
      await Promise.all([withdrawing, changing]);
      await community.start();
      const { audience } = (await (await change(target, 'GET', ''))?.json()) as { audience: string };
      assert.ok(
        [told === '' ? 'community' : told, asked].includes(audience),
        `${audience} is neither ${told} nor ${asked}`,
      );
      assert.equal((await change(target, 'PATCH', '', { audience: 'community' }))?.status, 200);
    }
    const marker = await publishOnce(target);
    await using stream = follow('stream', target);
    await stream.until(marker.ids[0] ?? '');
    const seen = new Set(stream.seen);
    for (const id of withdrawn) assert.ok(!seen.has(id), `${id} was withdrawn, and its content is there`);
    t.diagnostic(`${withdrawn.size} withdrawals acknowledged and all done, ${unknown} not answered`);
  });
});
