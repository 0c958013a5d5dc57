import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { HttpEnvironment } from '../../platform/http/environment.ts';
import { orRefuse, RefusalError } from '../../platform/http/refusal.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Collection, Collections } from '../collections/index.ts';
import type { Exchange } from '../exchange/index.ts';
import type { Actor, Identity } from '../identity/index.ts';
import { requestActor } from '../identity/index.ts';
import type { ApiRoot } from './api-roots.ts';
import { findApiRoot } from './api-roots.ts';
import { isAcceptable, stixMediaType, taxiiMediaType } from './media-types.ts';
import { seeCollection } from './policy.ts';
import type { Parameter, TaxiiQuery } from './query.ts';
import { parseQuery } from './query.ts';

/** What the endpoints stand on. */
export interface TaxiiParts {
  readonly platform: Platform;
  readonly identity: Identity;
  readonly collections: Collections;
  readonly exchange: Exchange;
}

/** A request whose sender is known; undefined for somebody without a token. */
export interface TaxiiRequest {
  readonly context: Context<HttpEnvironment>;
  readonly actor: Actor | undefined;
}

export interface RootRequest extends TaxiiRequest {
  readonly root: ApiRoot;
}

/** About a collection that the sender may see. */
export interface CollectionRequest extends RootRequest {
  readonly collection: Collection;
}

export type Answer<Request> = (request: Request) => Response | Promise<Response>;

/** The methods of an endpoint; HEAD comes with GET. */
export type Methods<Request> = { readonly [Method in 'GET' | 'POST' | 'DELETE']?: Answer<Request> };

/** Steps from a request to what an endpoint needs to know of it; each throws the refusal that ends the request. */
export function createOpeners({ identity, collections }: TaxiiParts) {
  async function openServer(context: Context<HttpEnvironment>): Promise<TaxiiRequest> {
    return { context, actor: await requestActor(identity, context) };
  }

  async function openRoot(context: Context<HttpEnvironment>): Promise<RootRequest> {
    const root = findApiRoot(context.req.param('root') ?? '');
    if (root === undefined)
      throw new RefusalError({ code: 'not-found', message: 'There is no such API root.' });
    return { ...(await openServer(context)), root };
  }

  async function openCollection(context: Context<HttpEnvironment>): Promise<CollectionRequest> {
    const request = await openRoot(context);
    const found = await collections.find(context.req.param('collection') ?? '');
    const held = found !== undefined && request.root.holds(found) ? found : undefined;
    return { ...request, collection: orRefuse(seeCollection(held, request.actor)) };
  }

  return { openServer, openRoot, openCollection };
}

/**
 * Answers with the method's handler. What may be known of the resource was checked when the request was opened, so that a
 * collection that is not there for somebody looks the same whatever else they ask (TAXII 2.1 §5, Appendix B).
 */
export function respond<Request extends TaxiiRequest>(
  request: Request,
  methods: Methods<Request>,
  offers: readonly string[],
): Response | Promise<Response> {
  const { context } = request;
  const { method } = context.req;
  if (!isAcceptable(context.req.header('accept'), offers)) {
    throw new RefusalError({
      code: 'not-acceptable',
      message: `This endpoint answers ${taxiiMediaType}, which the request does not accept.`,
      at: 'Accept',
    });
  }
  const name = method === 'HEAD' ? 'GET' : method;
  const answer = name === 'GET' || name === 'POST' || name === 'DELETE' ? methods[name] : undefined;
  if (answer !== undefined) return answer(request);
  const allowed = Object.keys(methods).flatMap((key) => (key === 'GET' ? ['GET', 'HEAD'] : [key]));
  context.header('Allow', allowed.join(', '));
  throw new RefusalError({ code: 'method-not-allowed', message: `Here are: ${allowed.join(', ')}.` });
}

/** What every endpoint answers with. */
export const usualOffers: readonly string[] = [taxiiMediaType];

/** The manifest is defined with a second type in Accept, which must not lead to 406 (TAXII 2.1 §3.1, §5.3). */
export const manifestOffers: readonly string[] = [taxiiMediaType, stixMediaType];

/** The parameters of a request. */
export function readQuery({ context }: TaxiiRequest, allowed: readonly Parameter[]): TaxiiQuery {
  return orRefuse(parseQuery(new URL(context.req.url).searchParams, allowed));
}

/** An answer with a body in JSON; `body` is a resource, or the text of one. */
export function answer(
  { context }: TaxiiRequest,
  body: object | string,
  { status = 200, headers = {} }: { status?: ContentfulStatusCode; headers?: Record<string, string> } = {},
): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return context.body(text, status, { 'Content-Type': taxiiMediaType, ...headers });
}
