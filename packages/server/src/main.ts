import { randomBytes, randomUUID } from 'node:crypto';
import { createAudit } from './platform/audit/audit.ts';
import { openBus } from './platform/bus/open-bus.ts';
import type { Config } from './platform/config/config.ts';
import { openStorage } from './platform/storage/open-storage.ts';
import type { StorageLocation } from './platform/storage/storage-location.ts';
import { createLog } from './platform/telemetry/log.ts';
import { createMetrics } from './platform/telemetry/metrics.ts';
import { systemClock } from './platform/time.ts';
import type { RunningNode } from './serve.ts';
import { serve } from './serve.ts';
import { migrations } from './slices.ts';

export { createBackup, readDigests, restoreBackup, verifyBackup } from './backups.ts';
export { inspectStorage } from './inspect-storage.ts';
export { inspectNats } from './platform/bus/inspect-nats.ts';
export type { Config } from './platform/config/config.ts';
export { ConfigError, configVariables, readConfig } from './platform/config/config.ts';
export { readCertificate } from './platform/http/certificate.ts';
export { openStorage } from './platform/storage/open-storage.ts';
export { planMigrations } from './platform/storage/plan-migrations.ts';
export { inspectPostgres } from './platform/storage/postgres/inspect-postgres.ts';
export { directoryHolder } from './platform/storage/sqlite/directory-lock.ts';
export { exitOnDefects } from './platform/telemetry/exit-on-defects.ts';
export type { RunningNode } from './serve.ts';
export { migrations } from './slices.ts';

/** Starts a node: configuration, storage, slices, listen. Disposing of it stops it and keeps its data. */
export async function startNode(config: Config): Promise<RunningNode> {
  const log = createLog(config.logLevel);
  await using starting = new AsyncDisposableStack();
  const metrics = createMetrics();
  metrics.watchProcess();
  const storageFailed = (error: unknown) => {
    metrics.storageErrors.inc();
    log.error('storage.failed', { error });
  };
  const busFailed = (error: unknown) => {
    metrics.busErrors.inc();
    log.warn('bus.failed', { error });
  };
  const storage = starting.use(
    await openStorage({ ...storageLocation(config), migrations, onError: storageFailed }),
  );
  const bus = starting.use(await openBus({ ...busRoute(config), onError: busFailed }));
  const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)), uuid: () => randomUUID() };
  const audit = createAudit(random.uuid);
  const node = starting.use(
    await serve({ config, storage, bus, clock: systemClock, random, audit, log, metrics }),
  );
  const running = starting.move();
  return {
    url: node.url,
    firstStartToken: node.firstStartToken,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** NATS where it is configured; else through PostgreSQL, where other nodes may share it; else within the process. */
function busRoute(config: Config) {
  if (config.natsUrl !== undefined) return { kind: 'nats', url: config.natsUrl.reveal() } as const;
  if (config.databaseUrl !== undefined)
    return { kind: 'postgres', url: config.databaseUrl.reveal() } as const;
  return { kind: 'local' } as const;
}

/** Where a configuration puts the data. */
export function storageLocation(config: Config): StorageLocation {
  return config.databaseUrl === undefined
    ? { kind: 'sqlite', directory: config.dataDirectory }
    : { kind: 'postgres', url: config.databaseUrl.reveal() };
}
