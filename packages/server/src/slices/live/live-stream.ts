import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Position, ReadGrant } from '../exchange/index.ts';
import { formatCursor } from './cursor.ts';
import { eventText } from './event-text.ts';
import type { LogTails } from './log-tail.ts';

/** Why the node ends a stream; the client sees it in the event `end`. */
export type EndReason = 'access-lost' | 'token-expired' | 'shutting-down';

/** A reader that takes nothing for so long is cut off; it resumes where it was. Milliseconds. */
const patience = 120_000;

/**
 * Entries that were read so long ago are read again before they are sent: milliseconds for each collection of the stream, so that
 * a slow reader of many costs no more than one of a single collection.
 */
const freshness = 500;

interface StreamParts {
  readonly response: ServerResponse;
  readonly tails: LogTails;
  readonly grants: readonly ReadGrant[];
  readonly cursor: ReadonlyMap<string, Position>;
  /** Milliseconds between heartbeats. */
  readonly heartbeat: number;
  readonly now: () => string;
}

/** One open event stream: from its cursor through the log into the present, without a seam (rules R1, R2, R4). */
export class LiveStream {
  readonly #parts: StreamParts;
  readonly #cursor: Map<string, Position>;
  readonly #abort = new AbortController();

  constructor(parts: StreamParts) {
    this.#parts = parts;
    this.#cursor = new Map(parts.cursor);
    // A response that fails is a client that went away.
    parts.response.on('error', () => this.#abort.abort());
    parts.response.on('close', () => this.#abort.abort());
  }

  /** Sends until the client goes, or `end` is called. */
  async run(): Promise<void> {
    const { response, grants, heartbeat: interval } = this.#parts;
    // The place where it begins is an event id as well: whoever loses the connection before the first entry resumes there.
    response.write(`retry: 1000\nid: ${this.#id()}\n\n`);
    const heartbeat = setInterval(() => this.#heartbeat(), interval);
    try {
      await Promise.all(grants.map((grant) => this.#follow(grant)));
    } finally {
      clearInterval(heartbeat);
      this.#abort.abort();
      response.end();
    }
  }

  /** Tells the client why, and closes. */
  end(reason: EndReason): void {
    if (this.#abort.signal.aborted) return;
    this.#parts.response.end(eventText({ event: 'end', data: JSON.stringify({ reason }) }));
    this.#abort.abort();
  }

  async #follow(grant: ReadGrant): Promise<void> {
    const { tails } = this.#parts;
    const { signal } = this.#abort;
    const tail = await tails.follow(grant);
    try {
      while (!signal.aborted) {
        await this.#drained();
        const at = this.#at(grant);
        const outgoing = await tail.after(at);
        const fetched = performance.now();
        for (const entry of outgoing) {
          // Before sending: the streams of several collections share one connection, and one entry at a time waits for it.
          await this.#drained();
          if (signal.aborted) return;
          // What has waited long may have been withdrawn in the meantime (rule L6).
          if (performance.now() - fetched > freshness * this.#parts.grants.length) break;
          this.#cursor.set(grant.collectionId, entry.position);
          this.#send(entry.single, entry.data);
        }
        if (outgoing.length === 0) await tail.grown(at, signal);
      }
    } finally {
      await tails.leave(grant);
    }
  }

  #at(grant: ReadGrant): Position {
    const at = this.#cursor.get(grant.collectionId);
    if (at === undefined) throw new Error('A stream has a cursor for each of its collections');
    return at;
  }

  #send(single: Buffer, data: string): void {
    const { response, grants } = this.#parts;
    response.write(grants.length === 1 ? single : eventText({ event: 'entry', id: this.#id(), data }));
  }

  /** The position for one collection, a compound cursor for several. */
  #id(): string {
    const [only] = this.#cursor.values();
    return this.#cursor.size === 1 ? String(only) : formatCursor(this.#cursor);
  }

  async #drained(): Promise<void> {
    const { response } = this.#parts;
    try {
      while (response.writableNeedDrain && !this.#abort.signal.aborted) {
        const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(patience)]);
        await once(response, 'drain', { signal });
      }
    } catch {
      response.destroy();
      this.#abort.abort();
    }
  }

  #heartbeat(): void {
    const { response, now } = this.#parts;
    if (response.writableNeedDrain || this.#abort.signal.aborted) return;
    response.write(eventText({ event: 'heartbeat', data: JSON.stringify({ at: now() }) }));
  }
}
