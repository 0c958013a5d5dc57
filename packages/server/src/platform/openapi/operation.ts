import type { z } from 'zod';
import type { RefusalCode } from '../http/refusal.ts';

/** A schema with the name under which the document lists it. */
export interface NamedSchema<View = unknown> {
  readonly name: string;
  /** What it takes in is what it gives out, so that a view that gains a member does not compile until it is declared. */
  readonly schema: z.ZodType<View>;
}

/** What a route takes and answers, for the OpenAPI document. The slices declare theirs in `operations.ts`. */
export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** As OpenAPI writes it: `/api/organisations/{id}`. */
  readonly path: string;
  /** A name for generated clients, unique. */
  readonly id: string;
  /** The heading under which it stands. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** `anybody`: no token is asked for. `readers`: one where the audience asks for it. `metrics`: that of the setting. */
  readonly access: 'anybody' | 'readers' | 'token' | 'metrics';
  /** Scopes and roles that a token needs, in words. */
  readonly needs?: string;
  /** Bounds on the request besides those on every one, in words. */
  readonly limits?: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: {
    readonly schema: NamedSchema;
    readonly types: readonly string[];
    readonly example: unknown;
  };
  readonly answer: {
    readonly status: 200 | 201;
    readonly says: string;
    readonly type: string;
    /** Undefined for a text. */
    readonly schema?: NamedSchema;
    readonly example: unknown;
  };
  /** Besides those that come with a token, a body, and any request. */
  readonly refusals: readonly RefusalCode[];
}

export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly says: string;
  readonly schema: z.ZodType;
  readonly example?: string;
}
