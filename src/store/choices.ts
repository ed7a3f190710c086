/** Which sources people switched on or off, over what the environment says. */
import type { Database } from './database.ts';

export interface Choice {
  /** As a person writes it: `arxiv:cs.CL`, `feed:https://…`. */
  source: string;
  isOn: boolean;
  by: string;
}

export interface ChoiceStore {
  all(): Promise<Choice[]>;
  put(choice: Choice, now: string): Promise<void>;
}

export function createChoiceStore(db: Database): ChoiceStore {
  return {
    async all() {
      const rows = await db
        .selectFrom('source_choices')
        .selectAll()
        .orderBy('chosen_at')
        .orderBy('source')
        .execute();
      return rows.map((row) => ({ source: row.source, isOn: row.is_on === 1, by: row.chosen_by }));
    },
    async put({ source, isOn, by }, now) {
      const row = { is_on: isOn ? 1 : 0, chosen_by: by, chosen_at: now };
      await db
        .insertInto('source_choices')
        .values({ source, ...row })
        .onConflict((c) => c.column('source').doUpdateSet(row))
        .execute();
    },
  };
}
