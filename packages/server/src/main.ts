import { randomBytes, randomUUID } from 'node:crypto';
import { createAudit } from './platform/audit/audit.ts';
import type { Bus } from './platform/bus/bus.ts';
import { openBus } from './platform/bus/open-bus.ts';
import type { Config } from './platform/config/config.ts';
import type { HttpApp } from './platform/http/app.ts';
import { createApp } from './platform/http/app.ts';
import { listen } from './platform/http/listen.ts';
import type { Platform } from './platform/platform.ts';
import type { StorageLocation } from './platform/storage/open-storage.ts';
import { openStorage } from './platform/storage/open-storage.ts';
import { createLog } from './platform/telemetry/log.ts';
import { systemClock } from './platform/time.ts';
import { migrations, openSlices } from './slices.ts';

export type { Config } from './platform/config/config.ts';
export { ConfigError, configVariables, readConfig } from './platform/config/config.ts';
export { migrations } from './slices.ts';

/** A node that answers requests. */
export interface RunningNode extends AsyncDisposable {
  /** Where it listens, without a slash at its end. */
  readonly url: string;
  /** A one-time administrator token, when nobody holds a lasting one; shown to the operator and kept nowhere. */
  readonly firstStartToken: string | undefined;
}

/** Milliseconds that open requests have to end when the node stops. */
const grace = 5_000;

/** Starts a node: configuration, storage, slices, listen. */
export async function startNode(config: Config): Promise<RunningNode> {
  const log = createLog(config.logLevel);
  await using starting = new AsyncDisposableStack();
  const storage = starting.use(
    await openStorage({
      ...storageLocation(config),
      migrations,
      onError: (error) => log.error('storage.failed', { error }),
    }),
  );
  const bus: Bus = starting.use(await openBus(busOptions(config)));
  const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)), uuid: () => randomUUID() };
  const platform: Platform = { config, storage, bus, clock: systemClock, random, audit: createAudit(random.uuid), log };
  const slices = starting.use(await openSlices(platform));
  const firstStartToken = await slices.identity.firstStartToken();
  const app: HttpApp = createApp(platform);
  for (const { path, app: routes } of slices.routes) app.route(path, routes);
  const listening = await listen(app, config);
  starting.defer(async () => {
    log.info('node.stopping');
    await slices.stop();
    await listening.close(grace);
  });
  log.info('node.started', { url: listening.url, storage: storage.engine });
  const running = starting.move();
  return {
    url: listening.url,
    firstStartToken,
    async [Symbol.asyncDispose]() {
      await running.disposeAsync();
      log.info('node.stopped');
    },
  };
}

/** Where a configuration puts the data. */
export function storageLocation(config: Config): StorageLocation {
  return config.databaseUrl === undefined
    ? { kind: 'sqlite', directory: config.dataDirectory }
    : { kind: 'postgres', url: config.databaseUrl.reveal() };
}
