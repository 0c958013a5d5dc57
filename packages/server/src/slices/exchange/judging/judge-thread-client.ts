import { Worker } from 'node:worker_threads';
import type { ReceivedBody } from '../../../platform/http/received-body.ts';
import type { Outcome } from '../../../platform/http/refusal.ts';
import { accept } from '../../../platform/http/refusal.ts';
import type { Judged, JudgingLimits } from './judge-bundle.ts';
import type { JudgeReply, JudgeRequest } from './judge-messages.ts';

/** The thread has ended in the middle of a bundle, mostly for want of memory. */
export class JudgeThreadError extends Error {
  override readonly name = 'JudgeThreadError';
}

interface Waiting {
  readonly objects: Judged[];
  readonly resolve: (outcome: Outcome<readonly Judged[]>) => void;
  readonly reject: (error: Error) => void;
}

/** Memory for what has just been parsed: more makes the thread larger and nothing quicker. */
const youngMegabytes = 24;

/** One life of a thread that judges one bundle at a time. */
export class JudgeThreadClient {
  readonly #worker: Worker;
  readonly #ended = Promise.withResolvers<void>();
  #waiting: Waiting | undefined;
  #cause: unknown;
  #isDead = false;

  constructor({ heapMegabytes }: { readonly heapMegabytes: number }) {
    // The flags of the process (`--eval`, `--inspect`, `--test`) are not for this thread.
    this.#worker = new Worker(new URL('./judge-thread.ts', import.meta.url), {
      execArgv: [],
      name: 'judge',
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
    });
    this.#worker.on('message', (reply: JudgeReply) => this.#hear(reply));
    this.#worker.on('error', (error) => {
      this.#cause = error;
    });
    this.#worker.on('exit', (code) => this.#die(code));
    // A node that stops does not wait for a thread that has nothing to do.
    this.#worker.unref();
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** The octets of the body are the thread's from now on. Throws JudgeThreadError where the thread ends before its answer. */
  judge(body: string | ReceivedBody, limits: JudgingLimits): Promise<Outcome<readonly Judged[]>> {
    if (this.#isDead || this.#waiting !== undefined) throw new Error('The thread is not free');
    return new Promise((resolve, reject) => {
      this.#waiting = { objects: [], resolve, reject };
      if (typeof body === 'string') this.#ask({ body, limits });
      else {
        const blocks = body.blocks();
        this.#ask(
          { body: blocks, limits },
          blocks.map(({ buffer }) => buffer),
        );
      }
    });
  }

  /** Ends the thread, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate();
    await this.#ended.promise;
  }

  #ask(request: JudgeRequest, given: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, given);
  }

  #hear(reply: JudgeReply): void {
    const waiting = this.#waiting;
    if (reply.kind === 'judged') {
      waiting?.objects.push(...reply.objects);
      return;
    }
    this.#waiting = undefined;
    waiting?.resolve(reply.kind === 'done' ? accept(waiting.objects) : { ok: false, refusal: reply.refusal });
  }

  #die(code: number): void {
    this.#isDead = true;
    this.#waiting?.reject(this.#reason(code));
    this.#waiting = undefined;
    this.#ended.resolve();
  }

  /** What was thrown in the thread is a defect there, as it would be here. */
  #reason(code: number): Error {
    const cause = this.#cause;
    if (cause instanceof Error && Reflect.get(cause, 'code') !== 'ERR_WORKER_OUT_OF_MEMORY')
      return new Error('A bundle could not be judged', { cause });
    const detail = cause instanceof Error ? cause.message : `exit code ${code}`;
    return new JudgeThreadError(`The judging thread has ended: ${detail}`, { cause });
  }
}
