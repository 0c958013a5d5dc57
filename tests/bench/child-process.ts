import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A process of its own, so that what it does shares no event loop with the load. */
export interface RunningProcess extends AsyncDisposable {
  /** Where it listens. */
  readonly url: string;
  /** What else it said when it was ready. */
  readonly token: string;
  /** Milliseconds from its start until it accepted requests. */
  readonly ready: number;
  /** Bytes of memory that it holds (resident set). */
  memory(): Promise<number>;
  /** Microseconds that it has kept a processor busy. */
  processor(): Promise<number>;
}

/** Milliseconds that a process has to get ready, and to end. */
const patience = 60_000;

const programs = {
  node: new URL('./processes/node.ts', import.meta.url),
  'bare-server': new URL('./processes/bare-server.ts', import.meta.url),
} as const;

/** Starts one of the programs and waits until it is ready. */
export async function startProcess(
  program: keyof typeof programs,
  settings: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<RunningProcess> {
  const started = performance.now();
  // The database may need what the environment says of it; what it says of Belltower is the developer's own.
  const own = Object.entries(process.env).filter(([name]) => !/^(BELLTOWER_|NODE_)/.test(name));
  const env = { ...Object.fromEntries(own), ...settings };
  const child = fork(fileURLToPath(programs[program]), [], { env, execArgv: [...flags] });
  await using starting = new AsyncDisposableStack();
  starting.defer(() => stop(child));
  const message = await answer(child);
  const ready = performance.now() - started;
  const running = starting.move();
  const ask = async (what: string) => {
    child.send(what);
    return Number(property(await answer(child), what));
  };
  const { pid = 0 } = child;
  return {
    url: property(message, 'url'),
    token: property(message, 'token'),
    ready,
    memory: async () => (await residentSet(pid)) ?? (await ask('memory')),
    processor: () => ask('processor'),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** As the kernel tells it, which does not have to wait until the process has time; undefined where there is no /proc. */
async function residentSet(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

async function answer(child: ChildProcess): Promise<unknown> {
  const heard = new AbortController();
  const signal = AbortSignal.any([heard.signal, AbortSignal.timeout(patience)]);
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`The process has ended with code ${code}`);
  });
  // Whichever is first counts; the other one fails unheard.
  ended.catch(() => undefined);
  try {
    const [message]: unknown[] = await Promise.race([once(child, 'message', { signal }), ended]);
    return message;
  } finally {
    heard.abort();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const force = setTimeout(() => child.kill('SIGKILL'), patience);
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(force);
}

function property(message: unknown, name: string): string {
  const value: unknown =
    typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
  if (typeof value === 'string') return value;
  throw new Error(`The process did not say its ${name}`);
}
