import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { indicator } from '../../packages/server/src/testing-objects.ts';

/** What a publisher sent, and what it was told. */
export interface Sent {
  readonly ids: readonly string[];
  /** Positions in the log, in the order of the objects; undefined: no answer, or a refusal. */
  positions: readonly number[] | undefined;
  /** Status of the answer; undefined: the connection broke, or there was no answer in time. */
  status: number | undefined;
}

/** Where a publisher sends to; the address may change while it works. */
export interface Target {
  readonly url: () => string;
  readonly token: string;
  readonly collection: string;
}

/** What the publishers of a test sent, and what they were told. */
export interface Ledger extends AsyncDisposable {
  readonly sent: readonly Sent[];
  /** How many bundles were acknowledged. */
  acknowledged(): number;
  /** No more bundles; resolves when the last has been answered or given up. */
  stop(): Promise<void>;
}

export interface LedgerOptions {
  readonly publishers?: number;
  /** End each publisher at its first failure; else it waits a moment and goes on with something else. */
  readonly endAtFailure?: boolean;
  /** Milliseconds that a publisher waits for its answer. */
  readonly patience?: number;
  /** Milliseconds between two bundles of one publisher. */
  readonly pause?: number;
  /** Length of a text in each object. */
  readonly padding?: number;
}

/** Publishes one bundle of new objects and writes down what came of it. */
export async function publishOnce(
  { url, token, collection }: Target,
  { count = 1, patience = 60_000, padding = 0 } = {},
): Promise<Sent> {
  const description = 'x'.repeat(padding);
  const objects = Array.from({ length: count }, (_, number) =>
    indicator({ name: `Number ${number}`, description: `Made for a test ${description}` }),
  );
  const sent: Sent = { ids: objects.map(({ id }) => id), positions: undefined, status: undefined };
  try {
    const response = await fetch(`${url()}/api/collections/${collection}/objects`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'bundle', id: `bundle--${randomUUID()}`, objects }),
      signal: AbortSignal.timeout(patience),
    });
    const answer = (await response.json()) as { results?: { status: string; position: number }[] };
    sent.status = response.status;
    if (response.status !== 200) return sent;
    const { results = [] } = answer;
    assert.equal(results.length, objects.length);
    for (const { status } of results) assert.equal(status, 'accepted');
    sent.positions = results.map(({ position }) => position);
  } catch (error) {
    // The connection broke: whether it was published is not known to the publisher.
    if (error instanceof assert.AssertionError) throw error;
  }
  return sent;
}

/** Publishers that go on and on. */
export function keepPublishing(target: Target, options: LedgerOptions = {}): Ledger {
  const { publishers = 4, endAtFailure = false, pause = 0, ...more } = options;
  const sent: Sent[] = [];
  let stopped = false;
  const publisher = async () => {
    while (!stopped) {
      const next = await publishOnce(target, { count: 1 + Math.floor(Math.random() * 12), ...more });
      sent.push(next);
      if (next.positions !== undefined) await sleep(pause);
      else if (endAtFailure) return;
      else await sleep(50);
    }
  };
  const ended = Promise.all(Array.from({ length: publishers }, publisher));
  // A failed assertion is told by stop().
  ended.catch(() => undefined);
  return {
    sent,
    acknowledged: () => sent.filter(({ positions }) => positions !== undefined).length,
    async stop() {
      stopped = true;
      await ended;
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      await ended.catch(() => undefined);
    },
  };
}

/** What became of bundles without an answer. */
export interface Unanswered {
  readonly there: number;
  readonly absent: number;
}

/**
 * Everything acknowledged stands at its position; a bundle without an answer is there whole or not at all, and one that was refused
 * is not there.
 */
export function checkLedger(log: ReadonlyMap<string, number>, sent: readonly Sent[]): Unanswered {
  let [there, absent] = [0, 0];
  for (const { ids, positions, status } of sent) {
    const found = ids.map((id) => log.get(id));
    if (positions !== undefined) {
      assert.deepEqual(found, positions, 'what was acknowledged is where it was said to be');
      continue;
    }
    const kept = found.filter((position) => position !== undefined).length;
    assert.ok(kept === 0 || kept === ids.length, `${kept} of ${ids.length} objects of a bundle`);
    // After 503 alone the publisher does not know.
    if (status !== undefined && status !== 503)
      assert.equal(kept, 0, `answered ${status}, and there all the same`);
    if (kept > 0) there += 1;
    else absent += 1;
  }
  return { there, absent };
}
