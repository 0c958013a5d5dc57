import { Hono } from 'hono';
import type { Random } from '../platform.ts';
import type { Log } from '../telemetry/log.ts';
import type { HttpApp, HttpEnvironment } from './environment.ts';
import { problemResponse } from './problem.ts';
import type { Refusal } from './refusal.ts';
import { RefusalError } from './refusal.ts';

/** Headers of every answer: nothing here is to be sniffed, framed, or sent on as a referrer. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** The outermost application: request ids, security headers, and answers for what no route takes. */
export function createApp({ random, log }: { readonly random: Random; readonly log: Log }): HttpApp {
  const app: HttpApp = new Hono<HttpEnvironment>();
  app.use(async (context, next) => {
    const requestId = random.uuid();
    context.set('requestId', requestId);
    for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value);
    context.header('X-Request-Id', requestId);
    await next();
  });
  app.notFound((context) =>
    problemResponse(context, {
      code: 'not-found',
      message: `Nothing is here: ${context.req.method} ${context.req.path}`,
    }),
  );
  app.onError((error, context) =>
    problemResponse(context, refusalOf(error, { log, requestId: context.get('requestId') })),
  );
  return app;
}

/** The refusal that an error carries; a defect is logged whole and told as nothing but its request id. */
export function refusalOf(
  error: unknown,
  { log, requestId }: { readonly log: Log; readonly requestId: string },
): Refusal {
  if (error instanceof RefusalError) return error.refusal;
  log.error('request.failed', { requestId, error });
  return {
    code: 'internal',
    message: `Something went wrong inside the node. Tell its operator this number: ${requestId}`,
  };
}
