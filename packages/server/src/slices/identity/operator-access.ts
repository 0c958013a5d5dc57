import type { Kysely } from 'kysely';
import { countOperatorTokens } from './store.ts';
import type { IdentityTables } from './tables.ts';

/** Who can run the node at this time (microseconds): holders of lasting tokens, of the first start's, or nobody. */
export async function operatorAccess(
  db: Kysely<object>,
  at: number,
): Promise<'lasting' | 'first-start' | 'nobody'> {
  if ((await countOperatorTokens(db, at)) > 0) return 'lasting';
  const first = await db
    .withTables<IdentityTables>()
    .selectFrom('token')
    .select('id')
    .where('first_start', '=', 1)
    .where('revoked', 'is', null)
    .where('expires', '>', at)
    .executeTakeFirst();
  return first === undefined ? 'nobody' : 'first-start';
}
