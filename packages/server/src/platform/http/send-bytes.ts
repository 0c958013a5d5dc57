import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { HttpEnvironment } from './environment.ts';

/** Milliseconds after which a client that takes nothing more is cut off: until then its answer stays in memory. */
const patience = 120_000;

/**
 * Sends a body in pieces, none of which is copied; to HEAD its headers alone. It is written to Node's own response, as a `Response`
 * costs more than all the rest of a page. So do headers that every answer carries: `context.header` is for a `Response` only.
 */
export function sendBytes(
  { env: { outgoing }, req }: Context<HttpEnvironment>,
  parts: readonly Uint8Array[],
  headers: Readonly<Record<string, string>>,
): Response {
  let length = 0;
  for (const part of parts) length += part.byteLength;
  outgoing.writeHead(200, { ...headers, 'Content-Length': length });
  if (req.method === 'HEAD') outgoing.end();
  else endWith(outgoing, parts);
  return RESPONSE_ALREADY_SENT;
}

function endWith(outgoing: ServerResponse, parts: readonly Uint8Array[]): void {
  outgoing.cork();
  for (const part of parts) outgoing.write(part);
  outgoing.end();
  outgoing.uncork();
  // What the connection did not take at once waits for the client.
  if (outgoing.writableLength > 0) outgoing.setTimeout(patience, () => outgoing.destroy());
}
