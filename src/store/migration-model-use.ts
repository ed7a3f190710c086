/** How many answers a language model wrote for each workspace, by day. */
import type { Migration } from 'kysely/migration';

export const modelUse: Migration = {
  async up(db) {
    await db.schema
      .createTable('model_use')
      .addColumn('workspace', 'text', (c) => c.notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('answers', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('model_use_pk', ['workspace', 'day'])
      .execute();
  },
};
