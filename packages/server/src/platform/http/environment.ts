import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { MemoryShare } from './memory-budget.ts';
import type { RequestBounds } from './request-bounds.ts';

/** What every handler finds in its context. */
export interface HttpEnvironment {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    readonly requestId: string;
    readonly bounds: RequestBounds;
    /** What its body takes, once it is read; given back when the handler has ended. */
    readonly bodyShare?: MemoryShare;
  };
}

export type HttpApp = Hono<HttpEnvironment>;
