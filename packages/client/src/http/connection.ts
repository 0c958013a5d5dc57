import { ClientError } from '../client-error.ts';
import { backOff } from './back-off.ts';
import { authorization, type Credentials } from './credentials.ts';
import { readBody } from './read-body.ts';
import { readRefusal } from './read-refusal.ts';
import { retryAfter } from './retry-after.ts';
import { type Sleep, timerSleep } from './sleep.ts';

/** The part of `fetch` that is used; the global one fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What every client of this package is made with. */
export interface ConnectionOptions {
  readonly fetch: Fetch;
  /** From 0 to 1, as `Math.random` gives; spreads retries. */
  readonly random: () => number;
  readonly credentials?: Credentials | undefined;
  /** Ends everything that is under way; calls reject with its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly sleep?: Sleep | undefined;
  /** `User-Agent`; browsers leave it out. */
  readonly userAgent?: string | undefined;
  /** Attempts in all for a request that may be repeated; 5 unless told. */
  readonly attempts?: number | undefined;
  /** Milliseconds that one attempt may take; 120,000 unless told. */
  readonly timeout?: number | undefined;
  /** Bytes that one answer may have; 268,435,456 unless told. */
  readonly mostBytes?: number | undefined;
}

/** One request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly accept: string;
  readonly body?: { readonly type: string; readonly text: string | Uint8Array<ArrayBuffer> };
  /** May be sent again when nobody knows whether it arrived. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** An answer with a status below 400, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends requests, and sends them again where that is safe and promises something. */
export interface Connection {
  send(request: HttpRequest): Promise<HttpAnswer>;
}

/** Statuses after which the same request may succeed. */
const passing: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
const retryBase = 500;
const retryMost = 20_000;

/** Throws ClientError for an answer of 400 or more, and where there is none after the last attempt. */
export function createConnection(options: ConnectionOptions): Connection {
  const { random, sleep = timerSleep, attempts = 5 } = options;
  return {
    async send(request) {
      const signal = joinSignals(options.signal, request.signal);
      for (let failures = 1; ; failures += 1) {
        const outcome = await attempt(options, request, signal);
        if (outcome.ok) return outcome.answer;
        if (!outcome.passing || failures >= attempts) throw outcome.error;
        await sleep(
          backOff({ failures, random, base: retryBase, most: retryMost, asked: outcome.asked }),
          signal,
        );
      }
    },
  };
}

/** The headers of a request that carry who asks. */
export function requestHeaders({ credentials, userAgent }: ConnectionOptions): Record<string, string> {
  return {
    ...(credentials === undefined ? {} : { Authorization: authorization(credentials) }),
    ...(userAgent === undefined ? {} : { 'User-Agent': userAgent }),
  };
}

/** One signal for several; undefined where there is none. */
export function joinSignals(...signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter((signal) => signal !== undefined);
  return given.length < 2 ? given[0] : AbortSignal.any(given);
}

/** The error for a request that got no answer; the reason of the signal where that was why. */
export function unanswered(url: string, cause: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (cause instanceof ClientError) return cause;
  const { origin } = new URL(url);
  if (cause instanceof DOMException && cause.name === 'TimeoutError') {
    return new ClientError('timed-out', `${origin} did not answer in time.`, { cause });
  }
  const why = cause instanceof Error && cause.cause instanceof Error ? `: ${cause.cause.message}` : '';
  return new ClientError('unreachable', `${origin} cannot be reached${why}.`, { cause });
}

type Attempt =
  | { readonly ok: true; readonly answer: HttpAnswer }
  | {
      readonly ok: false;
      readonly error: unknown;
      readonly passing: boolean;
      readonly asked?: number | undefined;
    };

async function attempt(
  options: ConnectionOptions,
  request: HttpRequest,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  signal?.throwIfAborted();
  const { method, url, accept, body, repeatable } = request;
  const limit = AbortSignal.timeout(options.timeout ?? 120_000);
  const init = {
    method,
    headers: {
      Accept: accept,
      ...requestHeaders(options),
      ...(body === undefined ? {} : { 'Content-Type': body.type }),
    },
    ...(body === undefined ? {} : { body: body.text }),
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
  };
  try {
    const response = await options.fetch(url, init);
    if (response.status < 400) {
      const text = await readBody(response, options.mostBytes ?? 268_435_456);
      return { ok: true, answer: { status: response.status, headers: response.headers, text } };
    }
    // 429 says that nothing was done, so even what must not be repeated may be.
    const again = passing.has(response.status) && (repeatable || response.status === 429);
    const asked = retryAfter(response.headers);
    return { ok: false, error: await readRefusal(response), passing: again, asked };
  } catch (cause) {
    const error = unanswered(url, cause, signal);
    const passed =
      error instanceof ClientError && (error.code === 'unreachable' || error.code === 'timed-out');
    return { ok: false, error, passing: repeatable && passed };
  }
}
