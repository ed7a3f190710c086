/** What a channel says of papers is asked for with every edition. */
import type { Migration } from 'kysely/migration';

export const signalsChannel: Migration = {
  async up(db) {
    await db.schema.createIndex('signals_channel').on('signals').column('channel').execute();
  },
};
