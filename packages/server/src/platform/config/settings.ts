import { resolve } from 'node:path';
import { address, choice, count, optionalText, seconds, secretAddress, text } from './setting.ts';

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
