import { Agent, type IncomingMessage, request } from 'node:http';

/** An answer whose body was read to its end. */
export interface Answer {
  /** What arrived first of the body. */
  readonly beginning: Buffer;
}

export interface Question {
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly body?: Buffer;
  readonly type?: string;
}

interface Sending {
  readonly path: string;
  readonly method: string;
  readonly body: Buffer | undefined;
  readonly type: string | undefined;
  readonly agent: Agent | false;
}

/** Milliseconds without a byte after which the bench gives up. */
const patience = 60_000;

/** Requests of every kind on kept-alive connections; where only speed counts, there is `Lane`. */
export class LoadClient implements Disposable {
  readonly url: string;
  readonly token: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #host: string;
  readonly #port: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, token = '') {
    this.url = url;
    this.token = token;
    const { hostname, port } = new URL(url);
    this.#host = hostname;
    this.#port = port;
    this.#headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  }

  /** Throws for whatever is not a success. */
  async send({ path, method = 'GET', body, type }: Question): Promise<Answer> {
    const response = await this.#open({ path, method, body, type, agent: this.#agent });
    const { statusCode = 0 } = response;
    let beginning: Buffer = Buffer.alloc(0);
    let bytes = 0;
    await new Promise<void>((resolve, reject) => {
      response.on('data', (chunk: Buffer) => {
        if (bytes === 0) beginning = chunk;
        bytes += chunk.byteLength;
      });
      response.on('end', resolve);
      response.on('error', reject);
    });
    if (statusCode < 300) return { beginning };
    throw new Error(`${method} ${path}: ${statusCode} ${beginning.toString().slice(0, 500)}`);
  }

  /** The whole body of an answer. */
  async read(path: string): Promise<Buffer> {
    const response = await this.stream(path);
    const chunks: Buffer[] = [];
    for await (const chunk of response) if (chunk instanceof Buffer) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Opens an answer that does not end, on a connection of its own. */
  stream(path: string): Promise<IncomingMessage> {
    return this.#open({ path, method: 'GET', body: undefined, type: undefined, agent: false });
  }

  #open({ path, method, body, type, agent }: Sending): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = {
        ...this.#headers,
        ...(body === undefined ? {} : { 'content-length': body.byteLength }),
        ...(type === undefined ? {} : { 'content-type': type }),
      };
      const place = { host: this.#host, port: this.#port, path, method, headers };
      const outgoing = request({ ...place, agent, timeout: patience }, resolve);
      outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path}: no answer`)));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
