/** Who owns a subscription, as people read it. */
import type { Migration } from 'kysely/migration';

export const owners: Migration = {
  async up(db) {
    await db.schema.alterTable('subscriptions').addColumn('owner_name', 'text').execute();
  },
};
