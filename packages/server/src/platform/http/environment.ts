import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { RequestBounds } from './request-bounds.ts';

/** What every handler finds in its context. */
export interface HttpEnvironment {
  readonly Bindings: HttpBindings;
  readonly Variables: { readonly requestId: string; readonly bounds: RequestBounds };
}

export type HttpApp = Hono<HttpEnvironment>;
