/** Whole texts of papers by section. */
import type { Migration } from 'kysely/migration';

export const fullText: Migration = {
  async up(db) {
    await db.schema
      .createTable('full_texts')
      .addColumn('paper', 'text', (c) => c.primaryKey())
      .addColumn('version', 'integer')
      .addColumn('origin', 'text', (c) => c.notNull())
      .addColumn('read_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('sections')
      .addColumn('paper', 'text', (c) => c.notNull())
      .addColumn('ordinal', 'integer', (c) => c.notNull())
      .addColumn('heading', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('anchor', 'text')
      .addPrimaryKeyConstraint('sections_pk', ['paper', 'ordinal'])
      .execute();
  },
};
