import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener, RequestError } from '@hono/node-server';
import { refuseConnection } from './client-error.ts';
import { createServer } from './create-server.ts';
import type { HttpApp } from './environment.ts';
import type { ObserverParts } from './observe-requests.ts';
import { observeRequests, transportHeaders } from './observe-requests.ts';
import { problemText } from './problem.ts';
import type { Refusal } from './refusal.ts';
import { refusalStatus } from './refusal.ts';
import type { Connections } from './track-connections.ts';
import { trackConnections } from './track-connections.ts';

/** A server that accepts connections. */
export interface Listening {
  /** Without a slash at its end. */
  readonly url: string;
  /** Takes no new connections, lets requests end, and closes what is idle; after `grace` milliseconds closes everything. */
  close(grace: number): Promise<void>;
}

/** Connections that may wait to be accepted, as far as the system allows: a thousand streams may come back in one moment. */
const backlog = 4_096;
/** Milliseconds between two looks for connections that have become idle, while the server closes. */
const idleLooks = 20;

/** Listens where the configuration says. Throws ConfigError for a certificate that cannot be used, and the server's own error. */
export async function listen(app: HttpApp, parts: ObserverParts): Promise<Listening> {
  const { config, metrics, random } = parts;
  using starting = new DisposableStack();
  const { server, scheme } = starting.use(createServer(parts));
  const connections = trackConnections(server, { secure: scheme === 'https', metrics });
  server.maxConnections = config.maxConnections;
  server.on('request', observeRequests(parts));
  server.on(
    'request',
    getRequestListener(app.fetch, {
      overrideGlobalObjects: false,
      errorHandler: (error) => answerUnreadable(error, parts),
    }),
  );
  // Whoever reads the body asks for it (`readText`), so that one that is refused is never sent.
  server.on('checkContinue', (incoming, outgoing) => server.emit('request', incoming, outgoing));
  // What a client expects besides `100-continue` is passed over (RFC 9110 §10.1.1).
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing));
  server.on('clientError', (error, socket) => {
    const headers = { ...transportHeaders(config), 'X-Request-Id': random.uuid() };
    refuseConnection(error, socket, { metrics, headers, answering: connections.isAnswering(socket) });
  });
  const port = await start(server, config);
  const running = starting.move();
  const name = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `${scheme}://${name === '0.0.0.0' || name === '[::]' ? 'localhost' : name}:${port}`,
    async close(grace) {
      using _ = running;
      await closeServer({ server, connections, grace });
    },
  };
}

/** Resolves to the port. */
async function start(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (!isAddress(address)) throw new Error('The server has no address');
  return address.port;
}

async function closeServer({
  server,
  connections,
  grace,
}: {
  readonly server: Server;
  readonly connections: Connections;
  readonly grace: number;
}): Promise<void> {
  // What has arrived and was not read yet is read now: `close` would cut such connections off as idle.
  if (connections.all().length > 0) await sleep(idleLooks);
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
  const closeIdle = () => {
    for (const socket of connections.idle()) socket.destroy();
  };
  closeIdle();
  // A connection that ends its last request from now on would otherwise be kept alive.
  const again = setInterval(closeIdle, idleLooks);
  const force = setTimeout(() => {
    for (const socket of connections.all()) socket.destroy();
  }, grace);
  try {
    await closed;
  } finally {
    clearInterval(again);
    clearTimeout(force);
  }
}

/** The answer to a request that names no address that there could be, and to what the application did not catch. */
function answerUnreadable(error: unknown, { log, metrics }: ObserverParts): Response {
  const unreadable = error instanceof RequestError;
  if (!unreadable) log.error('request.failed', { error });
  const refusal: Refusal = unreadable
    ? { code: 'bad-request', message: `The request cannot be understood: ${error.message}.` }
    : { code: 'internal', message: 'Something went wrong inside the node.' };
  metrics.refusals.inc({ code: refusal.code });
  return new Response(problemText(refusal), {
    status: refusalStatus[refusal.code],
    headers: { 'Content-Type': 'application/problem+json' },
  });
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
