import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Config } from '../config/config.ts';
import type { Secret } from '../secret.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Readiness } from '../telemetry/readiness.ts';
import type { HttpApp, HttpEnvironment } from './environment.ts';
import { problemResponse } from './problem.ts';
import { RefusalError } from './refusal.ts';

/**
 * `/healthz`: the process lives; `/readyz`: requests may be sent to it; `/metrics`: its figures, for whoever has the token for
 * them. The first two need no token and tell nothing else.
 */
export function healthRoutes({
  config,
  readiness,
  metrics,
  log,
}: {
  readonly config: Config;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly log: Log;
}): HttpApp {
  const routes: HttpApp = new Hono<HttpEnvironment>();
  const { metricsToken } = config;

  routes.get('/healthz', (context) => context.json({ status: 'alive' }));

  routes.get('/readyz', async (context) => {
    const notReady = await readiness.check();
    if (notReady.length === 0) return context.json({ status: 'ready' });
    const stopping = notReady.includes('stopping');
    return problemResponse(context, {
      code: stopping ? 'shutting-down' : 'unavailable',
      message: stopping ? 'The node is stopping.' : `The node is not ready: ${notReady.join(', ')}.`,
      details: { notReady },
    });
  });

  // Without a token there is no such page: an address is no proof, as a proxy on the same machine asks from there for everybody.
  if (metricsToken !== undefined) {
    routes.get('/metrics', async (context) => {
      requireToken(context, metricsToken);
      const text = await metrics.render((error) => log.error('metrics.failed', { error }));
      return context.body(text, 200, { 'Content-Type': metrics.registry.contentType });
    });
  }

  return routes;
}

function requireToken(context: Context<HttpEnvironment>, token: Secret): void {
  const [, given = ''] = /^Bearer +(\S{1,1000})$/i.exec(context.req.header('authorization') ?? '') ?? [];
  // Digests have one length, and comparing them takes one time.
  if (timingSafeEqual(digest(given), digest(token.reveal()))) return;
  throw new RefusalError({
    code: 'unauthenticated',
    message: 'The figures of this node need its token for them: Authorization: Bearer …',
    at: 'Authorization',
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
