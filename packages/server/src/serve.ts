import type { Config } from './platform/config/config.ts';
import { createApp } from './platform/http/app.ts';
import type { HttpApp } from './platform/http/environment.ts';
import { listen } from './platform/http/listen.ts';
import type { Platform } from './platform/platform.ts';
import { openSlices } from './slices.ts';

/** A node that answers requests. */
export interface RunningNode extends AsyncDisposable {
  /** Where it listens, without a slash at its end. */
  readonly url: string;
  /** A one-time administrator token, when nobody holds a lasting one; shown to the operator and kept nowhere. */
  readonly firstStartToken: string | undefined;
}

/** Milliseconds that open requests have to end when the node stops. */
const grace = 5_000;

/** Puts the slices on a platform and listens. What it opened is closed in the opposite order; the platform stays. */
export async function serve(platform: Platform): Promise<RunningNode> {
  const { config, log, storage } = platform;
  await using starting = new AsyncDisposableStack();
  const slices = starting.use(await openSlices(platform));
  const firstStartToken = await slices.identity.firstStartToken();
  const app: HttpApp = createApp(platform);
  app.get('/', (context) => context.json(signpost(config)));
  for (const { path, app: routes } of slices.routes) app.route(path, routes);
  const listening = await listen(app, config);
  starting.defer(async () => {
    log.info('node.stopping');
    slices.stop();
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

/** What stands at the address that people type first. */
function signpost({ nodeTitle, contact }: Config) {
  return { title: nodeTitle, contact, software: 'Belltower', taxii: '/taxii2/', live: '/live', api: '/api' };
}
