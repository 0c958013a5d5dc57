import { integerType, textType } from '../../../platform/storage/column-types.ts';
import type { Migration } from '../../../platform/storage/migrations.ts';

/** How people come in: enrolments, who made a token, and when the operator last let an administrator in. */
export const identity0002: Migration = {
  slice: 'identity',
  number: 2,
  name: 'enrolment',
  async up({ schema }, engine) {
    const text = textType(engine);
    const integer = integerType(engine);
    await schema
      .createTable('enrolment')
      .addColumn('person_id', text, (column) => column.primaryKey().references('person.id'))
      .addColumn('id', text, (column) => column.notNull().unique())
      .addColumn('secret_hash', text, (column) => column.notNull())
      .addColumn('made_by', text, (column) => column.notNull().references('organisation.id'))
      .addColumn('created', integer, (column) => column.notNull())
      .addColumn('expires', integer, (column) => column.notNull())
      .addColumn('redeemed', integer)
      .execute();
    await schema.alterTable('organisation').addColumn('enrolled', integer).execute();
    await schema.alterTable('token').addColumn('made_by', text).execute();
  },
};
