import { sql } from 'kysely';
import type { TestNode } from '../../testing.ts';

/** The last position given in a log, whoever may read it; 0 for an empty one. */
export async function endOfLog({ platform }: TestNode, collectionId: string): Promise<number> {
  const query = sql<{
    position: number;
  }>`select position from log_head where collection_id = ${collectionId}`;
  const { rows } = await query.execute(platform.storage.read);
  return rows[0]?.position ?? 0;
}
