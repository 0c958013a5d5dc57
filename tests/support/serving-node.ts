import type { StorageLocation } from '../../packages/server/src/platform/storage/storage-location.ts';
import { type RunningCli, startCli } from './run-cli.ts';

/** A node in a process of its own, as `belltower serve` runs it. */
export interface ServingNode extends AsyncDisposable {
  readonly url: string;
  readonly pid: number | undefined;
  /** The token that it printed. */
  readonly operator: string;
  /** What it logged so far. */
  said(): string;
  /** Sends a signal and resolves to the exit code; null for a process that a signal ended. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
  /** Sends SIGSTOP or SIGCONT, which end nothing. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

/** The settings that put a node's data there. */
export function settingsFor(location: StorageLocation): Readonly<Record<string, string>> {
  if (location.kind === 'sqlite') return { BELLTOWER_DATA: location.directory };
  const url = new URL(location.url);
  if (location.schema !== undefined) url.searchParams.set('options', `-c search_path=${location.schema}`);
  return { BELLTOWER_DATABASE_URL: url.href };
}

/**
 * Runs `belltower serve` on a free port until it has printed a token, as it does while no operator has a lasting one. Throws with
 * what it said when it does not come so far.
 */
export async function startServing(
  location: StorageLocation,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServingNode> {
  const env = {
    BELLTOWER_LOG_LEVEL: 'error',
    BELLTOWER_MAX_REQUESTS_PER_TOKEN: '1000000000',
    ...settingsFor(location),
    ...settings,
  };
  const cli: RunningCli = startCli(['serve', '--port', '0'], { env });
  const early = cli.ended.then((code) => {
    throw new Error(`The node ended with ${code}: ${cli.stderr()}`);
  });
  try {
    await Promise.race([cli.untilLines(6), early]);
  } catch (error) {
    await cli[Symbol.asyncDispose]();
    throw error;
  }
  early.catch(() => undefined);
  const text = cli.lines.join('\n');
  const url = /^Belltower listens on (http:\/\/\S+)/.exec(text)?.[1];
  const operator = /bt_[0-9a-f]{16}_[\w-]{43}/.exec(text)?.[0];
  if (url === undefined || operator === undefined) throw new Error(`The node says something else: ${text}`);
  return {
    url,
    pid: cli.pid,
    operator,
    said: () => cli.stderr(),
    stop: (signal) => cli.stop(signal),
    signal: (signal) => void cli.stop(signal),
    [Symbol.asyncDispose]: () => cli[Symbol.asyncDispose](),
  };
}
