/** What an edition of several messages carries, so that it goes on as it was composed. */
import type { Migration } from 'kysely/migration';

export const cargo: Migration = {
  async up(db) {
    await db.schema.alterTable('editions').addColumn('cargo', 'text').execute();
  },
};
