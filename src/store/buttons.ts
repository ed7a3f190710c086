/**
 * Command lines too long for a platform's button, kept so that old buttons outlive a restart. Messages stay in
 * channels for years; what nobody was shown for half a year is forgotten.
 */
import type { Database } from './database.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Half a year, and a day within which it is not written down again that a button was shown. */
const WORKS_MS = 181 * DAY_MS;

export interface ButtonStore {
  /** From now on the buttons with these lines work for half a year. */
  keep(lines: readonly { key: string; line: string }[]): Promise<void>;
  /** Undefined for a button that was never kept, or too long ago. */
  line(key: string): Promise<string | undefined>;
}

export function createButtonStore(db: Database, now: () => Date): ButtonStore {
  const ago = (ms: number) => new Date(now().getTime() - ms).toISOString();
  return {
    async keep(lines) {
      const kept_at = now().toISOString();
      // Two messages with the same buttons would otherwise wait for each other's rows.
      const inOrder = lines.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      await db
        .insertInto('buttons')
        .values(inOrder.map((each) => ({ ...each, kept_at })))
        .onConflict((c) =>
          // The same digest in a thousand channels is one write.
          c.column('key').doUpdateSet({ kept_at }).where('buttons.kept_at', '<', ago(DAY_MS)),
        )
        .execute();
      await db.deleteFrom('buttons').where('kept_at', '<', ago(WORKS_MS)).execute();
    },
    async line(key) {
      const row = await db
        .selectFrom('buttons')
        .select('line')
        .where('key', '=', key)
        .where('kept_at', '>=', ago(WORKS_MS))
        .executeTakeFirst();
      return row?.line;
    },
  };
}
