import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';

/** What every handler finds in its context. */
export interface HttpEnvironment {
  readonly Bindings: HttpBindings;
  readonly Variables: { readonly requestId: string };
}

export type HttpApp = Hono<HttpEnvironment>;
