import type { Server, ServerOptions } from 'node:http';
import { createServer as createPlainServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { Config } from '../config/config.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Certificate } from './certificate.ts';
import { readCertificate, watchCertificate } from './certificate.ts';

/** A server that is to be listened on; disposing of it ends the watch over its certificate. */
export interface CreatedServer extends Disposable {
  readonly server: Server;
  readonly scheme: 'http' | 'https';
}

interface Parts {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Bytes of a request's headers, and milliseconds: between looks for slow senders, between looks at the certificate, and for a TLS handshake. */
const maxHeaderSize = 16_384;
const slowSenders = 1_000;
const certificateLooks = 2_000;
const handshakeTimeout = 10_000;

/**
 * Makes the server that the configuration asks for, with TLS or without. Throws ConfigError for a certificate that cannot be
 * used. A certificate that changes later is taken over for new connections; those that are open go on.
 */
export function createServer({ config, log, metrics }: Parts): CreatedServer {
  const options: ServerOptions = {
    headersTimeout: Math.min(config.headersTimeout, config.requestTimeout),
    requestTimeout: config.requestTimeout,
    keepAliveTimeout: config.keepAliveTimeout,
    connectionsCheckingInterval: slowSenders,
    maxHeaderSize,
    // A request without Host is refused further on, in the form that every refusal has.
    requireHostHeader: false,
  };
  const { tlsCertificate, tlsKey } = config;
  if (tlsCertificate === undefined || tlsKey === undefined)
    return { server: createPlainServer(options), scheme: 'http', [Symbol.dispose]: () => undefined };

  const files = { certificate: tlsCertificate, key: tlsKey };
  const first = readCertificate(files);
  const server = createSecureServer({ ...options, ...secureOptions(first), handshakeTimeout });
  const loaded = ({ ends }: Certificate) => {
    metrics.certificateEnds.set(ends / 1_000);
    log.info('tls.loaded', { ends: new Date(ends).toISOString() });
  };
  loaded(first);
  const watch = watchCertificate({
    files,
    first,
    every: certificateLooks,
    changed(certificate) {
      server.setSecureContext(secureOptions(certificate));
      loaded(certificate);
    },
    refused: (error) => log.error('tls.refused', { error }),
  });
  return { server, scheme: 'https', [Symbol.dispose]: () => watch[Symbol.dispose]() };
}

function secureOptions({ cert, key }: Certificate): SecureContextOptions {
  return { cert, key, minVersion: 'TLSv1.2' };
}
