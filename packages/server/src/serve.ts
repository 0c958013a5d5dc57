import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './platform/config/config.ts';
import { createApp } from './platform/http/app.ts';
import type { HttpApp } from './platform/http/environment.ts';
import { healthRoutes } from './platform/http/health-routes.ts';
import { listen } from './platform/http/listen.ts';
import type { Platform } from './platform/platform.ts';
import { createReadiness, type Readiness } from './platform/telemetry/readiness.ts';
import { serverVersion } from './platform/version.ts';
import { openSlices, type Slices } from './slices.ts';

/** A node that answers requests. */
export interface RunningNode extends AsyncDisposable {
  /** Where it listens, without a slash at its end. */
  readonly url: string;
  /** A one-time administrator token, when nobody holds a lasting one; shown to the operator and kept nowhere. */
  readonly firstStartToken: string | undefined;
}

/** Puts the slices on a platform and listens. What it opened is closed in the opposite order; the platform stays. */
export async function serve(platform: Platform): Promise<RunningNode> {
  const { config, log, metrics, storage } = platform;
  await using starting = new AsyncDisposableStack();
  const slices = starting.use(await openSlices(platform));
  const firstStartToken = await slices.identity.firstStartToken();
  const readiness = createReadiness({
    ...platform,
    needsBus: config.readyNeedsBus === 'yes',
  });
  watchStorage(platform);
  metrics.build.set({ version: serverVersion, node: process.version, storage: storage.engine }, 1);
  const listening = await listen(nodeApp({ platform, slices, readiness }), {
    ...platform,
    stopping: readiness.stopping,
  });
  starting.defer(async () => {
    log.info('node.stopping', { delay: config.shutdownDelay });
    readiness.stop();
    await sleep(config.shutdownDelay);
    slices.stop();
    await listening.close(config.shutdownGrace);
  });
  log.info('node.started', { url: listening.url, storage: storage.engine, version: serverVersion });
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

function watchStorage({ storage, metrics }: Platform): void {
  metrics.atScrape(async () => {
    const figures = await storage.figures();
    if (figures.engine === 'sqlite') {
      for (const [file, bytes] of Object.entries(figures.files)) metrics.storageBytes.set({ file }, bytes);
      return;
    }
    for (const [access, pool] of Object.entries(figures.pools)) {
      for (const [state, connections] of Object.entries(pool))
        metrics.storageConnections.set({ access, state }, connections);
    }
  });
}

/** Every route of a node. */
export function nodeApp({
  platform,
  slices,
  readiness,
}: {
  readonly platform: Platform;
  readonly slices: Slices;
  readonly readiness: Readiness;
}): HttpApp {
  const app: HttpApp = createApp(platform);
  app.get('/', (context) => context.json(signpost(platform.config)));
  app.route('/', healthRoutes({ ...platform, readiness }));
  for (const { path, app: routes } of slices.routes) app.route(path, routes);
  return app;
}

/** What stands at the address that people type first. */
function signpost({ nodeTitle, contact }: Config) {
  const [taxii, live, api, openapi] = ['/taxii2/', '/live', '/api', '/api/openapi.json'];
  return { title: nodeTitle, contact, software: 'Belltower', taxii, live, api, openapi };
}
