import { availableParallelism } from 'node:os';
import type { ReceivedBody } from '../../../platform/http/received-body.ts';
import type { Outcome } from '../../../platform/http/refusal.ts';
import { accept, refuse } from '../../../platform/http/refusal.ts';
import type { Judged, JudgingLimits } from './judge-bundle.ts';
import { judgeBundle } from './judge-bundle.ts';
import { JudgeThreadClient, JudgeThreadError } from './judge-thread-client.ts';

/**
 * Judges bundles: small ones at once, large ones in threads, so that nobody waits for somebody else's bulk. The octets of a large one
 * go over to the thread, which reads them; what comes back is objects with their texts, a few at a time.
 */
export interface Judges extends AsyncDisposable {
  judge(body: string | ReceivedBody): Promise<Outcome<readonly Judged[]>>;
}

/** What can be set. */
export interface JudgesOptions {
  readonly limits: JudgingLimits;
  /** Octets, or UTF-16 units of a text, from which a body goes to a thread. */
  readonly largeBody?: number;
  /** Threads at the most; they start when there is work. */
  readonly threads?: number;
  /** Texts that wait for a thread at the most. */
  readonly queue?: number;
  /** Memory for what one thread parses. */
  readonly heapMegabytes?: number;
  /** Milliseconds after which an idle thread ends, and gives its memory back. */
  readonly idle?: number;
  readonly onError: (error: Error) => void;
}

const defaults = {
  // About 5 ms of judging; crossing to a thread and back costs a tenth of that.
  largeBody: 262_144,
  threads: Math.min(4, Math.max(1, availableParallelism() - 1)),
  queue: 32,
  heapMegabytes: 1_024,
  idle: 10_000,
} as const;

interface Waiting {
  readonly body: string | ReceivedBody;
  readonly resolve: (outcome: Outcome<readonly Judged[]>) => void;
  readonly reject: (error: unknown) => void;
}

export function createJudges(options: JudgesOptions): Judges {
  const { limits, largeBody, threads, queue, heapMegabytes, idle, onError } = { ...defaults, ...options };
  const waiting: Waiting[] = [];
  const free: JudgeThreadClient[] = [];
  const all = new Set<JudgeThreadClient>();
  let closed = false;
  let idleTimer: NodeJS.Timeout | undefined;

  function start(): void {
    if (free.length === 0 && all.size >= threads) return;
    const next = waiting.shift();
    if (next === undefined) return;
    clearTimeout(idleTimer);
    const thread = takeFree() ?? new JudgeThreadClient({ heapMegabytes });
    all.add(thread);
    void work(thread, next);
  }

  /** A thread may have died while it had nothing to do. */
  function takeFree(): JudgeThreadClient | undefined {
    for (;;) {
      const thread = free.pop();
      if (thread === undefined || !thread.isDead) return thread;
      all.delete(thread);
    }
  }

  async function work(thread: JudgeThreadClient, { body, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await thread.judge(body, limits));
    } catch (error) {
      if (closed) resolve(stopping());
      else if (error instanceof JudgeThreadError) {
        onError(error);
        resolve(threadDied());
      } else reject(error);
    }
    if (thread.isDead) all.delete(thread);
    else free.push(thread);
    if (waiting.length > 0) start();
    else if (all.size === free.length) idleTimer = setTimeout(rest, idle).unref();
  }

  function rest(): void {
    for (const thread of free.splice(0)) {
      all.delete(thread);
      void thread.end();
    }
  }

  return {
    judge(body) {
      if (closed) return Promise.resolve(stopping());
      if (body.length < largeBody) return Promise.resolve(judgeHere(body, limits));
      if (waiting.length >= queue) return Promise.resolve(tooBusy());
      return new Promise((resolve, reject) => {
        waiting.push({ body, resolve, reject });
        start();
      });
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(idleTimer);
      for (const { resolve } of waiting.splice(0)) resolve(stopping());
      await Promise.all([...all].map((thread) => thread.end()));
    },
  };
}

function judgeHere(body: string | ReceivedBody, limits: JudgingLimits): Outcome<readonly Judged[]> {
  const judgement = judgeBundle(typeof body === 'string' ? body : body.blocks(), limits);
  return judgement.ok ? accept([...judgement.value]) : judgement;
}

/** Seconds after which another attempt makes sense. */
const later = { 'Retry-After': '5' };

function tooBusy() {
  return refuse(
    'unavailable',
    'The node has enough large bundles to read for now. Send this one again later.',
    {
      headers: later,
    },
  );
}

function stopping() {
  return refuse('shutting-down', 'The node stops. Nothing of this bundle was published.', { headers: later });
}

function threadDied() {
  return refuse(
    'unavailable',
    'The node could not read this bundle to its end, probably for want of memory. Nothing of it was published; send it in smaller parts.',
    { headers: later },
  );
}
