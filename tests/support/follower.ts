import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './ledger.ts';

/** The ways in which a log can be followed. */
export const followerKinds = ['stream', 'added_after', 'next', 'manifest'] as const;
export type FollowerKind = (typeof followerKinds)[number];

/** A reader that goes on where it was, whatever becomes of the node. */
export interface Follower extends AsyncDisposable {
  readonly kind: FollowerKind;
  /** The ids of the objects, in the order in which they came. */
  readonly seen: readonly string[];
  /** How often a connection broke, or an answer was none. */
  breaks(): number;
  /** Resolves when that object has come; fails when it does not come in time. */
  until(id: string, milliseconds?: number): Promise<void>;
  /** Breaks the connection; the follower makes a new one. */
  disconnect(): void;
  stop(): Promise<void>;
}

interface Reading extends Target {
  readonly seen: string[];
  readonly signal: () => AbortSignal;
}

/** Follows a log by one of its ways, and goes on for ever. An entry out of place fails `until` and `stop`. */
export function follow(kind: FollowerKind, target: Target, { page = 50 } = {}): Follower {
  const stopping = new AbortController();
  let connection = new AbortController();
  let breaks = 0;
  const seen: string[] = [];
  const step = steps[kind](
    { ...target, seen, signal: () => AbortSignal.any([stopping.signal, connection.signal]) },
    page,
  );
  let failure: unknown;
  const running = (async () => {
    while (!stopping.signal.aborted) {
      connection = new AbortController();
      try {
        if (!(await step())) await sleep(15);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        breaks += 1;
        await sleep(30);
      }
    }
  })().catch((error: unknown) => {
    failure = error;
  });
  return {
    kind,
    seen,
    breaks: () => breaks,
    async until(id, milliseconds = 30_000) {
      const deadline = performance.now() + milliseconds;
      while (seen.lastIndexOf(id) < 0) {
        if (failure !== undefined) throw failure;
        assert.ok(
          performance.now() < deadline,
          `The follower by ${kind} saw ${seen.length} entries and not ${id}`,
        );
        await sleep(10);
      }
    },
    disconnect: () => connection.abort(),
    async stop() {
      stopping.abort();
      await running;
      if (failure !== undefined) throw failure;
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}

/** Each makes a step that reads what there is now and keeps where it was; true: there may be more at once. */
const steps: Readonly<Record<FollowerKind, (reading: Reading, page: number) => () => Promise<boolean>>> = {
  stream(reading) {
    let [last, added] = [0, ''];
    return async () => {
      const response = await get(reading, `/live/collections/${reading.collection}`, {
        'last-event-id': String(last),
      });
      if (response.body === null) return false;
      let pending = '';
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        const parts = `${pending}${chunk}`.split('\n\n');
        pending = parts.pop() ?? '';
        for (const part of parts.filter((text) => text.includes('event: entry\n'))) {
          const entry = JSON.parse(part.slice(part.indexOf('data: ') + 6).split('\n')[0] ?? '');
          assert.equal(entry.position, last + 1, 'a stream has every position once, in order');
          assert.ok(entry.added > added, `times rise strictly: ${entry.added} after ${added}`);
          [last, added] = [entry.position, entry.added];
          reading.seen.push(String(entry.object?.id));
        }
      }
      return false;
    };
  },
  added_after(reading, page) {
    let after = '1970-01-01T00:00:00Z';
    return async () => {
      const answer = await getPage(reading, `objects/?limit=${page}&added_after=${after}`);
      reading.seen.push(...answer.ids);
      after = answer.last ?? after;
      return answer.ids.length === page;
    };
  },
  next(reading, page) {
    let query = '';
    return async () => {
      const answer = await getPage(reading, `objects/?limit=${page}${query}`);
      reading.seen.push(...answer.ids);
      // A cursor ends with its last page; a poller goes on by time.
      if (answer.next !== undefined) query = `&next=${encodeURIComponent(answer.next)}`;
      else if (answer.last !== undefined) query = `&added_after=${answer.last}`;
      return answer.next !== undefined;
    };
  },
  manifest(reading, page) {
    let after = '1970-01-01T00:00:00Z';
    return async () => {
      const answer = await getPage(reading, `manifest/?limit=${page}&added_after=${after}`);
      for (const added of answer.added) {
        assert.ok(added > after, `date_added rises strictly: ${added} after ${after}`);
        after = added;
      }
      reading.seen.push(...answer.ids);
      return answer.ids.length === page;
    };
  },
};

async function get(
  { url, token, signal }: Reading,
  path: string,
  headers: Record<string, string>,
): Promise<Response> {
  const response = await fetch(`${url()}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: signal(),
  });
  if (response.status === 200) return response;
  const text = await response.text();
  assert.ok([429, 502, 503].includes(response.status), `${path} answered ${response.status}: ${text}`);
  throw new Error(text);
}

async function getPage(reading: Reading, path: string) {
  const accept = 'application/taxii+json;version=2.1';
  const response = await get(reading, `/taxii2/community/collections/${reading.collection}/${path}`, {
    accept,
  });
  const body = (await response.json()) as {
    objects?: readonly { readonly id: string; readonly date_added?: string }[];
    next?: string;
  };
  const objects = body.objects ?? [];
  return {
    ids: objects.map(({ id }) => id),
    added: objects.map(({ date_added }) => date_added ?? ''),
    next: body.next,
    last: response.headers.get('x-taxii-date-added-last') ?? undefined,
  };
}
