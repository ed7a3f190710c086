/** What was shown is asked for by paper, when two turn out to be one, and by time, not by channel alone. */
import type { Migration } from 'kysely/migration';

export const seen: Migration = {
  async up(db) {
    await db.schema.createIndex('seen_paper').on('seen').column('paper').execute();
    await db.schema.createIndex('seen_slot').on('seen').column('slot').execute();
  },
};
