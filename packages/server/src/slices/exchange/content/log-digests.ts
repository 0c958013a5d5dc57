import { createHash, type Hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { ContentTables } from './tables.ts';

/** What the digest of a log is made of. */
type DigestedEntry = Pick<
  ContentTables['entry'],
  'collection_id' | 'position' | 'added' | 'object_id' | 'version' | 'kind' | 'text'
>;

/** One log in a few figures. */
export interface LogDigest {
  /** Where the log's head stands. */
  readonly position: number;
  readonly entries: number;
  readonly sha256: string;
}

/**
 * Digests of logs: for each, the SHA-256 of one line of JSON for each entry in the order of positions,
 * `[position, added, id, version, kind, text]` with `added` in microseconds and `text` null where the content was withdrawn,
 * each line ended by a line feed.
 */
export class LogDigests {
  readonly #heads = new Map<string, number>();
  readonly #logs = new Map<string, { readonly hash: Hash; entries: number }>();

  head(collectionId: string, position: number): void {
    this.#heads.set(collectionId, position);
  }

  /** Entries of one log have to come in the order of their positions. */
  entry(row: DigestedEntry): void {
    let log = this.#logs.get(row.collection_id);
    if (log === undefined) {
      log = { hash: createHash('sha256'), entries: 0 };
      this.#logs.set(row.collection_id, log);
    }
    const { position, added, object_id: id, version, kind, text } = row;
    log.hash.update(`${JSON.stringify([position, added, id, version, kind, text])}\n`);
    log.entries += 1;
  }

  of(collectionId: string): LogDigest {
    const log = this.#logs.get(collectionId);
    return {
      position: this.#heads.get(collectionId) ?? 0,
      entries: log?.entries ?? 0,
      sha256: (log?.hash.copy() ?? createHash('sha256')).digest('hex'),
    };
  }
}

/** A page is read of about this much text. */
const pageCharacters = 1_048_576;

/** Reads every log of a database, a page at a time. No content comes out: the one way to the entries that needs no grant. */
export async function readLogDigests(db: Kysely<object>): Promise<LogDigests> {
  const digests = new LogDigests();
  const content = db.withTables<ContentTables>();
  for (const { collection_id, position } of await content.selectFrom('log_head').selectAll().execute()) {
    digests.head(collection_id, position);
    let [after, wanted] = [0, 50];
    for (;;) {
      const rows = await content
        .selectFrom('entry')
        .select(['collection_id', 'position', 'added', 'object_id', 'version', 'kind', 'text'])
        .where('collection_id', '=', collection_id)
        .where('position', '>', after)
        .orderBy('position')
        .limit(wanted)
        .execute();
      for (const row of rows) digests.entry(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < wanted) break;
      after = last.position;
      const characters = rows.reduce((sum, { text }) => sum + (text?.length ?? 0) + 200, 0);
      wanted = Math.min(2_000, Math.max(1, Math.floor((pageCharacters * rows.length) / characters)));
    }
  }
  return digests;
}

/** The tables and columns from which `readLogDigests` reads, for those who get the rows from elsewhere. */
export const digestedTables = {
  head: { table: 'log_head', columns: ['collection_id', 'position'] },
  entry: {
    table: 'entry',
    columns: ['collection_id', 'position', 'added', 'object_id', 'version', 'kind', 'text'],
    order: ['collection_id', 'position'],
  },
} as const;
