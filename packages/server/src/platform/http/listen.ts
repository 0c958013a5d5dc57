import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { HttpApp } from './environment.ts';

/** A server that accepts connections. */
export interface Listening {
  /** Without a slash at its end. */
  readonly url: string;
  readonly server: Server;
  /** Takes no new connections, lets requests end, and closes what is idle; after `grace` milliseconds closes everything. */
  close(grace: number): Promise<void>;
}

/** Bounds on slow and oversized senders; milliseconds and bytes. */
const headersTimeout = 15_000;
const requestTimeout = 300_000;
const maxHeaderSize = 16_384;

export async function listen(
  app: HttpApp,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(
    { headersTimeout, requestTimeout, maxHeaderSize, keepAliveTimeout: 30_000 },
    listener,
  );
  const idle = trackIdleSockets(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (!isAddress(address)) throw new Error('The server has no address');
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name === '0.0.0.0' || name === '[::]' ? 'localhost' : name}:${address.port}`,
    server,
    close: (grace) =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        const closeIdle = () => {
          for (const socket of idle()) socket.destroy();
        };
        closeIdle();
        // A connection that ends its last request from now on would otherwise be kept alive.
        const again = setInterval(closeIdle, 20);
        const force = setTimeout(() => server.closeAllConnections(), grace);
        server.once('close', () => {
          clearInterval(again);
          clearTimeout(force);
        });
      }),
  };
}

/**
 * The connections on which no request is under way. Node's own `closeIdleConnections` leaves those alone that have never
 * carried one, as clients open them ahead of need.
 */
function trackIdleSockets(server: Server): () => readonly Socket[] {
  const busy = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    busy.set(socket, 0);
    socket.once('close', () => busy.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    response.once('close', () => {
      if (busy.has(socket)) busy.set(socket, (busy.get(socket) ?? 1) - 1);
    });
  });
  return () => [...busy].filter(([, requests]) => requests === 0).map(([socket]) => socket);
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
