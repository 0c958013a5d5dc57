import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Storage } from '../storage.ts';

/** Puts foreign keys back in force, which fails when a row refers to nothing. */
export type RestoreForeignKeys = () => Promise<void>;

/**
 * Takes foreign keys out of force until the end of a load, so that tables can be filled in any order, those that refer to each
 * other in a circle included.
 */
export async function suspendForeignKeys(
  transaction: Transaction<object>,
  engine: Storage['engine'],
): Promise<RestoreForeignKeys> {
  if (engine === 'sqlite') {
    // They are checked at the commit.
    await sql`pragma defer_foreign_keys = on`.execute(transaction);
    return async () => undefined;
  }
  const { rows: keys } = await sql<{ relation: string; name: string; definition: string }>`
    select conrelid::regclass::text as relation, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and conparentid = 0
      and connamespace = (select oid from pg_namespace where nspname = current_schema())`.execute(
    transaction,
  );
  const alter = async (statement: (key: (typeof keys)[number]) => RawBuilder<unknown>) => {
    for (const key of keys) await statement(key).execute(transaction);
  };
  await alter(({ relation, name }) => sql`alter table ${sql.raw(relation)} drop constraint ${sql.raw(name)}`);
  return () =>
    alter(
      ({ relation, name, definition }) =>
        sql`alter table ${sql.raw(relation)} add constraint ${sql.raw(name)} ${sql.raw(definition)}`,
    );
}
