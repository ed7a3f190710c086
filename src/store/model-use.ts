/** The daily budget of a language model, over every instance that shares the database. */
import type { Database } from './database.ts';

export interface ModelUse {
  /** Takes one of the `most` answers that a workspace has on each day of UTC; false when none is left. */
  take(workspace: string, most: number): Promise<boolean>;
}

export function createModelUse(db: Database, now: () => Date): ModelUse {
  return {
    async take(workspace, most) {
      if (most < 1) return false;
      const day = now().toISOString().slice(0, 10);
      // Counting and comparing are one statement: two instances never take the last one both.
      const { numInsertedOrUpdatedRows: taken } = await db
        .insertInto('model_use')
        .values({ workspace, day, answers: 1 })
        .onConflict((c) =>
          c
            .columns(['workspace', 'day'])
            .doUpdateSet((eb) => ({ answers: eb('model_use.answers', '+', 1) }))
            .where('model_use.answers', '<', most),
        )
        .executeTakeFirst();
      return taken === 1n;
    },
  };
}
