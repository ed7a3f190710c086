/** The ledger by age, whatever the channel, so that what is long over can be forgotten. */
import type { Migration } from 'kysely/migration';

export const editionsSlot: Migration = {
  async up(db) {
    await db.schema
      .createIndex('editions_slot')
      .on('editions')
      .columns(['slot', 'channel'])
      .execute();
  },
};
