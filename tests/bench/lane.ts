import { connect, type Socket } from 'node:net';
import type { Done } from './meter.ts';

/** The head of an answer, and how its body began. */
export interface LaneAnswer {
  /** Header lines in small letters. */
  readonly head: string;
  /** As many of its first characters as came with the head, a few hundred at the most. */
  readonly beginning: string;
}

interface Waiting {
  readonly resolve: (answer: LaneAnswer) => void;
  readonly reject: (error: Error) => void;
}

const readBytes = 262_144;
const beginningBytes = 300;
const headEnd = '\r\n\r\n';

/**
 * One kept-alive connection that asks for one thing after the other and looks at nothing but length and status. A client of
 * `node:http` takes 0.2 ms of a processor for a page of 120 kB, this one 0.02 ms: on a small machine that is the difference
 * between measuring the node and measuring the load.
 */
export class Lane implements Disposable {
  readonly #socket: Socket;
  readonly #fixed: string;
  #waiting: Waiting | undefined;
  #partial = Buffer.alloc(0);
  #answer: LaneAnswer | undefined;
  #left = 0;

  constructor(url: string, token: string, encoding = 'identity') {
    const { hostname, port, host } = new URL(url);
    const authorization = token === '' ? '' : `Authorization: Bearer ${token}\r\n`;
    this.#fixed = `HTTP/1.1\r\nHost: ${host}\r\n${authorization}Accept: */*\r\nAccept-Encoding: ${encoding}\r\n\r\n`;
    const callback = (length: number, buffer: Uint8Array) => {
      this.#receive(Buffer.from(buffer.buffer, buffer.byteOffset, length));
      return true;
    };
    this.#socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: { buffer: Buffer.allocUnsafe(readBytes), callback },
    });
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error(`${host} has closed the connection`)));
  }

  /** Throws for whatever is not a success. */
  get(path: string): Promise<LaneAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(`GET ${path} ${this.#fixed}`);
    });
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    if (this.#answer !== undefined) this.#left -= chunk.byteLength;
    else if (!this.#begin(chunk)) return;
    if (this.#left > 0 || this.#answer === undefined) return;
    const { head } = this.#answer;
    if (/^http\/1\.1 2/.test(head)) this.#waiting?.resolve(this.#answer);
    else this.#fail(new Error(`${head.split('\r\n')[0]} ${this.#answer.beginning}`));
    this.#waiting = undefined;
    this.#answer = undefined;
  }

  /** Whether the head has come whole. */
  #begin(chunk: Buffer): boolean {
    const all = this.#partial.byteLength === 0 ? chunk : Buffer.concat([this.#partial, chunk]);
    const end = all.indexOf(headEnd);
    // What is read next overwrites the chunk.
    this.#partial = end === -1 ? Buffer.from(all) : Buffer.alloc(0);
    if (end === -1) return false;
    const head = all.toString('latin1', 0, end).toLowerCase();
    const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
    if (length === undefined) this.#fail(new Error('The bench reads answers with a Content-Length only'));
    const body = end + headEnd.length;
    this.#left = Number(length) - (all.byteLength - body);
    this.#answer = { head, beginning: all.toString('latin1', body, body + beginningBytes) };
    return true;
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}

/** Where requests go, and as whom. */
export interface Target {
  readonly url: string;
  readonly token: string;
  /** What the answers may be compressed with; without it, nothing. */
  readonly encoding?: string;
}

/** The requests that get answered in a time, so many at once. */
export async function requestRate(
  { url, token, encoding }: Target,
  next: () => string,
  { seconds, atOnce = 8 }: { readonly seconds: number; readonly atOnce?: number },
): Promise<Done> {
  using open = new DisposableStack();
  const lanes = Array.from({ length: atOnce }, () => open.use(new Lane(url, token, encoding)));
  const started = performance.now();
  const end = started + seconds * 1_000;
  let answered = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      while (performance.now() < end) {
        await lane.get(next());
        answered += 1;
      }
    }),
  );
  return { units: answered, seconds: (performance.now() - started) / 1_000 };
}
