import { resolve } from 'node:path';
import { address, choice, count, optionalText, seconds, secretAddress, secretText, text } from './setting.ts';

/**
 * Everything that the environment decides: `config.<key>` is the setting's value. The table of settings in the documentation is
 * made of this one.
 */
export const settings = {
  host: text({
    name: 'BELLTOWER_HOST',
    group: 'listen',
    fallback: '127.0.0.1',
    transform: (value) => value,
    says: 'The address that the node listens on; `0.0.0.0` or `::` for every address of the machine.',
  }),
  port: count({
    name: 'BELLTOWER_PORT',
    group: 'listen',
    fallback: 8021,
    least: 0,
    most: 65_535,
    says: 'The port that the node listens on; 0 takes a free one.',
  }),
  /** Without a slash at its end. */
  publicUrl: address({
    name: 'BELLTOWER_PUBLIC_URL',
    group: 'listen',
    schemes: ['http', 'https'],
    says: 'The address under which members reach the node; without it, the node takes the one that each request names.',
  }),
  /** A path. */
  tlsCertificate: optionalText({
    name: 'BELLTOWER_TLS_CERT',
    group: 'listen',
    says: 'The file of a certificate with its chain, PEM: the node then speaks HTTPS, TLS 1.2 or newer, and takes over a changed file within seconds. Without it a proxy has to.',
  }),
  /** A path. */
  tlsKey: optionalText({
    name: 'BELLTOWER_TLS_KEY',
    group: 'listen',
    says: 'The file of the key of that certificate, PEM, without a passphrase.',
  }),
  maxConnections: count({
    name: 'BELLTOWER_MAX_CONNECTIONS',
    group: 'listen',
    fallback: 10_000,
    least: 1,
    most: 1_000_000,
    unit: 'connections',
    says: 'Connections that may be open at once; further ones are closed. Each live stream takes one. The operating system has to allow as many open files.',
  }),
  /** Milliseconds. */
  headersTimeout: seconds({
    name: 'BELLTOWER_HEADERS_TIMEOUT_SECONDS',
    group: 'listen',
    fallback: 15,
    least: 1,
    most: 3_600,
    says: 'How long the headers of a request may take to arrive.',
  }),
  /** Milliseconds. */
  requestTimeout: seconds({
    name: 'BELLTOWER_REQUEST_TIMEOUT_SECONDS',
    group: 'listen',
    fallback: 300,
    least: 1,
    most: 3_600,
    says: 'How long a request may take to arrive, its body included.',
  }),
  /** Milliseconds. */
  keepAliveTimeout: seconds({
    name: 'BELLTOWER_KEEP_ALIVE_SECONDS',
    group: 'listen',
    fallback: 75,
    least: 1,
    most: 3_600,
    says: 'How long a connection stays open between two requests; longer than a load balancer in front keeps it.',
  }),
  /** Milliseconds. */
  shutdownDelay: seconds({
    name: 'BELLTOWER_SHUTDOWN_DELAY_SECONDS',
    group: 'listen',
    fallback: 0,
    least: 0,
    most: 600,
    says: 'How long a node that was asked to stop goes on taking connections, while `/readyz` already answers 503: as long as a load balancer needs to notice.',
  }),
  /** Milliseconds. */
  shutdownGrace: seconds({
    name: 'BELLTOWER_SHUTDOWN_GRACE_SECONDS',
    group: 'listen',
    fallback: 20,
    least: 0,
    most: 3_600,
    says: 'How long requests under way then have to end before they are cut off.',
  }),
  /** An absolute path. */
  dataDirectory: text({
    name: 'BELLTOWER_DATA',
    group: 'storage',
    fallback: './belltower-data',
    transform: (value) => resolve(value),
    says: 'The folder of the SQLite database.',
  }),
  /** Undefined: SQLite in the data directory. */
  databaseUrl: secretAddress({
    name: 'BELLTOWER_DATABASE_URL',
    group: 'storage',
    schemes: ['postgres', 'postgresql'],
    says: 'PostgreSQL 15 or newer, instead of SQLite.',
  }),
  /** Undefined: wake-ups travel in the process, or through PostgreSQL when that is the database. */
  natsUrl: secretAddress({
    name: 'BELLTOWER_NATS_URL',
    group: 'storage',
    schemes: ['nats', 'tls'],
    says: 'NATS between the nodes of a cluster; without it they wake each other through PostgreSQL.',
  }),
  /** 0: nothing is kept. */
  cacheBytes: count({
    name: 'BELLTOWER_CACHE_BYTES',
    group: 'storage',
    fallback: 134_217_728,
    least: 0,
    most: 68_719_476_736,
    unit: 'bytes',
    says: 'Memory for objects that were read, and for their compressed pages; 0 reads everything from the database each time.',
  }),
  nodeTitle: text({
    name: 'BELLTOWER_TITLE',
    group: 'listen',
    fallback: 'Belltower',
    longest: 200,
    transform: (value) => value,
    says: 'What the node calls itself in TAXII discovery.',
  }),
  contact: optionalText({
    name: 'BELLTOWER_CONTACT',
    group: 'listen',
    longest: 200,
    says: 'Whom to turn to about the node, as TAXII discovery tells.',
  }),
  logLevel: choice({
    name: 'BELLTOWER_LOG_LEVEL',
    group: 'log',
    words: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    fallback: 'info',
    says: 'The least important events that are logged; JSON lines on standard error.',
  }),
  /** Undefined: there is no `/metrics`. */
  metricsToken: secretText({
    name: 'BELLTOWER_METRICS_TOKEN',
    group: 'log',
    shortest: 16,
    says: 'The bearer token with which Prometheus reads `/metrics`; without it there are none.',
  }),
  readyNeedsBus: choice({
    name: 'BELLTOWER_READY_NEEDS_BUS',
    group: 'log',
    words: ['no', 'yes'],
    fallback: 'no',
    says: 'Whether `/readyz` answers 503 while this node cannot reach the others through NATS or PostgreSQL. Entries then arrive up to a second later and none is lost, so that a node is as a rule better kept.',
  }),
  /** Milliseconds. */
  heartbeat: seconds({
    name: 'BELLTOWER_HEARTBEAT_SECONDS',
    group: 'limits',
    fallback: 15,
    least: 1,
    most: 300,
    says: 'The time between two signs of life on a quiet stream.',
  }),
} as const;
