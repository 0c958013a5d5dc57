import { sql } from 'kysely';
import { integerType, textType } from '../../../platform/storage/column-types.ts';
import type { Migration } from '../../../platform/storage/migrations.ts';

/** The log: heads and entries. */
export const exchange0001: Migration = {
  slice: 'exchange',
  number: 1,
  name: 'log',
  async up(db, engine) {
    const text = textType(engine);
    const integer = integerType(engine);
    await db.schema
      .createTable('log_head')
      .addColumn('collection_id', text, (column) => column.primaryKey().references('collection.id'))
      .addColumn('position', integer, (column) => column.notNull())
      .addColumn('added', integer, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('entry')
      .addColumn('collection_id', text, (column) => column.notNull().references('collection.id'))
      .addColumn('position', integer, (column) => column.notNull())
      .addColumn('added', integer, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('object_id', text, (column) => column.notNull())
      .addColumn('object_type', text, (column) => column.notNull())
      .addColumn('spec_version', text, (column) => column.notNull())
      .addColumn('version', text, (column) => column.notNull())
      .addColumn('publisher_id', text)
      .addColumn('submitter_id', text, (column) => column.notNull())
      .addColumn('owner_id', text, (column) => column.notNull())
      .addColumn('marking', integer)
      .addColumn('effective', integer, (column) => column.notNull())
      .addColumn('revoked', integer, (column) => column.notNull())
      .addColumn('is_first', integer, (column) => column.notNull())
      .addColumn('is_last', integer, (column) => column.notNull())
      .addColumn('withdrawn', integer, (column) => column.notNull())
      .addColumn('digest', text, (column) => column.notNull())
      .addColumn('size', integer, (column) => column.notNull())
      .addColumn('text', text)
      .addPrimaryKeyConstraint('entry_pk', ['collection_id', 'position'])
      .execute();
    await db.schema
      .createIndex('entry_object')
      .unique()
      .on('entry')
      .columns(['object_id', 'collection_id', 'version', 'kind', 'withdrawn'])
      .execute();
    await db.schema
      .createIndex('entry_added')
      .unique()
      .on('entry')
      .columns(['collection_id', 'added'])
      .execute();
    await db.schema
      .createIndex('entry_last')
      .on('entry')
      .columns(['collection_id', 'position'])
      .where(sql.ref('is_last'), '=', 1)
      .execute();
    await db.schema
      .createIndex('entry_type')
      .on('entry')
      .columns(['collection_id', 'object_type', 'position'])
      .where(sql.ref('withdrawn'), '=', 0)
      .execute();
  },
};
