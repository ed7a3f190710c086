/** The vectors of papers. */
import type { Migration } from 'kysely/migration';

export const vectors: Migration = {
  async up(db) {
    await db.schema
      .createTable('vectors')
      .addColumn('paper', 'text', (c) => c.primaryKey())
      .addColumn('model', 'text', (c) => c.notNull())
      .addColumn('text_hash', 'text', (c) => c.notNull())
      // SQLite takes any name of a type, and keeps bytes as bytes.
      .addColumn('vector', 'bytea', (c) => c.notNull())
      .execute();
  },
};
