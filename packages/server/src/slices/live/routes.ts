import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { clientAddress } from '../../platform/http/client-address.ts';
import { echo } from '../../platform/http/echo.ts';
import type { HttpApp, HttpEnvironment } from '../../platform/http/environment.ts';
import { orRefuse, RefusalError } from '../../platform/http/refusal.ts';
import type { Log } from '../../platform/telemetry/log.ts';
import type { Identity } from '../identity/index.ts';
import { requestActor } from '../identity/index.ts';
import type { Live } from './live.ts';

const mostCollections = 100;

const streamHeaders = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
} as const;

/** `GET /live/collections/{id}` and `GET /live?collections=a,b`: event streams. */
export function liveRoutes({ identity, live, log }: { identity: Identity; live: Live; log: Log }): HttpApp {
  const routes: HttpApp = new Hono<HttpEnvironment>();

  routes.get('/', (context) => {
    const names = (context.req.query('collections') ?? '').split(',').filter((name) => name !== '');
    if (names.length > 0 && names.length <= mostCollections) return stream(context, names);
    const message = `Name the collections to follow, ${mostCollections} at the most: /live?collections=a,b`;
    throw new RefusalError({ code: 'bad-request', message, at: '?collections' });
  });

  routes.get('/collections/:collection', (context) => stream(context, [context.req.param('collection')]));

  return routes;

  async function stream(context: Context<HttpEnvironment>, names: readonly string[]): Promise<Response> {
    refuseUnknown(context);
    const actor = await requestActor(identity, context);
    const reading = orRefuse(await live.reading(actor, names));
    const after = context.req.header('last-event-id') ?? context.req.query('after');
    const cursor = orRefuse(await live.cursor(reading, after));
    // HEAD asks for the headers alone: a stream without a body would hold a place and never end.
    if (context.req.method === 'HEAD') return context.body(null, 200, streamHeaders);
    const { incoming, outgoing } = context.env;
    const { trustedProxies } = context.get('bounds').limits;
    const leave = orRefuse(live.admit(reading, clientAddress(incoming, trustedProxies)));
    outgoing.writeHead(200, streamHeaders);
    live
      .stream(reading, cursor, outgoing)
      .catch((error: unknown) => {
        log.error('stream.failed', { requestId: context.get('requestId'), error });
        outgoing.destroy();
      })
      .finally(leave);
    return RESPONSE_ALREADY_SENT;
  }
}

const parameters: readonly string[] = ['collections', 'after'];

/** A misspelt parameter that is passed over would send the whole log to somebody who wanted its end. */
function refuseUnknown(context: Context<HttpEnvironment>): void {
  const unknown = Object.keys(context.req.query()).find((name) => !parameters.includes(name));
  if (unknown === undefined) return;
  const message = `A stream has the parameters ${parameters.join(' and ')}.`;
  throw new RefusalError({ code: 'bad-request', message, at: `?${echo(unknown)}` });
}
