import { textType } from '../../../platform/storage/column-types.ts';
import type { Migration } from '../../../platform/storage/migrations.ts';

/** Collections and whom they name. */
export const collections0001: Migration = {
  slice: 'collections',
  number: 1,
  name: 'collections',
  async up(schema, engine) {
    const text = textType(engine);
    await schema.schema
      .createTable('collection')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('alias', text, (column) => column.unique())
      .addColumn('title', text, (column) => column.notNull())
      .addColumn('description', text)
      .addColumn('owner_id', text, (column) => column.notNull().references('organisation.id'))
      .addColumn('audience', text, (column) => column.notNull())
      .addColumn('default_marking', 'integer', (column) => column.notNull())
      .addColumn('audience_writes', 'integer', (column) => column.notNull())
      .addColumn('allows_on_behalf', 'integer', (column) => column.notNull())
      .addColumn('allows_anonymous', 'integer', (column) => column.notNull())
      .addColumn('created', 'bigint', (column) => column.notNull())
      .execute();
    await schema.schema
      .createTable('collection_member')
      .addColumn('collection_id', text, (column) => column.notNull().references('collection.id'))
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('subject_id', text, (column) => column.notNull())
      .addColumn('organisation_id', text, (column) => column.notNull().references('organisation.id'))
      .addColumn('can_read', 'integer', (column) => column.notNull())
      .addColumn('can_write', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('collection_member_pk', ['collection_id', 'kind', 'subject_id'])
      .execute();
  },
};
