/** The ledger of sources: what each announced on each of its days, and how much of it is here. */
import { SourceDay } from '../model/source-day.ts';
import type { Database } from './database.ts';
import type { SourceDaysTable } from './tables.ts';

export interface DayStore {
  put(day: SourceDay): Promise<void>;
  /** The days of a source from one on, oldest first. */
  since(source: string, day: string): Promise<SourceDay[]>;
}

export function createDayStore(db: Database): DayStore {
  return {
    async put({ source, day, ...rest }) {
      const row = {
        state: rest.state,
        because: rest.because ?? null,
        expected: rest.expected ?? null,
        received: rest.received,
        flaws: rest.flaws,
        attempts: rest.attempts,
        since: rest.since ?? null,
        retry_at: rest.retryAt ?? null,
        error: rest.error ?? null,
        fingerprint: rest.fingerprint ?? null,
        read_at: rest.readAt,
      };
      await db
        .insertInto('source_days')
        .values({ source, day, ...row })
        .onConflict((c) => c.columns(['source', 'day']).doUpdateSet(row))
        .execute();
    },

    async since(source, day) {
      const rows = await db
        .selectFrom('source_days')
        .selectAll()
        .where('source', '=', source)
        .where('day', '>=', day)
        .orderBy('day')
        .execute();
      return rows.map(dayOf);
    },
  };
}

function dayOf(row: SourceDaysTable): SourceDay {
  return SourceDay.parse({
    source: row.source,
    day: row.day,
    state: row.state,
    because: row.because ?? undefined,
    expected: row.expected ?? undefined,
    received: row.received,
    flaws: row.flaws,
    attempts: row.attempts,
    since: row.since ?? undefined,
    retryAt: row.retry_at ?? undefined,
    error: row.error ?? undefined,
    fingerprint: row.fingerprint ?? undefined,
    readAt: row.read_at,
  });
}
