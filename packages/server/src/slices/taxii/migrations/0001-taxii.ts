import { integerType, textType } from '../../../platform/storage/column-types.ts';
import type { Migration } from '../../../platform/storage/migrations.ts';

/** What became of requests to add objects (TAXII 2.1 §4.3). */
export const taxii0001: Migration = {
  slice: 'taxii',
  number: 1,
  name: 'status',
  async up(db, engine) {
    const text = textType(engine);
    await db.schema
      .createTable('taxii_status')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('root', text, (column) => column.notNull())
      .addColumn('collection_id', text, (column) => column.notNull().references('collection.id'))
      .addColumn('organisation_id', text, (column) => column.notNull().references('organisation.id'))
      .addColumn('finished', integerType(engine), (column) => column.notNull())
      .addColumn('resource', text, (column) => column.notNull())
      .execute();
    await db.schema.createIndex('taxii_status_finished').on('taxii_status').column('finished').execute();
  },
};
