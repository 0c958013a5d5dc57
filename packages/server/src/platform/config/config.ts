import { resolve } from 'node:path';
import { z } from 'zod';
import { Secret } from '../secret.ts';

/** Bounds on what one request may ask of the node; each has its own refusal. */
export interface Limits {
  /** Bytes of a request's body; TAXII's `max_content_length` (TAXII 2.1 §4.2). */
  readonly bodyBytes: number;
  /** Objects in one bundle or envelope. */
  readonly bundleObjects: number;
  /** Bytes of one object's text. */
  readonly objectBytes: number;
  /** Nesting of objects and lists in a body. */
  readonly depth: number;
  /** Entries in one page; a larger `limit` is lowered to it (TAXII 2.1 §3.4). */
  readonly pageEntries: number;
  /** Live streams that one token may hold open. */
  readonly streamsPerToken: number;
}

/** Everything that the environment decides, read once and frozen. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Address under which members reach the node, without a slash at its end; undefined: taken from each request. */
  readonly publicUrl: string | undefined;
  readonly dataDirectory: string;
  /** Undefined: SQLite in the data directory. */
  readonly databaseUrl: Secret | undefined;
  /** Undefined: wake-ups travel in the process, or through PostgreSQL when that is the database. */
  readonly natsUrl: Secret | undefined;
  /** Milliseconds between the heartbeats of an open stream. */
  readonly heartbeat: number;
  readonly nodeTitle: string;
  readonly contact: string | undefined;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly limits: Limits;
}

const count = (fallback: number, least: number, most: number) =>
  z.coerce
    .number(`has to be a whole number from ${least} to ${most}`)
    .int(`has to be a whole number from ${least} to ${most}`)
    .min(least, `has to be at least ${least}`)
    .max(most, `may be ${most} at the most`)
    .default(fallback);

const environment = z.object({
  BELLTOWER_HOST: z.string().min(1).default('127.0.0.1'),
  BELLTOWER_PORT: count(8021, 0, 65_535),
  BELLTOWER_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  BELLTOWER_DATA: z.string().min(1).default('./belltower-data'),
  BELLTOWER_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  BELLTOWER_NATS_URL: z.url({ protocol: /^(nats|tls)$/ }).optional(),
  BELLTOWER_HEARTBEAT_SECONDS: count(15, 1, 300),
  BELLTOWER_TITLE: z.string().min(1).max(200).default('Belltower'),
  BELLTOWER_CONTACT: z.string().min(1).max(200).optional(),
  BELLTOWER_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  BELLTOWER_MAX_BODY_BYTES: count(33_554_432, 1_024, 268_435_456),
  BELLTOWER_MAX_BUNDLE_OBJECTS: count(50_000, 1, 1_000_000),
  BELLTOWER_MAX_OBJECT_BYTES: count(4_194_304, 1_024, 67_108_864),
  BELLTOWER_MAX_DEPTH: count(64, 8, 512),
  BELLTOWER_MAX_PAGE_ENTRIES: count(1_000, 1, 10_000),
  BELLTOWER_MAX_STREAMS_PER_TOKEN: count(20, 1, 10_000),
});

/** The names of the variables that `readConfig` knows. */
export const configVariables: readonly string[] = Object.keys(environment.shape);

/** A set-up that cannot work; the message names each variable and what it must be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the configuration from environment variables. Throws ConfigError, also for a misspelt `BELLTOWER_…` name. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const unknown = Object.keys(variables).filter(
    (name) =>
      /^BELLTOWER_(?!TEST_|TOKEN$|SERVER$|PROFILE$|DEBUG$|SHARED$)/.test(name) &&
      !configVariables.includes(name),
  );
  if (unknown.length > 0) throw new ConfigError(`No such setting: ${unknown.join(', ')}`);
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(places.join('\n'));
  }
  const value = parsed.data;
  return Object.freeze({
    host: value.BELLTOWER_HOST,
    port: value.BELLTOWER_PORT,
    publicUrl: value.BELLTOWER_PUBLIC_URL?.replace(/\/+$/, ''),
    dataDirectory: resolve(value.BELLTOWER_DATA),
    databaseUrl: secret(value.BELLTOWER_DATABASE_URL),
    natsUrl: secret(value.BELLTOWER_NATS_URL),
    heartbeat: value.BELLTOWER_HEARTBEAT_SECONDS * 1_000,
    nodeTitle: value.BELLTOWER_TITLE,
    contact: value.BELLTOWER_CONTACT,
    logLevel: value.BELLTOWER_LOG_LEVEL,
    limits: Object.freeze({
      bodyBytes: value.BELLTOWER_MAX_BODY_BYTES,
      bundleObjects: value.BELLTOWER_MAX_BUNDLE_OBJECTS,
      objectBytes: value.BELLTOWER_MAX_OBJECT_BYTES,
      depth: value.BELLTOWER_MAX_DEPTH,
      pageEntries: value.BELLTOWER_MAX_PAGE_ENTRIES,
      streamsPerToken: value.BELLTOWER_MAX_STREAMS_PER_TOKEN,
    }),
  });
}

function secret(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value);
}
