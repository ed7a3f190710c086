/** Which messages some instance of the bot has taken up, so that no two answer one. */
import type { Database } from './database.ts';

/** No service delivers an event again after this long, in milliseconds. */
const FORGOTTEN_MS = 24 * 60 * 60_000;

/** Whether this is the first to hear an event; only one ever is. */
export type Hear = (event: string) => Promise<boolean>;

export function createHear(db: Database, now: () => Date): Hear {
  return async (event) => {
    const at = now();
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('heard')
      .values({ event, heard_at: at.toISOString() })
      .onConflict((c) => c.column('event').doNothing())
      .executeTakeFirst();
    const before = new Date(at.getTime() - FORGOTTEN_MS).toISOString();
    await db.deleteFrom('heard').where('heard_at', '<', before).execute();
    return numInsertedOrUpdatedRows === 1n;
  };
}
