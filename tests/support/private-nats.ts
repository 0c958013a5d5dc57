import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './private-postgres.ts';

/** A NATS server of the test's own. */
export interface PrivateNats extends AsyncDisposable {
  readonly url: string;
  start(): Promise<void>;
  /** SIGSTOP and SIGCONT leave it where it is; any other signal ends it. */
  signal(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a server on a free port; it keeps that port when it is started again. */
export async function privateNats(): Promise<PrivateNats> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  async function start(): Promise<void> {
    server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const failed = once(server, 'error').then(([error]) => Promise.reject(error));
    failed.catch(() => undefined);
    await Promise.race([answers(port), failed]);
  }
  async function signal(name: NodeJS.Signals): Promise<void> {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(name);
    if (name !== 'SIGSTOP' && name !== 'SIGCONT') await ended;
  }
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    start,
    signal,
    async [Symbol.asyncDispose]() {
      await signal('SIGKILL');
    },
  };
}

async function answers(port: number): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await sleep(50);
  }
  throw new Error(`Nothing answers on port ${port}`);
}
