import { textType } from '../../../platform/storage/column-types.ts';
import type { Migration } from '../../../platform/storage/migrations.ts';

/** Organisations, people, tokens, and the counter that tells every node when access has changed. */
export const identity0001: Migration = {
  slice: 'identity',
  number: 1,
  name: 'identity',
  async up(schema, engine) {
    const text = textType(engine);
    await schema.schema
      .createTable('organisation')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('name_key', text, (column) => column.notNull().unique())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('created', 'bigint', (column) => column.notNull())
      .addColumn('suspended', 'integer', (column) => column.notNull())
      .execute();
    await schema.schema
      .createTable('organisation_trust')
      .addColumn('organisation_id', text, (column) => column.notNull().references('organisation.id'))
      .addColumn('trusted_id', text, (column) => column.notNull().references('organisation.id'))
      .addColumn('kind', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('organisation_trust_pk', ['organisation_id', 'kind', 'trusted_id'])
      .execute();
    await schema.schema
      .createTable('person')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('organisation_id', text, (column) => column.notNull().references('organisation.id'))
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('email', text)
      .addColumn('role', text, (column) => column.notNull())
      .addColumn('created', 'bigint', (column) => column.notNull())
      .addColumn('removed', 'integer', (column) => column.notNull())
      .execute();
    await schema.schema
      .createTable('token')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('organisation_id', text, (column) => column.notNull().references('organisation.id'))
      .addColumn('person_id', text, (column) => column.references('person.id'))
      .addColumn('label', text, (column) => column.notNull())
      .addColumn('scopes', text, (column) => column.notNull())
      .addColumn('secret_hash', text, (column) => column.notNull())
      .addColumn('first_start', 'integer', (column) => column.notNull())
      .addColumn('created', 'bigint', (column) => column.notNull())
      .addColumn('expires', 'bigint')
      .addColumn('last_used', 'bigint')
      .addColumn('revoked', 'bigint')
      .execute();
    await schema.schema.createIndex('token_organisation').on('token').column('organisation_id').execute();
    await schema.schema.createIndex('person_organisation').on('person').column('organisation_id').execute();
    await schema.schema
      .createTable('access_epoch')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('value', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .withTables<{ access_epoch: { id: number; value: number } }>()
      .insertInto('access_epoch')
      .values({ id: 1, value: 1 })
      .execute();
  },
};
