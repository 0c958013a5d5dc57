import type { Audit } from './audit/audit.ts';
import type { Bus } from './bus/bus.ts';
import type { Config } from './config/config.ts';
import type { Storage } from './storage/storage.ts';
import type { Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';
import type { Clock } from './time.ts';

/** Randomness, a parameter so that tests are repeatable. */
export interface Random {
  bytes(count: number): Uint8Array;
  /** A version 4 UUID. */
  uuid(): string;
}

/** What every slice stands on. */
export interface Platform {
  readonly config: Config;
  readonly storage: Storage;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly random: Random;
  readonly audit: Audit;
  readonly log: Log;
  readonly metrics: Metrics;
}
