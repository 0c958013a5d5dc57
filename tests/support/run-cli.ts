import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

/** How a command ended. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What the command reads on standard input. */
  readonly input?: string;
}

/** A directory that is gone when the test ends. */
export async function temporaryDirectory(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'belltower-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Runs `belltower` to its end. */
export async function runCli(
  args: readonly string[],
  { env, input = '' }: CliOptions = {},
): Promise<CliResult> {
  const child = start(args, env);
  const stdout = text(child.stdout);
  const stderr = text(child.stderr);
  // A command that reads nothing may have ended before this arrives.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const code = await ended(child);
  return { code, stdout: await stdout, stderr: await stderr };
}

/** A command that goes on. */
export interface RunningCli extends AsyncDisposable {
  readonly pid: number | undefined;
  /** Lines of standard output so far. */
  readonly lines: readonly string[];
  /** Standard error so far. */
  stderr(): string;
  /** Resolves when there are that many lines; rejects after 60 s. */
  untilLines(count: number): Promise<void>;
  /** Resolves when standard error matches; rejects after 60 s. */
  untilSaid(what: RegExp): Promise<void>;
  stop(signal: NodeJS.Signals): Promise<number | null>;
  readonly ended: Promise<number | null>;
}

export function startCli(args: readonly string[], { env }: CliOptions = {}): RunningCli {
  const child = start(args, env);
  child.stdin?.end();
  const lines: string[] = [];
  let said = '';
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const end = ended(child);
  const until = async (holds: () => boolean) => {
    const deadline = Date.now() + 60_000;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`It did not come so far: ${lines.length} lines, ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    pid: child.pid,
    lines,
    stderr: () => said,
    untilLines: (count) => until(() => lines.length >= count),
    untilSaid: (what) => until(() => what.test(said)),
    stop(signal) {
      child.kill(signal);
      return end;
    },
    ended: end,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await end;
    },
  };
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const { PATH = '' } = process.env;
  // Nothing of the developer's own set-up gets in: neither a profile nor settings.
  const own = { PATH, HOME: '/nonexistent', ...env };
  return spawn(process.execPath, [program, ...args], { env: own, stdio: 'pipe' });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

async function text(stream: NodeJS.ReadableStream | null): Promise<string> {
  let whole = '';
  if (stream !== null) for await (const chunk of stream.setEncoding('utf8')) whole += chunk;
  return whole;
}
