import { integerType, textType } from '../storage/column-types.ts';
import type { Migration } from '../storage/migrations.ts';

/** Who did what, and when. */
export const audit0001: Migration = {
  slice: 'audit',
  number: 1,
  name: 'audit',
  async up(db, engine) {
    const text = textType(engine);
    await db.schema
      .createTable('audit')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('at', integerType(engine), (column) => column.notNull())
      .addColumn('organisation_id', text, (column) => column.notNull())
      .addColumn('person_id', text)
      .addColumn('token_id', text)
      .addColumn('action', text, (column) => column.notNull())
      .addColumn('target', text, (column) => column.notNull())
      .addColumn('detail', text, (column) => column.notNull())
      .execute();
    await db.schema.createIndex('audit_at').on('audit').columns(['at', 'id']).execute();
  },
};

/** Whom an entry concerns besides whoever caused it. */
export const audit0002: Migration = {
  slice: 'audit',
  number: 2,
  name: 'concerns',
  async up({ schema }, engine) {
    await schema.alterTable('audit').addColumn('concerns', textType(engine)).execute();
  },
};
