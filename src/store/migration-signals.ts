/** What people say of papers. */
import type { Migration } from 'kysely/migration';

export const signals: Migration = {
  async up(db) {
    await db.schema
      .createTable('signals')
      .addColumn('channel', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('paper', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('signals_pk', ['person', 'channel', 'paper', 'kind'])
      .execute();
    await db.schema.createIndex('signals_paper').on('signals').column('paper').execute();
  },
};
