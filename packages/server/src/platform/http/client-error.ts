import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Metrics } from '../telemetry/metrics.ts';
import { problemText } from './problem.ts';
import type { Refusal } from './refusal.ts';
import { refusalStatus } from './refusal.ts';
import { securityHeaders } from './security-headers.ts';

const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    code: 'headers-too-large',
    message: 'The headers of a request may be 16 KiB long at the most.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { code: 'too-large', message: 'The extensions of a chunk are too long.' },
  ERR_HTTP_REQUEST_TIMEOUT: {
    code: 'request-timeout',
    message: 'The request did not arrive in the time that there is for it.',
  },
};
const malformed: Refusal = { code: 'bad-request', message: 'This is no HTTP/1.1 request.' };

/** An error that node's HTTP parser met on a connection, before there was a request. */
interface ClientError extends Error {
  readonly code?: string;
}

/**
 * Answers what is no request, in the form that every refusal has, and closes the connection. An answer that has begun is not
 * spoilt with a second one.
 */
export function refuseConnection(
  { code = '' }: ClientError,
  socket: Duplex,
  {
    metrics,
    headers,
    answering,
  }: {
    readonly metrics: Metrics;
    readonly headers: Readonly<Record<string, string>>;
    readonly answering: boolean;
  },
): void {
  // A client that reset its connection, or has closed its half, hears nothing more.
  if (code === 'ECONNRESET' || !socket.writable || answering) {
    socket.destroy();
    return;
  }
  const refusal = refusals[code] ?? malformed;
  const status = refusalStatus[refusal.code];
  const body = problemText(refusal);
  const lines = Object.entries({
    ...securityHeaders,
    ...headers,
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  metrics.refusals.inc({ code: refusal.code });
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () =>
    socket.destroy(),
  );
}
