import type { ServerResponse } from 'node:http';
import type { Position, ReadGrant } from '../exchange/index.ts';
import type { Cursor } from './cursor.ts';
import { formatCursor } from './cursor.ts';
import type { Chunk } from './entry-run.ts';
import { eventText } from './event-text.ts';
import type { Follower, LogTail } from './log-tail.ts';
import type { LogTails } from './log-tails.ts';
import { eventsWithIds } from './outgoing-event.ts';
import type { Taker, Turns } from './turns.ts';

/** Why the node ends a stream; the client sees it in the event `end`. */
export type EndReason = 'access-lost' | 'token-expired' | 'unavailable' | 'shutting-down';

/** Milliseconds after which a client whose connection breaks comes back. */
const usualRetry = 1_000;
/** Milliseconds that a client has to take what was sent before its stream ended. */
const lastPatience = 5_000;

interface StreamParts {
  readonly response: ServerResponse;
  readonly tails: LogTails;
  readonly turns: Turns;
  readonly grants: readonly ReadGrant[];
  readonly cursor: Cursor;
}

/** One of the logs that a stream follows, and where it stands in it. */
interface Following {
  readonly grant: ReadGrant;
  tail: LogTail | undefined;
  at: Position;
  reading: boolean;
}

/**
 * One open event stream: from its cursor through the log into the present, without a seam (rules R1, R2, R4). It holds nothing but
 * its position: at its turn it takes the chunk that comes after it, which is the same buffer for every stream that stands there.
 * While its client takes nothing it takes no turn.
 */
export class LiveStream implements Taker, Follower {
  readonly #parts: StreamParts;
  readonly #followings: readonly Following[];
  #endedBy: EndReason | 'stuck' | undefined;
  readonly #ended = Promise.withResolvers<void>();
  /** When the client stopped taking: milliseconds of `performance.now`; undefined while it takes. */
  #blockedSince: number | undefined;
  #isOver = false;
  /** The log whose turn it is. */
  #next = 0;

  constructor(parts: StreamParts) {
    this.#parts = parts;
    this.#followings = parts.grants.map((grant) => {
      const at = parts.cursor.get(grant.collectionId);
      if (at === undefined) throw new Error('A stream has a cursor for each of its collections');
      return { grant, tail: undefined, at, reading: false };
    });
    // It may fail before anybody waits for it.
    this.#ended.promise.catch(() => {});
    const { response } = parts;
    // A response that fails is a client that went away.
    response.on('error', () => this.#finish());
    response.on('close', () => this.#finish());
    response.on('drain', () => {
      this.#blockedSince = undefined;
      this.grown();
    });
  }

  /** Sends until the client goes, or `end` is called. Throws when the log cannot be read. */
  async run(): Promise<void> {
    // The place where it begins is an event id as well: whoever loses the connection before the first entry resumes there.
    this.#write(Buffer.from(`retry: ${usualRetry}\nid: ${this.#id()}\n\n`));
    const { tails, turns, response } = this.#parts;
    using leaving = new DisposableStack();
    leaving.defer(() => response.end());
    leaving.defer(() => turns.delete(this));
    for (const following of this.#followings) {
      const { tail, leave } = await tails.follow(following.grant);
      leaving.defer(leave);
      if (this.#isOver) break;
      following.tail = tail;
      tail.join(this);
      leaving.defer(() => tail.leave(this));
    }
    this.grown();
    await this.#ended.promise;
  }

  /** Why the node ended it; undefined where the client went. */
  get endedBy(): EndReason | 'stuck' | undefined {
    return this.#endedBy;
  }

  /** Tells the client why, and when to come back where that is of use (milliseconds), and closes. */
  end(reason: EndReason, retry?: number): void {
    if (this.#isOver) return;
    this.#endedBy = reason;
    const event = eventText({ event: 'end', data: JSON.stringify({ reason }) });
    const { response } = this.#parts;
    const force = setTimeout(() => response.destroy(), lastPatience).unref();
    response.on('close', () => clearTimeout(force));
    response.end(retry === undefined ? event : `retry: ${retry}\n${event}`);
    this.#finish();
  }

  /** A sign of life. Whoever does not take what came before needs none. */
  beat(heartbeat: Buffer): void {
    if (!this.#isOver && this.#blockedSince === undefined) this.#write(heartbeat);
  }

  /** Whether the client has taken nothing since this moment of `performance.now`. */
  isStuckSince(moment: number): boolean {
    return this.#blockedSince !== undefined && this.#blockedSince < moment;
  }

  /** Cuts the connection off; the client resumes where it was. */
  cutOff(): void {
    this.#endedBy ??= 'stuck';
    this.#parts.response.destroy();
    this.#finish();
  }

  turn(): boolean {
    if (this.#isOver || this.#blockedSince !== undefined) return false;
    for (let tried = 0; tried < this.#followings.length; tried += 1) {
      const following = this.#followings[this.#next];
      this.#next = (this.#next + 1) % this.#followings.length;
      const chunk = following === undefined ? undefined : this.#chunkOf(following);
      if (following === undefined || chunk === undefined) continue;
      const bytes = this.#bytesOf(chunk, following);
      following.at = chunk.end;
      return this.#write(bytes) && this.#isBehind();
    }
    return false;
  }

  grown(): void {
    if (!this.#isOver && this.#blockedSince === undefined) this.#parts.turns.add(this);
  }

  pageRead(): void {
    for (const following of this.#followings) following.reading = false;
    this.grown();
  }

  failed(error: unknown): void {
    this.#isOver = true;
    this.#ended.reject(error);
  }

  /** What comes next of one log, if it is in memory; if not, it is read, and the stream gets another turn. */
  #chunkOf(following: Following): Chunk | undefined {
    const { tail, at, reading } = following;
    if (tail === undefined || reading || at >= tail.end) return undefined;
    const chunk = tail.after(at);
    if (chunk !== undefined) return chunk;
    following.reading = true;
    tail.read(at, this);
    return undefined;
  }

  #isBehind(): boolean {
    return this.#followings.some(({ tail, at, reading }) => tail !== undefined && !reading && at < tail.end);
  }

  #bytesOf(chunk: Chunk, following: Following): Buffer {
    if (this.#followings.length === 1) return chunk.bytes();
    return eventsWithIds(chunk.events, (at) => {
      following.at = at;
      return this.#id();
    });
  }

  /** The position for one collection, a compound cursor for several. */
  #id(): string {
    const [only] = this.#followings;
    if (this.#followings.length === 1) return String(only?.at);
    return formatCursor(new Map(this.#followings.map(({ grant, at }) => [grant.collectionId, at])));
  }

  /** Whether the client takes more. */
  #write(bytes: Buffer): boolean {
    if (this.#parts.response.write(bytes)) return true;
    this.#blockedSince = performance.now();
    return false;
  }

  #finish(): void {
    this.#isOver = true;
    this.#ended.resolve();
  }
}
