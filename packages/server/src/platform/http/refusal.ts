/**
 * Every way in which the node says no, with the HTTP status that carries it. One table, so that the same refusal looks
 * the same on every endpoint, and a client can rely on `code`.
 */
export const refusalStatus = {
  'not-json': 400,
  'not-a-bundle': 400,
  'too-deep': 400,
  'duplicate-key': 400,
  'incomplete-body': 400,
  'bad-compression': 400,
  'bad-request': 400,
  'unknown-filter': 400,
  'bad-filter': 400,
  'bad-cursor': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'request-timeout': 408,
  conflict: 409,
  'too-many-tokens': 409,
  'too-large': 413,
  'too-large-decompressed': 413,
  'too-many-objects': 413,
  'object-too-long': 413,
  'unsupported-media-type': 415,
  'not-allowed-by-marking': 422,
  unprocessable: 422,
  'too-many-requests': 429,
  'too-many-streams': 429,
  'headers-too-large': 431,
  internal: 500,
  'shutting-down': 503,
  unavailable: 503,
  'storage-full': 507,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

/** An expected no, as a value. */
export interface Refusal {
  readonly code: RefusalCode;
  /** What is wrong and what would be right, for the person who asked. */
  readonly message: string;
  /** Where: a JSON path, a query parameter, a header. */
  readonly at?: string;
  /** The rule of the exchange that it rests on, such as `G3`. */
  readonly rule?: string;
  /** Whatever else helps, JSON. */
  readonly details?: unknown;
  /** Header fields that belong to this answer, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A result or a refusal. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

export function accept<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

export function refuse(
  code: RefusalCode,
  message: string,
  more: Omit<Refusal, 'code' | 'message'> = {},
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message, ...more } };
}

/** Carries a refusal through the HTTP layer to the place that writes the answer; thrown at the edge only. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** The value, or the refusal thrown: for routes, which have nothing left to decide. */
export function orRefuse<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new RefusalError(outcome.refusal);
  return outcome.value;
}
