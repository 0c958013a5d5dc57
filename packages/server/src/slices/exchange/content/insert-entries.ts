import type { Transaction } from 'kysely';
import type { BulkColumn, SqlValue, Storage } from '../../../platform/storage/storage.ts';
import type { ContentTables } from './tables.ts';

export type EntryRow = Readonly<ContentTables['entry']>;

const types: Readonly<Record<keyof EntryRow, BulkColumn['type']>> = {
  collection_id: 'text',
  position: 'bigint',
  added: 'bigint',
  kind: 'text',
  object_id: 'text',
  object_type: 'text',
  spec_version: 'text',
  version: 'text',
  publisher_id: 'text',
  submitter_id: 'text',
  owner_id: 'text',
  marking: 'bigint',
  effective: 'bigint',
  revoked: 'bigint',
  is_first: 'bigint',
  is_last: 'bigint',
  withdrawn: 'bigint',
  digest: 'text',
  size: 'bigint',
  text: 'text',
};

const names = Object.keys(types).filter((name): name is keyof EntryRow => name in types);
const columns: readonly BulkColumn[] = names.map((name) => ({ name, type: types[name] }));

/** Puts entries at the end of a log whose lock is held. */
export async function insertEntries(
  storage: Storage,
  transaction: Transaction<object>,
  rows: Iterable<EntryRow>,
): Promise<void> {
  await storage.bulk.insert(transaction, 'entry', columns, values(rows));
}

function* values(rows: Iterable<EntryRow>): Generator<readonly SqlValue[]> {
  for (const row of rows) yield names.map((name) => row[name]);
}
