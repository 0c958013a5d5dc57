import { Hono } from 'hono';
import type { Config } from '../config/config.ts';
import type { Random } from '../platform.ts';
import type { StorageTrouble } from '../storage/storage-trouble.ts';
import { storageTrouble } from '../storage/storage-trouble.ts';
import type { Log } from '../telemetry/log.ts';
import { echo } from './echo.ts';
import type { HttpApp, HttpEnvironment } from './environment.ts';
import { problemResponse } from './problem.ts';
import type { Refusal } from './refusal.ts';
import { RefusalError } from './refusal.ts';
import { createRequestBounds } from './request-bounds.ts';
import { noteRoute } from './request-record.ts';

/** The outermost application: what every handler finds in its context, and answers for what no route takes. */
export function createApp({
  random,
  log,
  config,
}: {
  readonly random: Random;
  readonly log: Log;
  readonly config: Config;
}): HttpApp {
  const bounds = createRequestBounds(config, random);
  const app: HttpApp = new Hono<HttpEnvironment>();
  app.use((context, next) => {
    context.set('requestId', noteRoute(context) ?? random.uuid());
    context.set('bounds', bounds);
    // Not when the connection ends: a body is worked on also after its client has gone.
    return next().finally(() => context.get('bodyShare')?.[Symbol.dispose]());
  });
  app.notFound((context) =>
    problemResponse(context, {
      code: 'not-found',
      message: `Nothing is here: ${echo(context.req.method)} ${echo(context.req.path, 200)}`,
    }),
  );
  app.onError((error, context) =>
    problemResponse(context, refusalOf(error, { log, requestId: context.get('requestId') })),
  );
  return app;
}

/** What is told while the database cannot do its work; its operator finds the error in the log. */
const troubleRefusals: Readonly<Record<StorageTrouble, Refusal>> = {
  full: {
    code: 'storage-full',
    message:
      'The node has no space left for this; nothing of it was kept. Reading goes on. Try again when its operator has made room.',
    headers: { 'Retry-After': '60' },
  },
  unavailable: {
    code: 'unavailable',
    message:
      "The node's database does not answer at the moment. Try again shortly; what was kept all the same is then told as such.",
    headers: { 'Retry-After': '5' },
  },
};

/** The refusal that an error carries; a defect is logged whole and told as nothing but its request id. */
export function refusalOf(
  error: unknown,
  { log, requestId }: { readonly log: Log; readonly requestId: string },
): Refusal {
  if (error instanceof RefusalError) return error.refusal;
  const trouble = storageTrouble(error);
  if (trouble !== undefined) {
    log.error('storage.failed', { requestId, trouble, error });
    return troubleRefusals[trouble];
  }
  log.error('request.failed', { requestId, error });
  return {
    code: 'internal',
    message: `Something went wrong inside the node. Tell its operator this number: ${requestId}`,
  };
}
