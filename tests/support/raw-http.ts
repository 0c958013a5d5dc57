import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer as it came over a socket. */
export interface RawAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export function openSocket(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // A node that refuses may close before everything was written.
  socket.on('error', () => undefined);
  return socket;
}

/** Sends bytes as they are, and answers what came back until the node closed the connection; at most 20 s. */
export async function sendRaw(
  url: string,
  ...pieces: readonly (string | Buffer)[]
): Promise<readonly RawAnswer[]> {
  const socket = openSocket(url);
  const answer = readToEnd(socket);
  for (const piece of pieces) socket.write(piece);
  return parseAnswers(await answer);
}

/** What comes until the connection ends. */
export async function readToEnd(socket: Socket): Promise<Buffer> {
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  await once(socket, 'close', { signal: AbortSignal.timeout(20_000) });
  return Buffer.concat(pieces);
}

/** Every answer of a connection; informational ones (1xx) have no body. */
export function parseAnswers(bytes: Buffer): readonly RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = bytes.toString('latin1');
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    if (end === -1) throw new Error(`This is no answer: ${rest.slice(0, 200)}`);
    const [line = '', ...fields] = rest.slice(0, end).split('\r\n');
    const headers = new Map(
      fields.map((field) => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
      }),
    );
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1]);
    rest = rest.slice(end + 4);
    const length = status < 200 ? 0 : Number(headers.get('content-length') ?? rest.length);
    answers.push({ status, headers, body: Buffer.from(rest.slice(0, length), 'latin1').toString() });
    rest = rest.slice(length);
  }
  return answers;
}
