import type { Migration } from '../../../platform/storage/migrations.ts';

/** Finds the oldest statuses of an organisation, so that nobody can fill the disk with theirs. */
export const taxii0002: Migration = {
  slice: 'taxii',
  number: 2,
  name: 'status-of-organisation',
  async up(db) {
    await db.schema
      .createIndex('taxii_status_organisation')
      .on('taxii_status')
      .columns(['organisation_id', 'finished'])
      .execute();
  },
};
