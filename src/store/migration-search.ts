/** What a snapshot of the index is recognised by: a name of this database's own. */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const search: Migration = {
  async up(db: Kysely<{ catalogue_revision: { database: string } }>) {
    await db.schema
      .alterTable('catalogue_revision')
      .addColumn('database', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await db.updateTable('catalogue_revision').set({ database: randomUUID() }).execute();
  },
};
