import type { Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Metrics } from '../telemetry/metrics.ts';

interface Connection {
  /** Answers under way; more than one where a client sends ahead. */
  answers: number;
  /** The last of them. */
  response: ServerResponse | undefined;
  /** What was counted of its traffic so far. */
  received: number;
  sent: number;
}

/** The open connections of a server. */
export interface Connections {
  /**
   * Those on which no request is under way. Node's own `closeIdleConnections` leaves those alone that have never carried one, as
   * clients open them ahead of need. Also those whose TLS handshake is not done.
   */
  idle(): readonly Socket[];
  all(): readonly Socket[];
  /** Whether an answer has begun and not ended. */
  isAnswering(socket: Duplex): boolean;
}

/** Follows the connections of a server, and counts their traffic at each scrape and at their end. */
export function trackConnections(
  server: Server,
  { secure, metrics }: { secure: boolean; metrics: Metrics },
): Connections {
  const open = new Map<Socket, Connection>();
  /** Connections whose TLS session is not made yet, by their other end. */
  const shakingHands = new Map<string, Socket>();

  function count(socket: Socket, connection: Connection): void {
    metrics.received.inc(socket.bytesRead - connection.received);
    metrics.sent.inc(socket.bytesWritten - connection.sent);
    connection.received = socket.bytesRead;
    connection.sent = socket.bytesWritten;
  }

  function closed(this: Socket): void {
    const connection = open.get(this);
    if (connection !== undefined) count(this, connection);
    open.delete(this);
  }

  function answered(this: ServerResponse): void {
    const connection = open.get(this.req.socket);
    if (connection !== undefined) connection.answers -= 1;
  }

  // With TLS, requests arrive on the socket of the session, not on the one below it.
  server.on(secure ? 'secureConnection' : 'connection', follow);
  if (secure) server.on('connection', followHandshake);
  server.on('request', ({ socket }, response) => {
    const connection = open.get(socket);
    if (connection === undefined) return;
    connection.answers += 1;
    connection.response = response;
    response.on('close', answered);
  });
  server.on('drop', () => metrics.connectionsDropped.inc());
  metrics.atScrape(() => {
    for (const [socket, connection] of open) count(socket, connection);
    metrics.connections.set(open.size);
  });
  return {
    idle: () => [
      ...[...open].filter(([, { answers }]) => answers === 0).map(([socket]) => socket),
      ...shakingHands.values(),
    ],
    all: () => [...open.keys(), ...shakingHands.values()],
    isAnswering(socket) {
      const response = socket instanceof Socket ? open.get(socket)?.response : undefined;
      return response?.headersSent === true && !response.closed;
    },
  };

  function follow(socket: Socket): void {
    shakingHands.delete(otherEnd(socket));
    open.set(socket, { answers: 0, response: undefined, received: 0, sent: 0 });
    socket.once('close', closed);
  }

  function followHandshake(socket: Socket): void {
    const key = otherEnd(socket);
    shakingHands.set(key, socket);
    socket.once('close', () => {
      if (shakingHands.get(key) === socket) shakingHands.delete(key);
    });
  }
}

function otherEnd({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
