import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { TestPlace } from '../packages/server/src/platform/storage/testing.ts';
import { describeEngines } from '../packages/server/src/platform/storage/testing.ts';
import { entriesOf, readLive } from '../packages/server/src/slices/live/testing.ts';
import { indicator } from '../packages/server/src/testing-objects.ts';
import { type ServingNode, startServing } from './support/serving-node.ts';

// A node in a process of its own is ended in the middle of its work, by force and in order, and has to come back with
// everything that it said yes to.

const rounds = Number(process.env['BELLTOWER_TEST_CRASHES'] ?? 5);
const publishers = 4;

/** What a publisher sent, and what it was told. */
interface Sent {
  readonly objects: readonly { readonly id: string }[];
  /** Positions in the log, in the order of the objects; undefined: no answer, or a refusal. */
  positions: readonly number[] | undefined;
  /** Status of the answer; undefined: the connection broke. */
  status: number | undefined;
}

async function post(url: string, token: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function publish(node: ServingNode, token: string, sent: Sent): Promise<void> {
  try {
    const response = await post(`${node.url}/api/collections/log/objects`, token, {
      type: 'bundle',
      id: `bundle--${randomUUID()}`,
      objects: sent.objects,
    });
    const answer = (await response.json()) as { results?: { status: string; position: number }[] };
    sent.status = response.status;
    if (response.status !== 200) return;
    const { results = [] } = answer;
    assert.equal(results.length, sent.objects.length);
    for (const { status } of results) assert.equal(status, 'accepted');
    sent.positions = results.map(({ position }) => position);
  } catch (error) {
    // The connection broke: whether it was published is not known to the publisher.
    if (error instanceof assert.AssertionError) throw error;
  }
}

/** Publishers that go on until the node no longer answers. */
function publishAlways(
  node: ServingNode,
  token: string,
): { readonly sent: readonly Sent[]; end: Promise<void> } {
  const sent: Sent[] = [];
  const publisher = async () => {
    for (;;) {
      const count = 1 + Math.floor(Math.random() * 12);
      const next: Sent = {
        objects: Array.from({ length: count }, (_, index) => indicator({ name: `Number ${index}` })),
        positions: undefined,
        status: undefined,
      };
      sent.push(next);
      await publish(node, token, next);
      if (next.positions === undefined) return;
    }
  };
  const end = Promise.all(Array.from({ length: publishers }, publisher)).then(() => undefined);
  return { sent, end };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, 'it did not come so far in 20 seconds');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The whole log by position, which has to have every position once. */
async function readLog(node: ServingNode, token: string): Promise<ReadonlyMap<string, number>> {
  const last: Sent = { objects: [indicator()], positions: undefined, status: undefined };
  await publish(node, token, last);
  const length = last.positions?.[0];
  assert.ok(length !== undefined, `the node takes objects again: ${last.status}`);
  const events = await readLive(`${node.url}/live/collections/log`, {
    token,
    enough: (seen) => seen.length >= length,
  });
  const entries = entriesOf(events);
  assert.deepEqual(
    entries.map((entry) => entry['position']),
    Array.from({ length }, (_, index) => index + 1),
    'positions have no hole and no double',
  );
  const ids = entries.map((entry) => String(Reflect.get(Object(entry['object']), 'id')));
  assert.equal(new Set(ids).size, length, 'no object is there twice');
  return new Map(ids.map((id, index) => [id, index + 1]));
}

async function firstStart(place: TestPlace): Promise<{ node: ServingNode; token: string }> {
  const node = await startServing(place.location);
  const token = node.operator;
  const made = await post(`${node.url}/api/collections`, token, {
    title: 'Log',
    alias: 'log',
    audience: 'community',
  });
  assert.equal(made.status, 201, await made.text());
  return { node, token };
}

/** Everything acknowledged stands at its position; a bundle without an answer is there whole or not at all. */
function compare(
  log: ReadonlyMap<string, number>,
  sent: readonly Sent[],
): { lost: number; unanswered: number } {
  let unanswered = 0;
  let lost = 0;
  for (const { objects, positions } of sent) {
    const found = objects.map(({ id }) => log.get(id));
    if (positions !== undefined) {
      assert.deepEqual(found, positions, 'what was acknowledged is where it was said to be');
      continue;
    }
    const there = found.filter((position) => position !== undefined).length;
    assert.ok(there === 0 || there === objects.length, `${there} of ${objects.length} objects of a bundle`);
    if (there > 0) unanswered += 1;
    else lost += 1;
  }
  return { lost, unanswered };
}

describeEngines('a node that is ended in the middle of its work', (place) => {
  test('L4 everything acknowledged survives kill -9, without hole or double, and the node starts by itself', async (t) => {
    const here = await place();
    t.after(() => here.remove());
    let { node, token } = await firstStart(here);
    t.after(() => node[Symbol.asyncDispose]());
    const sent: Sent[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const publishing = publishAlways(node, token);
      await until(() => publishing.sent.some(({ positions }) => positions !== undefined));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 700));
      assert.equal(await node.stop('SIGKILL'), null);
      await publishing.end;
      sent.push(...publishing.sent);
      const started = performance.now();
      node = await startServing(here.location);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const log = await readLog(node, token);
      const { lost, unanswered } = compare(log, sent);
      t.diagnostic(
        `kill ${round}: ${log.size} entries, back in ${seconds} s; without an answer so far: ${unanswered} there, ${lost} not`,
      );
    }
    assert.ok(sent.filter(({ positions }) => positions !== undefined).length >= rounds);
  });

  test('L4 at SIGTERM every request is answered and durable, or refused and not there, and the exit code is 0', async (t) => {
    const here = await place();
    t.after(() => here.remove());
    let { node, token } = await firstStart(here);
    t.after(() => node[Symbol.asyncDispose]());
    const sent: Sent[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const publishing = publishAlways(node, token);
      await until(() => publishing.sent.filter(({ positions }) => positions !== undefined).length > 5);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      assert.equal(await node.stop('SIGTERM'), 0, 'it ends in order');
      await publishing.end;
      sent.push(...publishing.sent);
      node = await startServing(here.location);
      const { unanswered } = compare(await readLog(node, token), sent);
      assert.equal(unanswered, 0, 'nothing was published that was not answered');
    }
  });
});
