// The yardstick: as little as Node needs to send the same bytes, from memory, to anybody who asks.
//   PUT /body        keeps what GET /body sends
//   GET /stream      an event stream
//   GET /backlog     an event stream that sends what was kept, as fast as its reader takes it
//   POST /publish    sends its body to every open stream as one event
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { attendParent } from './attend-parent.ts';

const streams = new Set<ServerResponse>();
let body = Buffer.alloc(0);

// A kept-alive connection is never closed just when the bench sends on it.
const server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
  if (request.method === 'GET' && request.url === '/stream') openStream(response);
  else if (request.method === 'GET' && request.url === '/backlog') sendBacklog(response);
  else if (request.method === 'GET') {
    response
      .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.byteLength })
      .end(body);
  } else {
    const received = await readBody(request);
    if (request.url === '/publish') publish(received);
    else body = received;
    response.writeHead(200).end();
  }
});

function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': open\n\n');
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

/** Bytes of one write. */
const slice = 65_536;

function sendBacklog(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  let sent = 0;
  const send = () => {
    while (sent < body.byteLength) {
      const part = body.subarray(sent, sent + slice);
      sent += part.byteLength;
      if (!response.write(part)) return;
    }
  };
  response.on('drain', send);
  send();
}

function publish(data: Buffer): void {
  const event = Buffer.concat([Buffer.from('event: entry\ndata: '), data, Buffer.from('\n\n')]);
  for (const stream of streams) stream.write(event);
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks);
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  attendParent({ url: `http://127.0.0.1:${port}`, token: '' }, async () => server.closeAllConnections());
});
