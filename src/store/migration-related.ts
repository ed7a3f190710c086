/** What a service recommends beside a paper. */
import type { Migration } from 'kysely/migration';

export const related: Migration = {
  async up(db) {
    await db.schema
      .createTable('related')
      .addColumn('paper', 'text', (c) => c.primaryKey())
      .addColumn('others', 'text', (c) => c.notNull())
      .addColumn('told_at', 'text', (c) => c.notNull())
      .execute();
  },
};
