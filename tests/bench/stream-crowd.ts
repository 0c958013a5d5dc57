import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How many streams are looked at event by event; of the others the events are only counted. */
export const sampledStreams = 32;

const readBytes = 262_144;
const marker = Buffer.from('event: entry\n');
/** No event of the bench is shorter: after the beginning of one, so many bytes need no look. */
const shortestEvent = 1_200;
/** Streams that are opened at once: fewer than the node's backlog of connections. */
const openedAtOnce = 100;
/** Of a sampled stream, what may hold the first part of an id. */
const tailLength = 60;

export interface CrowdOptions {
  readonly url: string;
  readonly token: string;
  readonly path: string;
  readonly count: number;
  /** Called with the id of each indicator that reaches one of the sampled streams. */
  readonly onIndicator: (id: string) => void;
  /** They take nothing of what is sent to them. */
  readonly paused?: boolean;
}

/**
 * Many open event streams that cost their reader next to nothing: raw sockets that share one buffer. A reader of `node:http`
 * would take more of the machine than the server that is measured.
 */
export class StreamCrowd implements Disposable {
  /** Events that all streams together have received. */
  received = 0;
  /** When the last event came; milliseconds of `performance.now`. */
  lastReceipt = 0;
  readonly #sockets: Socket[] = [];
  readonly #buffer = Buffer.allocUnsafe(readBytes);
  #failure: Error | undefined;

  static async open(options: CrowdOptions): Promise<StreamCrowd> {
    const crowd = new StreamCrowd();
    for (let opened = 0; opened < options.count; opened += openedAtOnce) {
      const some = Math.min(openedAtOnce, options.count - opened);
      await Promise.all(Array.from({ length: some }, (_, index) => crowd.#open(options, opened + index)));
    }
    return crowd;
  }

  /** Resolves when so many events have come; throws when a stream was refused, or when nothing comes for long. */
  async expect(events: number, patience = 30_000): Promise<void> {
    let seen = -1;
    let since = performance.now();
    while (this.received < events) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.received !== seen) [seen, since] = [this.received, performance.now()];
      if (performance.now() - since > patience)
        throw new Error(`${this.received} of ${events} events have come, and no more`);
      await sleep(5);
    }
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #open({ url, token, path, count, onIndicator, paused }: CrowdOptions, index: number): Promise<void> {
    const { hostname, port, host } = new URL(url);
    const sampled = index % Math.ceil(count / sampledStreams) === 0;
    const counter = createCounter(sampled ? onIndicator : undefined);
    const begun = Promise.withResolvers<void>();
    const callback = (length: number) => {
      const chunk = this.#buffer.subarray(0, length);
      if (!counter.started) {
        counter.started = true;
        const status = chunk.toString('latin1', 9, 12);
        if (status !== '200') this.#failure = new Error(`${path}: ${status}`);
        begun.resolve();
      }
      const events = counter.count(chunk);
      if (events === 0) return true;
      this.received += events;
      this.lastReceipt = performance.now();
      return true;
    };
    const socket = connect({
      host: hostname,
      port: Number(port),
      onread: { buffer: this.#buffer, callback },
    });
    this.#sockets.push(socket);
    socket.on('error', begun.reject);
    await once(socket, 'connect');
    const authorization = token === '' ? '' : `Authorization: Bearer ${token}\r\n`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${authorization}\r\n`);
    if (paused) socket.pause();
    else await begun.promise;
  }
}

/** Counts the events of one stream, and tells the ids in them where somebody wants to know. */
function createCounter(onIndicator: ((id: string) => void) | undefined) {
  let tail = '';
  /** Bytes of the marker that ended the chunk before. */
  let begun = 0;

  function countMarkers(chunk: Buffer): number {
    let found = 0;
    let from = 0;
    if (begun > 0 && chunk.subarray(0, marker.byteLength - begun).equals(marker.subarray(begun))) found += 1;
    for (;;) {
      const at = chunk.indexOf(marker, from);
      if (at === -1) break;
      found += 1;
      from = at + shortestEvent;
    }
    begun = from >= chunk.byteLength ? 0 : endingMarker(chunk);
    return found;
  }

  function tellIds(chunk: Buffer): void {
    const text = tail + chunk.toString('latin1');
    const ids = /"id":"(indicator--[0-9a-f-]{36})"/g;
    let end = 0;
    for (const match of text.matchAll(ids)) {
      end = match.index + match[0].length;
      onIndicator?.(match[1] ?? '');
    }
    tail = text.slice(Math.max(end, text.length - tailLength));
  }

  return {
    started: false,
    count(chunk: Buffer): number {
      if (onIndicator !== undefined) tellIds(chunk);
      return countMarkers(chunk);
    },
  };
}

/** How many bytes at the end of a chunk may be the beginning of the marker. */
function endingMarker(chunk: Buffer): number {
  for (let length = Math.min(marker.byteLength - 1, chunk.byteLength); length > 0; length -= 1) {
    if (chunk.subarray(chunk.byteLength - length).equals(marker.subarray(0, length))) return length;
  }
  return 0;
}
