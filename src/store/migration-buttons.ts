/** When a button was last shown, so that those nobody can mean any more are forgotten. */
import type { Migration } from 'kysely/migration';

export const buttons: Migration = {
  async up(db) {
    await db.schema
      .alterTable('buttons')
      .addColumn('kept_at', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await db.updateTable('buttons').set({ kept_at: new Date().toISOString() }).execute();
    await db.schema.createIndex('buttons_kept_at').on('buttons').column('kept_at').execute();
  },
};
