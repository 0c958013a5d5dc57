import { SqliteError } from './sqlite/sqlite-error.ts';

/** SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_ROWID. */
const sqliteCodes: readonly (number | undefined)[] = [2067, 1555, 2579];

/**
 * Did a statement fail because a key exists already? What `write` threw can be asked; on PostgreSQL the transaction is lost by
 * then, so ask outside of it.
 */
export function isUniqueViolation(error: unknown): boolean {
  if (error instanceof SqliteError) return sqliteCodes.includes(error.resultCode);
  return error instanceof Error && 'code' in error && error.code === '23505';
}
