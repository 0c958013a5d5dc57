import type { ServerResponse } from 'node:http';
import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { HttpEnvironment } from './environment.ts';
import type { RefusalCode } from './refusal.ts';

/** What is known of a request under way, for its log line and the figures. Written by those who find it out. */
export interface RequestRecord {
  readonly id: string;
  /** From `performance.now()`. */
  readonly begun: number;
  /** Bytes that its connection had sent before. */
  readonly sentBefore: number;
  /** The template of its path, such as `/api/tokens/:token`. */
  route: string;
  refusal: RefusalCode | undefined;
  organisationId: string | undefined;
  tokenId: string | undefined;
}

/** What is said of a request that no route takes. */
export const unrouted = 'none';

const records = new WeakMap<ServerResponse, RequestRecord>();

export function keepRecord(outgoing: ServerResponse, record: RequestRecord): void {
  records.set(outgoing, record);
}

export function findRecord(outgoing: ServerResponse): RequestRecord | undefined {
  return records.get(outgoing);
}

/** Notes which route takes a request; answers the request's id. */
export function noteRoute(context: Context<HttpEnvironment>): string | undefined {
  const record = recordOf(context);
  if (record === undefined) return undefined;
  record.route = routeTemplate(context);
  return record.id;
}

/** Notes why a request was refused. */
export function noteRefusal(context: Context<HttpEnvironment>, code: RefusalCode): void {
  const record = recordOf(context);
  if (record !== undefined) record.refusal = code;
}

/** Notes who makes a request. */
export function noteActor(
  context: Context<HttpEnvironment>,
  { organisationId, tokenId }: { readonly organisationId: string; readonly tokenId: string },
): void {
  const record = recordOf(context);
  if (record === undefined) return;
  record.organisationId = organisationId;
  record.tokenId = tokenId;
}

function recordOf({ env }: Context<HttpEnvironment>): RequestRecord | undefined {
  return records.get(env.outgoing);
}

/** The first route that is no middleware and no catch-all; without a slash at its end, as both forms are one endpoint. */
function routeTemplate(context: Context<HttpEnvironment>): string {
  let widest = unrouted;
  for (const { path } of matchedRoutes(context)) {
    if (path.endsWith('*')) {
      if (path !== '*' && path !== '/*') widest = path;
    } else return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  }
  return widest;
}
