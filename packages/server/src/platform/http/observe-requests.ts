import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config/config.ts';
import type { Random } from '../platform.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { comesFromProxy } from './client-address.ts';
import { findRecord, keepRecord, unrouted } from './request-record.ts';
import { securityHeaders, strictTransport } from './security-headers.ts';

/** What every request of a node passes first. */
export interface ObserverParts {
  readonly config: Config;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Whether the node is stopping: its answers then ask clients to connect anew, to another node. */
  readonly stopping: () => boolean;
}

/**
 * Makes what is called with each request before anything else: it gives the answer the headers that every answer has, and counts
 * and logs the request when the answer has ended, however it is written. Costs a few microseconds; one listener serves all.
 */
export function observeRequests({
  config,
  random,
  log,
  metrics,
  stopping,
}: ObserverParts): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const headers = Object.entries({ ...securityHeaders, ...transportHeaders(config) });
  const { trustedProxies } = config.limits;
  const mayBeProxied = trustedProxies.rules.length > 0;

  function ended(this: ServerResponse): void {
    const record = findRecord(this);
    if (record === undefined) return;
    const { method = '' } = this.req;
    const { route, refusal } = record;
    const aborted = !this.writableFinished;
    const status = this.headersSent ? this.statusCode : 'aborted';
    const milliseconds = performance.now() - record.begun;
    metrics.requestsUnderWay.dec();
    metrics.requests.inc({ method, route, status });
    if (refusal !== undefined) metrics.refusals.inc({ code: refusal });
    if (this.getHeader('content-type') !== 'text/event-stream')
      metrics.requestSeconds.observe({ method, route }, milliseconds / 1_000);
    if (!log.writes('debug')) return;
    log.debug('request.done', {
      requestId: record.id,
      method,
      route,
      status,
      milliseconds: Math.round(milliseconds * 1_000) / 1_000,
      bytes: this.req.socket.bytesWritten - record.sentBefore,
      organisation: record.organisationId,
      token: record.tokenId,
      refusal,
      ...(aborted ? { aborted } : {}),
    });
  }

  return (incoming, outgoing) => {
    const behindProxy = mayBeProxied && comesFromProxy(incoming, trustedProxies);
    const id = (behindProxy ? givenId(incoming) : undefined) ?? random.uuid();
    for (const [name, value] of headers) outgoing.setHeader(name, value);
    outgoing.setHeader('X-Request-Id', id);
    if (behindProxy && incoming.headers['x-forwarded-proto'] === 'https')
      for (const [name, value] of Object.entries(strictTransport)) outgoing.setHeader(name, value);
    if (stopping()) outgoing.setHeader('Connection', 'close');
    keepRecord(outgoing, {
      id,
      begun: performance.now(),
      sentBefore: incoming.socket.bytesWritten,
      route: unrouted,
      refusal: undefined,
      organisationId: undefined,
      tokenId: undefined,
    });
    metrics.requestsUnderWay.inc();
    outgoing.on('close', ended);
  };
}

/** The headers that speak of TLS: where the node does it, or a proxy that members reach it through. */
export function transportHeaders({
  tlsCertificate,
  publicUrl,
}: Pick<Config, 'tlsCertificate' | 'publicUrl'>): Readonly<Record<string, string>> {
  return tlsCertificate !== undefined || publicUrl?.startsWith('https:') === true ? strictTransport : {};
}

/** A proxy's own id of a request; only of a trusted one, as it stands in the log and may have to be unique there. */
function givenId({ headers }: IncomingMessage): string | undefined {
  const id = headers['x-request-id'];
  return typeof id === 'string' && /^[\w.-]{8,64}$/.test(id) ? id : undefined;
}
