/**
 * Turns: who may do what only one may do at a time, over every instance that shares the database. Taking one
 * is one atomic statement, the same on both engines.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.ts';

export interface Turn {
  /** What there is one of: `arxiv`, `ingest:huggingface`. */
  name: string;
  /** Whose turn it is to be; one name a process and use. */
  holder: string;
  /** Milliseconds from one taking to the next, at least. */
  everyMs: number;
  /** Milliseconds after which a holder that never gave it back is taken for dead. */
  leaseMs: number;
}

export interface TurnStore {
  /** 0 when the turn is taken; else the milliseconds after which to ask again. Taking one's own prolongs it. */
  take(turn: Turn, now: Date): Promise<number>;
  /** Gives it back; nothing when somebody else has it by now. */
  give(turn: Pick<Turn, 'name' | 'holder'>): Promise<void>;
}

/** Ask again no sooner and no later than this, in milliseconds. */
const PATIENCE = { least: 20, most: 1_000 };
/** How far apart the clocks of two instances may be, in milliseconds. */
const SKEW_MS = 60_000;

export function createTurnStore(db: Database): TurnStore {
  return {
    async take({ name, holder, everyMs, leaseMs }, now) {
      const at = now.getTime();
      const mine = { holder, held_until: at + leaseMs, free_at: at + everyMs };
      const { numInsertedOrUpdatedRows: taken } = await db
        .insertInto('turns')
        .values({ name, ...mine })
        .onConflict((c) =>
          c
            .column('name')
            .doUpdateSet(mine)
            // A time further off than any holder could have set it was set by a clock that jumped.
            .where((eb) =>
              eb.or([
                eb('turns.holder', '=', holder),
                eb.and([
                  eb.or([
                    eb('turns.holder', 'is', null),
                    eb('turns.held_until', '<=', at),
                    eb('turns.held_until', '>', at + leaseMs + SKEW_MS),
                  ]),
                  eb.or([
                    eb('turns.free_at', '<=', at),
                    eb('turns.free_at', '>', at + everyMs + SKEW_MS),
                  ]),
                ]),
              ]),
            ),
        )
        .executeTakeFirst();
      if (taken === 1n) return 0;
      const row = await db
        .selectFrom('turns')
        .select(['holder', 'free_at'])
        .where('name', '=', name)
        .executeTakeFirst();
      const wait = row?.holder === null ? row.free_at - at : PATIENCE.most;
      return Math.min(PATIENCE.most, Math.max(PATIENCE.least, wait));
    },

    async give({ name, holder }) {
      await db
        .updateTable('turns')
        .set({ holder: null })
        .where('name', '=', name)
        .where('holder', '=', holder)
        .execute();
    },
  };
}

/**
 * Runs one thing at a time over every instance, `everyMs` from start to start. One that takes longer than
 * `leaseMs` no longer keeps the others waiting.
 */
export function createSharedTurn(
  turns: TurnStore,
  turn: Omit<Turn, 'holder'>,
  now: () => Date,
): <T>(run: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  return async (run, signal) => {
    const mine = { ...turn, holder: randomUUID() };
    for (let wait = 1; wait; ) {
      signal?.throwIfAborted();
      wait = await turns.take(mine, now());
      if (wait) await sleep(wait, undefined, { ...(signal && { signal }) });
    }
    try {
      return await run();
    } finally {
      await turns.give(mine);
    }
  };
}
