import { ClientError } from '../client-error.ts';

/** One event of an event stream. */
export interface StreamEvent {
  /** `message` where the stream names none. */
  readonly event: string;
  /** Lines of data joined with LF. */
  readonly data: string;
  /** The last id that the stream gave, with this event or before; empty where it gave none. */
  readonly id: string;
}

/** UTF-16 units of one event: the largest object that a node can be set to take, and what stands around it. */
const defaultMost = 70_000_000;

/**
 * Reads an event stream (WHATWG HTML §9.2.6) piece by piece: chunks may break anywhere, within a character as well. Keeps at most one
 * event, and throws ClientError `too-large` for one beyond the bound.
 */
export class EventStreamParser {
  readonly #most: number;
  readonly #decoder = new TextDecoder();
  /** The pieces of the line that has not ended. */
  #line: string[] = [];
  #lineLength = 0;
  #data: string[] = [];
  #dataLength = 0;
  #event = '';
  /** Becomes the last id at the end of the event that it stands in. */
  #id = '';
  #lastId = '';
  #retry: number | undefined;
  /** The last chunk ended with CR; an LF that follows belongs to it. */
  #afterCarriageReturn = false;

  constructor({ most = defaultMost }: { readonly most?: number } = {}) {
    this.#most = most;
  }

  /** The last id that a complete event gave, one without data as well. */
  get lastId(): string {
    return this.#lastId;
  }

  /** Milliseconds that the stream asks to wait before connecting again. */
  get retry(): number | undefined {
    return this.#retry;
  }

  /** The events that this chunk completes. */
  push(chunk: Uint8Array): readonly StreamEvent[] {
    const text = this.#decoder.decode(chunk, { stream: true });
    const events: StreamEvent[] = [];
    if (text === '') return events;
    let start = this.#afterCarriageReturn && text.startsWith('\n') ? 1 : 0;
    this.#afterCarriageReturn = text.endsWith('\r');
    let carriageReturn = indexOrEnd(text, '\r', start);
    for (;;) {
      // Looked for again only when it has been passed: a chunk without any is searched once.
      if (carriageReturn < start) carriageReturn = indexOrEnd(text, '\r', start);
      const end = Math.min(carriageReturn, indexOrEnd(text, '\n', start));
      if (end === text.length) break;
      this.#keep(text.slice(start, end));
      this.#endLine(events);
      start = end === carriageReturn && text[end + 1] === '\n' ? end + 2 : end + 1;
    }
    this.#keep(text.slice(start));
    return events;
  }

  #keep(piece: string): void {
    if (piece === '') return;
    this.#line.push(piece);
    this.#lineLength += piece.length;
    if (this.#lineLength + this.#dataLength <= this.#most) return;
    throw new ClientError('too-large', `An event of the stream is longer than ${this.#most} characters.`);
  }

  #endLine(events: StreamEvent[]): void {
    const line = this.#line.join('');
    this.#line = [];
    this.#lineLength = 0;
    if (line === '') this.#endEvent(events);
    else this.#field(line);
  }

  #field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    switch (name) {
      case 'data':
        this.#data.push(value);
        this.#dataLength += value.length + 1;
        break;
      case 'event':
        this.#event = value;
        break;
      case 'id':
        if (!value.includes('\0')) this.#id = value;
        break;
      case 'retry':
        if (/^\d{1,9}$/.test(value)) this.#retry = Number(value);
        break;
      default:
        // A comment, or a field of a later standard.
        break;
    }
  }

  #endEvent(events: StreamEvent[]): void {
    this.#lastId = this.#id;
    if (this.#data.length > 0) {
      events.push({ event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id });
    }
    this.#data = [];
    this.#dataLength = 0;
    this.#event = '';
  }
}

function indexOrEnd(text: string, wanted: string, start: number): number {
  const at = text.indexOf(wanted, start);
  return at === -1 ? text.length : at;
}
