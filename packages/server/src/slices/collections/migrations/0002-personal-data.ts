import { textType } from '../../../platform/storage/column-types.ts';
import type { Migration } from '../../../platform/storage/migrations.ts';

/** What a collection does with subscribers who are named in plain (rule G9). Collections that are there already go on taking them. */
export const collections0002: Migration = {
  slice: 'collections',
  number: 2,
  name: 'personal-data',
  async up({ schema }, engine) {
    await schema
      .alterTable('collection')
      .addColumn('personal_data', textType(engine), (column) => column.notNull().defaultTo('warn'))
      .execute();
  },
};
