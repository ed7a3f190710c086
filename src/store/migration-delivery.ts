/** Claims that the database itself keeps apart, posts in doubt, and channels that cannot be posted to. */
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const delivery: Migration = {
  async up(db) {
    await db.schema
      .alterTable('editions')
      .addColumn('in_doubt', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    // What was under way may have been posted.
    await db
      .updateTable('editions')
      .set({ in_doubt: 1 })
      .where('state', 'in', ['sending', 'failed'])
      .execute();
    await db.schema
      .createIndex('editions_one_sending')
      .on('editions')
      .column('channel')
      .unique()
      .where(sql<boolean>`state = 'sending'`)
      .execute();
    await db.schema
      .createTable('obstacles')
      .addColumn('channel', 'text', (c) => c.primaryKey())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('since', 'text', (c) => c.notNull())
      .addColumn('look_at', 'text')
      .addColumn('told', 'integer', (c) => c.notNull())
      .execute();
  },
};
