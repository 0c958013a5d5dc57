import { isJsonObject } from '@belltower/stix';
import { ClientError } from '../client-error.ts';
import { backOff } from '../http/back-off.ts';
import type { ConnectionOptions } from '../http/connection.ts';
import { joinSignals, requestHeaders, unanswered } from '../http/connection.ts';
import { readRefusal } from '../http/read-refusal.ts';
import { retryAfter } from '../http/retry-after.ts';
import { timerSleep } from '../http/sleep.ts';
import type { StreamEvent } from './event-stream-parser.ts';
import { EventStreamParser } from './event-stream-parser.ts';
import type { LiveEntry } from './live-entry.ts';
import { readLiveEntry } from './live-entry.ts';

/** What happens to the connection while entries are waited for. */
export type WatchState =
  | { readonly kind: 'connected' }
  | { readonly kind: 'waiting'; readonly milliseconds: number; readonly why: string };

/** What to watch, and from where. */
export interface WatchOptions extends ConnectionOptions {
  /** The node's address, with or without a slash at its end. */
  readonly url: string;
  /** Ids or aliases; one stream carries all of them. */
  readonly collections: readonly string[];
  /** An entry's `cursor`; `end`: what is published from now on; undefined: everything. */
  readonly cursor?: string | undefined;
  /** Milliseconds without a sign of life after which the connection counts as dead; 45,000 unless told: three heartbeats. */
  readonly patience?: number | undefined;
  /** UTF-16 units that one event may have; 70,000,000 unless told. */
  readonly mostEvent?: number | undefined;
  readonly onState?: ((state: WatchState) => void) | undefined;
}

const retryMost = 30_000;
const defaultPatience = 45_000;

/**
 * The entries of collections, in order, for as long as the caller wants them. A connection that breaks is made anew with back-off and
 * resumes after the last entry that was handed out: nothing is missed or repeated. Throws ClientError for what no waiting mends: a refusal
 * (400, 401, 403, 404 …), `access-lost`, `token-expired`; and the signal's reason when that aborts.
 */
export async function* watch(options: WatchOptions): AsyncGenerator<LiveEntry, never, undefined> {
  const { random, signal, sleep = timerSleep, onState } = options;
  const place: Place = { cursor: options.cursor, retry: 1_000, failures: 0 };
  for (;;) {
    let broken: Broken;
    try {
      broken = yield* followOnce(options, place);
    } catch (error) {
      if (!(error instanceof ClientError) || isFinal(error)) throw error;
      broken = { why: error.message, asked: undefined };
    }
    signal?.throwIfAborted();
    place.failures += 1;
    const milliseconds = backOff({
      failures: place.failures,
      random,
      base: place.retry,
      most: Math.max(retryMost, place.retry),
      asked: broken.asked,
    });
    onState?.({ kind: 'waiting', milliseconds, why: broken.why });
    await sleep(milliseconds, signal);
  }
}

/** Where a watcher stands; lives as long as the watcher. */
interface Place {
  cursor: string | undefined;
  retry: number;
  /** Connections that failed one after the other. */
  failures: number;
}

interface Broken {
  readonly why: string;
  readonly asked: number | undefined;
}

/** One connection, until it breaks. */
async function* followOnce(
  options: WatchOptions,
  place: Place,
): AsyncGenerator<LiveEntry, Broken, undefined> {
  using ending = new Ending(options.signal);
  const connected = await connect(options, place, ending);
  if (!connected.ok) return connected.broken;
  options.onState?.({ kind: 'connected' });
  const parser = new EventStreamParser(options.mostEvent === undefined ? {} : { most: options.mostEvent });
  const reader = connected.body.getReader();
  try {
    for (;;) {
      const chunk = await ending.within(options.patience ?? defaultPatience, reader.read());
      if (chunk === undefined) return { why: 'The stream has gone silent.', asked: undefined };
      if (chunk.done) return { why: 'The node closed the stream.', asked: undefined };
      place.failures = 0;
      const events = parser.push(chunk.value);
      place.retry = parser.retry ?? place.retry;
      for (const event of events) {
        if (event.event === 'end') return ended(event, place.retry);
        if (event.event !== 'entry') continue;
        const entry = readLiveEntry(event);
        place.cursor = entry.cursor;
        yield entry;
      }
      // A stream may say where it stands without an entry.
      if (parser.lastId !== '') place.cursor = parser.lastId;
    }
  } catch (cause) {
    throw unanswered(options.url, cause, options.signal);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function connect(options: WatchOptions, place: Place, ending: Ending) {
  const url = streamUrl(options, place.cursor);
  // `end` is a place only for the first connection, and not one that a stream gives.
  const resume: Record<string, string> =
    place.cursor === undefined || place.cursor === 'end' ? {} : { 'Last-Event-ID': place.cursor };
  const headers = { Accept: 'text/event-stream', ...requestHeaders(options), ...resume };
  const init = { method: 'GET', headers, signal: ending.signal, cache: 'no-store' } as const;
  let response: Response | undefined;
  try {
    response = await ending.within(options.patience ?? defaultPatience, options.fetch(url, init));
  } catch (cause) {
    throw unanswered(url, cause, options.signal);
  }
  if (response === undefined) return disconnected('The node did not answer in time.');
  if (response.status >= 400) {
    const asked = retryAfter(response.headers);
    const refusal = await readRefusal(response);
    if (isFinal(refusal)) throw refusal;
    return disconnected(refusal.message, asked);
  }
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (response.status === 200 && type === 'text/event-stream' && response.body !== null) {
    return { ok: true, body: response.body } as const;
  }
  await response.body?.cancel();
  throw new ClientError('unexpected-answer', `${url} is not an event stream.`, { status: response.status });
}

function disconnected(why: string, asked?: number) {
  return { ok: false, broken: { why, asked } } as const;
}

function streamUrl({ url, collections }: WatchOptions, cursor: string | undefined): string {
  const [only] = collections;
  if (only === undefined) throw new TypeError('There is no collection to watch');
  const path =
    collections.length === 1
      ? `/live/collections/${encodeURIComponent(only)}`
      : `/live?collections=${collections.map(encodeURIComponent).join(',')}`;
  const query = cursor === 'end' ? `${collections.length === 1 ? '?' : '&'}after=end` : '';
  return `${url.replace(/\/+$/, '')}${path}${query}`;
}

/** A node that stops says when each of its readers shall come back; chance is added to that, so that they do not come all at once. */
function ended({ data }: StreamEvent, retry: number): Broken {
  const reason = reasonOf(data);
  switch (reason) {
    case 'access-lost':
      throw new ClientError(
        reason,
        'The right to read ended: the token was revoked, or the collection is no longer open to it.',
      );
    case 'token-expired':
      throw new ClientError(reason, 'The token has expired.');
    case 'shutting-down':
      return { why: 'The node is stopping.', asked: retry };
    default:
      return { why: 'The node ended the stream.', asked: undefined };
  }
}

function reasonOf(data: string): string | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isJsonObject(value) && typeof value['reason'] === 'string' ? value['reason'] : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether waiting would not help. */
function isFinal({ code, status }: ClientError): boolean {
  if (code === 'unreachable' || code === 'timed-out') return false;
  return status === undefined || status < 500 ? status !== 408 && status !== 429 : false;
}

/** Ends a connection: when its owner lets go, when the caller aborts, or when nothing happens for too long. */
class Ending implements Disposable {
  readonly #abort = new AbortController();
  readonly signal: AbortSignal;

  constructor(outer: AbortSignal | undefined) {
    this.signal = joinSignals(outer, this.#abort.signal) ?? this.#abort.signal;
  }

  /** What the promise gives; undefined when it takes longer than that, and then the connection is given up. */
  async within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), milliseconds);
    });
    try {
      const first = await Promise.race([work, silence]);
      if (first === undefined) {
        work.catch(() => undefined);
        this.#abort.abort();
      }
      return first;
    } finally {
      clearTimeout(timer);
    }
  }

  [Symbol.dispose](): void {
    this.#abort.abort();
  }
}
