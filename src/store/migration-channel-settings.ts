/** What a channel may choose of its digests beyond time and number, and how far it has been looked after. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const channelSettings: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('channels')
      .addColumn('frequency', 'text', (c) => c.notNull().defaultTo('daily'))
      .execute();
    await db.schema.alterTable('channels').addColumn('min_upvotes', 'integer').execute();
    await db.schema.alterTable('channels').addColumn('delay_hours', 'integer').execute();
    for (const name of ['empty', 'layout', 'looked_at', 'looked_to']) {
      await db.schema.alterTable('channels').addColumn(name, 'text').execute();
    }
    await sql`update channels set empty = 'line' where silence = 1`.execute(db);
    await db.schema.alterTable('channels').dropColumn('silence').execute();
  },
};
