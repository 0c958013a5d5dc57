import { Worker } from 'node:worker_threads';
import type { Outcome } from '../../../platform/http/refusal.ts';
import { accept, refuse } from '../../../platform/http/refusal.ts';
import type { Converted, ConvertReply, ConvertRequest } from './convert-messages.ts';

/** Makes STIX 2.1 of inputs in other formats, in threads that are ended where an input takes too much. */
export interface Converter extends AsyncDisposable {
  convert(request: ConvertRequest): Promise<Outcome<Converted>>;
}

/** What can be set. */
export interface ConverterOptions {
  /** Conversions at the same time, and those that wait. */
  readonly threads?: number;
  readonly queue?: number;
  /** What one conversion may take: a PDF of some kilobytes can unpack to anything. */
  readonly seconds?: number;
  readonly heapMegabytes?: number;
  /** Outside of the heap, where the engine itself has no bound. */
  readonly bufferMegabytes?: number;
  /** Milliseconds after which an idle thread ends; to start one takes a while, as it loads every format. */
  readonly idle?: number;
  readonly onError: (error: Error) => void;
}

const defaults = {
  threads: 2,
  queue: 16,
  seconds: 60,
  heapMegabytes: 1_024,
  bufferMegabytes: 512,
  idle: 10_000,
} as const;

/** Milliseconds between two looks at a thread. */
const lookEvery = 50;

export function createConverter(options: ConverterOptions): Converter {
  const settings = { ...defaults, ...options };
  const underWay = new Set<Worker>();
  const spare = new Map<Worker, NodeJS.Timeout>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let closed = false;

  /** Whether there is a place, now or when somebody else is done, whose place it is then. */
  async function turn(): Promise<boolean> {
    if (running < settings.threads) {
      running += 1;
      return true;
    }
    if (waiting.length >= settings.queue) return false;
    await new Promise<void>((resolve) => waiting.push(resolve));
    return true;
  }

  function start(): Worker {
    const worker = new Worker(new URL('./convert-thread.ts', import.meta.url), {
      execArgv: [],
      name: 'convert',
      resourceLimits: { maxOldGenerationSizeMb: settings.heapMegabytes },
    });
    // A node that stops does not wait for a thread that has nothing to do.
    worker.unref();
    worker.once('exit', () => spare.delete(worker));
    // Heard for as long as it lives: an error that nobody hears would end the node.
    worker.on('error', (cause) => settings.onError(new Error('An input could not be converted', { cause })));
    return worker;
  }

  function takeSpare(): Worker | undefined {
    const [worker] = spare.keys();
    if (worker === undefined) return undefined;
    clearTimeout(spare.get(worker));
    spare.delete(worker);
    return worker;
  }

  /** A thread that has answered, and has let go of what it read, is fit for the next. */
  async function giveBack(worker: Worker, hasAnswered: boolean): Promise<void> {
    const isFit = hasAnswered && !closed && (await isWithin(worker, settings.bufferMegabytes / 4));
    if (!isFit || closed) await worker.terminate();
    else spare.set(worker, setTimeout(() => void worker.terminate(), settings.idle).unref());
  }

  async function convertInThread(request: ConvertRequest): Promise<Outcome<Converted>> {
    const worker = takeSpare() ?? start();
    underWay.add(worker);
    let hasAnswered = false;
    try {
      const reply = await answerOf(worker, { request, ...settings });
      if (typeof reply === 'string') return closed ? stopping() : refuse('unprocessable', endings[reply]);
      hasAnswered = true;
      return reply.kind === 'converted' ? accept(reply.converted) : { ok: false, refusal: reply.refusal };
    } finally {
      await giveBack(worker, hasAnswered);
      underWay.delete(worker);
    }
  }

  return {
    async convert(request) {
      if (closed) return stopping();
      if (!(await turn())) return tooBusy();
      try {
        return closed ? stopping() : await convertInThread(request);
      } finally {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      for (const resume of waiting.splice(0)) resume();
      await Promise.all([...underWay, ...spare.keys()].map((worker) => worker.terminate()));
    },
  };
}

interface Asked {
  readonly request: ConvertRequest;
  readonly seconds: number;
  readonly bufferMegabytes: number;
}

/** Why a thread has ended without an answer, for whoever sent the input. */
const endings = {
  time: 'To read this takes more time than one input may. Nothing of it was published; send it in smaller parts.',
  memory:
    'To read this takes more memory than one input may. Nothing of it was published; send it in smaller parts.',
  defect: 'What reads this broke off at it. Nothing of it was published.',
} as const;

/** What a thread answers, or why it has not. */
async function answerOf(
  worker: Worker,
  { request, seconds, bufferMegabytes }: Asked,
): Promise<ConvertReply | keyof typeof endings> {
  const { promise, resolve } = Promise.withResolvers<ConvertReply | keyof typeof endings>();
  const fail = (error: unknown) =>
    resolve(Reflect.get(Object(error), 'code') === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'defect');
  const end = () => resolve('memory');
  worker.on('message', resolve).on('error', fail).on('exit', end);
  const late = setTimeout(() => resolve('time'), seconds * 1_000);
  const looks = setInterval(async () => {
    if (!(await isWithin(worker, bufferMegabytes))) resolve('memory');
  }, lookEvery);
  worker.postMessage(
    request,
    request.blocks.map(({ buffer }) => buffer),
  );
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    clearInterval(looks);
    worker.off('message', resolve).off('error', fail).off('exit', end);
  }
}

/** Whether a thread keeps within so much memory outside of the heap; what has ended takes none. */
async function isWithin(worker: Worker, megabytes: number): Promise<boolean> {
  try {
    return (await worker.getHeapStatistics()).external_memory <= megabytes * 1_048_576;
  } catch {
    return true;
  }
}

/** Seconds after which another attempt makes sense. */
const later = { 'Retry-After': '5' };

function tooBusy() {
  return refuse('unavailable', 'The node has enough inputs to convert for now. Send this one again later.', {
    headers: later,
  });
}

function stopping() {
  return refuse('shutting-down', 'The node stops. Nothing of this input was published.', { headers: later });
}
