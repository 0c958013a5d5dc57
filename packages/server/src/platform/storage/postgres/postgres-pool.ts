import pg from 'pg';
import { parseInteger } from '../sql-value.ts';

/** How connections to PostgreSQL are made. */
export interface PostgresSettings {
  readonly url: string;
  /** Becomes the search path. */
  readonly schema?: string;
  readonly poolSize?: number;
  readonly onError: (error: Error) => void;
}

/**
 * Times in milliseconds: to connect, for one statement, for a row lock, for a transaction that does nothing, and for bytes that the
 * other end does not take. A node that is stopped in the middle of a transaction holds a log's lock; its transaction ends before the
 * patience of those who wait for that lock does.
 */
const timeouts = {
  connect: 10_000,
  statement: 30_000,
  lock: 20_000,
  idleInTransaction: { read: 60_000, write: 10_000 },
  unsent: 15_000,
};

/** How long this side waits for an answer: longer than PostgreSQL needs to end the statement by itself. Milliseconds. */
export const patience = timeouts.statement + 5_000;

/** A pool whose broken connections are reported and replaced, and never end the process. */
export function createPool(settings: PostgresSettings, access: 'read' | 'write'): pg.Pool {
  const { url, options } = takeOptions(settings.url);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `belltower ${access}`,
    max: settings.poolSize ?? 10,
    keepAlive: true,
    connectionTimeoutMillis: timeouts.connect,
    statement_timeout: timeouts.statement,
    lock_timeout: timeouts.lock,
    idle_in_transaction_session_timeout: timeouts.idleInTransaction[access],
    options: [...options, ...sessionOptions(settings, access)].join(' '),
    types: { getTypeParser: (oid: number) => parserOf(oid) },
  });
  pool.on('error', settings.onError);
  // A connection that breaks between two statements of a transaction has no other listener.
  pool.on('connect', (client) => {
    client.on('error', settings.onError);
  });
  return pool;
}

/** The URL's own `options` would replace the ones given beside it; both are wanted. */
function takeOptions(text: string): { readonly url: string; readonly options: readonly string[] } {
  const url = new URL(text);
  const options = url.searchParams.getAll('options');
  if (options.length === 0) return { url: text, options };
  url.searchParams.delete('options');
  return { url: url.href, options };
}

function sessionOptions({ schema }: PostgresSettings, access: 'read' | 'write'): readonly string[] {
  // A statement that was prepared while a table was short would go on reading the whole of it, or along the wrong index, until PostgreSQL has
  // looked at the table again. To plan each time costs less than a tenth of a millisecond.
  const options = [`-c tcp_user_timeout=${timeouts.unsent}`, '-c plan_cache_mode=force_custom_plan'];
  if (access === 'read') options.push('-c default_transaction_read_only=on');
  // Spaces and backslashes end or escape a word in this string.
  if (schema !== undefined)
    options.push(`-c search_path=${quoteIdentifier(schema).replace(/[\\\s]/g, '\\$&')}`);
  return options;
}

/** Writes a name as PostgreSQL takes it, whatever characters it has. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const parsers: ReadonlyMap<number, (text: string) => number> = new Map([
  // Comparisons give 0 and 1, as on SQLite.
  [pg.types.builtins.BOOL, (text) => (text === 't' ? 1 : 0)],
  [pg.types.builtins.INT2, parseInteger],
  [pg.types.builtins.INT4, parseInteger],
  [pg.types.builtins.INT8, parseInteger],
  // What sum() makes of integers.
  [pg.types.builtins.NUMERIC, (text) => (text.includes('.') ? Number(text) : parseInteger(text))],
  [pg.types.builtins.FLOAT4, Number],
  [pg.types.builtins.FLOAT8, Number],
]);

/** Every other type stays text. */
function parserOf(oid: number): (text: string) => string | number {
  return parsers.get(oid) ?? ((text) => text);
}
