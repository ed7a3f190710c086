/** How far imports of files are, by whichever process. */
import type { Migration } from 'kysely/migration';

export const imports: Migration = {
  async up(db) {
    await db.schema
      .createTable('imports')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('file', 'text', (c) => c.notNull())
      .addColumn('papers', 'integer', (c) => c.notNull())
      .addColumn('share', 'double precision')
      .addColumn('faults', 'integer')
      .addColumn('told_at', 'text', (c) => c.notNull())
      .execute();
  },
};
