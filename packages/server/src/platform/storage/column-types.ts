import { type RawBuilder, sql } from 'kysely';
import type { Storage } from './storage.ts';

/**
 * The type of every text column. On PostgreSQL it carries `COLLATE "C"`, so that text compares and sorts by its UTF-8 bytes,
 * as it does on SQLite, whatever the locale of the database.
 */
export function textType(engine: Storage['engine']): 'text' | RawBuilder<unknown> {
  return engine === 'postgres' ? sql`text collate "C"` : 'text';
}

/** The type of every integer column: positions, microseconds, counts, and booleans as 0 and 1. Exact within 2^53. */
export function integerType(engine: Storage['engine']): 'bigint' | 'integer' {
  return engine === 'postgres' ? 'bigint' : 'integer';
}
