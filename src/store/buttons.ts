/** Command lines too long for a platform's button, kept so that old buttons outlive a restart. */
import type { Database } from './database.ts';

export interface ButtonStore {
  keep(lines: readonly { key: string; line: string }[]): Promise<void>;
  line(key: string): Promise<string | undefined>;
}

export function createButtonStore(db: Database): ButtonStore {
  return {
    async keep(lines) {
      await db
        .insertInto('buttons')
        .values([...lines])
        .onConflict((c) => c.column('key').doNothing())
        .execute();
    },
    async line(key) {
      const row = await db
        .selectFrom('buttons')
        .select('line')
        .where('key', '=', key)
        .executeTakeFirst();
      return row?.line;
    },
  };
}
