import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Bus } from '../bus/bus.ts';
import type { Storage } from '../storage/storage.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** What keeps a node from being ready. */
export type UnreadyPart = 'stopping' | 'storage' | 'bus';

/** Whether requests should be sent to this node. */
export interface Readiness {
  /** The parts that are not ready; none: the node is. Never takes longer than `patience`. */
  check(): Promise<readonly UnreadyPart[]>;
  /** From now on the node is not ready. */
  stop(): void;
  stopping(): boolean;
}

/** Milliseconds: how long the database may take to answer, and how long an answer is good for, as anybody may ask. */
const patience = 2_000;
const goodFor = 500;

export function createReadiness({
  storage,
  bus,
  needsBus,
  log,
  metrics,
}: {
  readonly storage: Storage;
  readonly bus: Bus;
  readonly needsBus: boolean;
  readonly log: Log;
  readonly metrics: Metrics;
}): Readiness {
  let stopping = false;
  let asked: Promise<boolean> | undefined;
  let answered = { at: Number.NEGATIVE_INFINITY, ok: false };
  let told: readonly UnreadyPart[] = [];

  /** One question to the database at a time, however many ask. */
  function ask(): Promise<boolean> {
    asked ??= sql`select 1`
      .execute(storage.read)
      .then(
        () => true,
        () => false,
      )
      .then((ok) => {
        answered = { at: performance.now(), ok };
        asked = undefined;
        return ok;
      });
    return asked;
  }

  async function storageAnswers(): Promise<boolean> {
    if (performance.now() - answered.at < goodFor) return answered.ok;
    const late = new AbortController();
    try {
      return await Promise.race([ask(), sleep(patience, false, { signal: late.signal })]);
    } finally {
      late.abort();
    }
  }

  function tell(parts: readonly UnreadyPart[]): void {
    if (parts.length > 0 && told.length === 0) log.warn('node.unready', { parts });
    if (parts.length === 0 && told.length > 0) log.info('node.ready');
    told = parts;
  }

  async function check(): Promise<readonly UnreadyPart[]> {
    if (stopping) return ['stopping'];
    const parts: UnreadyPart[] = [];
    if (!(await storageAnswers())) parts.push('storage');
    if (needsBus && !bus.connected()) parts.push('bus');
    // It may have been asked to stop meanwhile.
    if (stopping) return ['stopping'];
    tell(parts);
    return parts;
  }

  metrics.atScrape(async () => {
    metrics.ready.set((await check()).length === 0 ? 1 : 0);
    metrics.busConnected.set(bus.connected() ? 1 : 0);
  });
  return {
    check,
    stop() {
      stopping = true;
    },
    stopping: () => stopping,
  };
}
